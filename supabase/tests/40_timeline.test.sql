-- The timeline: one event for each change that a person would recognise, none for a repetition, and no way to change what stands there.
begin;
create extension if not exists pgtap with schema extensions;
select plan(51);

create function pg_temp.person(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.person(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select o.id as northwind, (select c.id from public.organizations as c where c.slug = 'contoso') as contoso,
  pg_temp.person('sales@northwind.test') as sales, pg_temp.person('rep@northwind.test') as rep
from public.organizations as o where o.slug = 'northwind';
grant select on known to authenticated;
create function pg_temp.forget() returns void language sql as $$
  select set_config('timeline.after', coalesce(max(id), 0)::text, true) from public.partner_activity_log
$$;
create function pg_temp.news() returns setof public.partner_activity_log language sql as $$
  select * from public.partner_activity_log where id > current_setting('timeline.after')::bigint order by id
$$;
create function pg_temp.told() returns text[] language sql as $$ select coalesce(array_agg(kind order by id), '{}') from pg_temp.news() $$;
-- One change of the partner, and the kinds of event it leaves.
create function pg_temp.told_of(change text) returns text[] language plpgsql as $$
begin
  perform pg_temp.forget();
  execute format('update public.partners set %s where name = ''Told of''', change);
  return pg_temp.told();
end
$$;

-- Every rule of partners, once.
select pg_temp.become('sales@northwind.test');
select pg_temp.forget();
insert into public.partners (organization_id, name, status, tier) select northwind, 'Told of', null, 'gold' from known;
select is(pg_temp.told(), '{partner_created}', 'a new partner leaves one event');
select results_eq(
  $$ select e.organization_id, e.partner_id, e.occurred_at, e.actor collate "default", e.actor_name, e.subject_table, e.subject_id, e.subject_label,
       e.is_visible_to_partner, e.source_key collate "default", e.recorded_at
     from pg_temp.news() as e $$,
  $$ select p.organization_id, p.id, p.created_at, 'user:' || k.sales, m.display_name, 'partners'::text, p.id, 'Told of'::text, true,
       'partners:' || p.id || ':1:partner_created', now()
     from known as k join public.partners as p on p.organization_id = k.northwind and p.name = 'Told of'
     join public.profiles as m on m.user_id = k.sales $$,
  'which says who did what to whom, when, and by which key'
);
select is(pg_temp.told_of($$ status = (select item ->> 'key' from jsonb_array_elements(private.configuration_value(organization_id, 'partners', 'statuses')) as item where item ->> 'key' <> status limit 1) $$),
  '{status_changed}', 'a status');
select isnt((select before from pg_temp.news()), (select after from pg_temp.news()), 'from what to what');
select is(pg_temp.told_of('tier = null'), '{tier_changed}', 'a tier');
select results_eq('select before, after from pg_temp.news()', $$ values ('"gold"'::jsonb, null::jsonb) $$, 'also to none');
select is(pg_temp.told_of('owner_id = (select rep from known)'), '{owner_changed}', 'an owner');
select results_eq(
  'select before, after, is_visible_to_partner from pg_temp.news()',
  $$ select null::jsonb, jsonb_build_object('id', m.user_id, 'name', m.display_name), false
     from public.memberships as m join known as k on m.organization_id = k.northwind and m.user_id = k.rep $$,
  'by id and name, and for ourselves only'
);
select is(pg_temp.told_of($$ agreement_starts_on = '2026-01-01', agreement_ends_on = '2026-12-31' $$), '{agreement_changed}', 'an agreement');
select is(pg_temp.told_of($$ agreement_ends_on = '2027-12-31', agreement_terms = 'One more year' $$), '{agreement_renewed}', 'one that ends later was renewed');
select is((select details from pg_temp.news()), '{"terms_changed": true}'::jsonb, 'with other terms');
select is(pg_temp.told_of($$ agreement_renews_on = '2027-06-01' $$), '{agreement_changed}', 'a first date of renewal is a change');
select is(pg_temp.told_of($$ agreement_renews_on = '2028-06-01' $$), '{agreement_renewed}', 'a later one a renewal');
select is(pg_temp.told_of($$ agreement_ends_on = '2027-06-30' $$), '{agreement_changed}', 'an earlier end is none');
select is(pg_temp.told_of($$ agreement_terms = null $$), '{agreement_changed}', 'terms alone are a change');
select is(pg_temp.told_of($$ primary_contact_name = 'Ada', primary_contact_email = 'ada@alpine.test' $$), '{contact_changed}', 'a contact, once for all fields');
select is(pg_temp.told_of('relationship_health = 55'), '{}', 'health that stays in its level is not worth telling');
select is(pg_temp.told_of('relationship_health = 70'), '{health_changed}', 'another level is');
select is(pg_temp.told_of('relationship_health = 39'), '{health_changed}', 'and so is the way down');
select is(pg_temp.told_of('archived_at = now()'), '{partner_archived}', 'archived');
select is(pg_temp.told_of('archived_at = null'), '{partner_restored}', 'restored');
select is(pg_temp.told_of($$ notes = 'n', name = name, tags = '{}', region = null, custom_fields = '{}' $$), '{}', 'nothing for what nobody would call an event');
select is(pg_temp.told_of('name = name'), '{}', 'nor for nothing');
select is(
  pg_temp.told_of($$ tier = 'gold', owner_id = null, agreement_ends_on = '2029-12-31' $$),
  '{tier_changed,owner_changed,agreement_renewed}', 'several at once leave one each'
);
select pg_temp.forget();
insert into public.partners (organization_id, name, archived_at) select northwind, 'Imported as archived', '2024-03-01' from known;
select is(pg_temp.told(), '{partner_created,partner_archived}', 'a partner that begins archived');
select is((select occurred_at from pg_temp.news() where kind = 'partner_archived'), '2024-03-01'::timestamptz, 'brings its own date');

-- Statements of many rows, of none, and of both commands.
select pg_temp.forget();
insert into public.partners (organization_id, name) select northwind, 'Many ' || n from known, generate_series(1, 1000) as n;
select is((select count(*) from pg_temp.news()), 1000::bigint, 'a thousand rows leave a thousand events');
select pg_temp.forget();
update public.partners set tier = 'silver' where name like 'Many %';
select is((select array_agg(distinct subject_label) from pg_temp.news()), (select array_agg(name) from (select name from public.partners where name like 'Many %' order by name) as p),
  'each row its own, also where the plan was made for one');
select pg_temp.forget();
insert into public.partners (organization_id, name, client_key) select northwind, 'Kept', '00000000-0000-4000-8000-000000000001' from known;
insert into public.partners (organization_id, name, client_key) select northwind, 'Again', '00000000-0000-4000-8000-000000000001' from known
on conflict (organization_id, client_key) do update set tier = 'gold';
update public.partners set tier = 'gold' where false;
select is(pg_temp.told(), '{partner_created,tier_changed}', 'an upsert leaves what it did, and nothing for the other command');

-- Who it was is not the client's to say, nor when.
select pg_temp.forget();
set local role authenticated;
select set_config('app.job', 'forged', true);
update public.partners set tier = null where name = 'Kept';
reset role;
select is((select actor from pg_temp.news()), (select 'user:' || sales from known), 'a person is a person, whatever settings say');
select pg_temp.forget();
select set_config('request.jwt.claims', '', true), set_config('app.job', 'nightly', true);
update public.partners set tier = 'gold' where name = 'Kept';
select results_eq('select actor collate "default", actor_name from pg_temp.news()', $$ values ('system:nightly', null::text) $$, 'a job is a job');

create table public.probe (
  id uuid primary key default gen_random_uuid(), organization_id uuid not null, title text, done_at timestamptz, version bigint not null default 1,
  updated_at timestamptz not null default now()
);
create trigger _100_touch_version before update on public.probe for each row execute function private.touch_version();
select private.switch_on_timeline('public.probe', partner => 'null::uuid', label => 'n.title', rules => array[
  private.activity_rule('task_created', 'insert', backfilled => true),
  private.activity_rule('task_completed', 'insert', 'n.done_at is not null', occurred_at => 'n.done_at', backfilled => true),
  private.activity_rule('task_completed', 'update', 'o.done_at is null and n.done_at is not null', occurred_at => 'n.done_at'),
  private.activity_rule('document_removed', 'delete', before => 'to_jsonb(n.title)')
]);
select pg_temp.forget();
insert into public.probe (organization_id, title, done_at) select northwind, 'P', t from known, unnest(array['infinity', '-infinity', '2020-05-05 10:00+02', null]::timestamptz[]) as t;
select results_eq(
  $$ select occurred_at from pg_temp.news() where kind = 'task_completed' order by 1 $$,
  $$ values ('1900-01-01 00:00+00'::timestamptz), ('2020-05-05 08:00+00'), (now()) $$,
  'a fact has its own date, but none in the future and none without end'
);
select pg_temp.forget();
delete from public.probe where done_at = 'infinity';
select results_eq('select kind collate "default", before, partner_id from pg_temp.news()', $$ values ('document_removed', '"P"'::jsonb, null::uuid) $$, 'what goes can be told as well');

-- The backfill of what was there before, over and over.
select pg_temp.forget();
select results_eq($$ select examined, added from private.backfill_partner_activity('public.probe') $$, 'values (3::bigint, 0::bigint)', 'what was told live is not told again');
alter table public.probe disable trigger user;
insert into public.probe (organization_id, title, done_at, version) select northwind, 'Old', '2019-01-01', 7 from known, generate_series(1, 5);
alter table public.probe enable trigger user;
select results_eq($$ select examined, added from private.backfill_partner_activity('public.probe', chunk => 1) $$,
  $$ select 1::bigint, case title when 'Old' then 2 else 0 end::bigint from public.probe order by id limit 1 $$, 'a chunk is as long as wished');
select is((select last_id from private.backfill_partner_activity('public.probe', chunk => 4)), (select id from public.probe order by id offset 3 limit 1), 'and says where it ended');
select lives_ok($$ select private.backfill_partner_activity('public.probe') $$, 'all of it');
select is((select count(*) from pg_temp.news()), 10::bigint, 'each old row has its two events');
select results_eq($$ select examined, added from private.backfill_partner_activity('public.probe') $$, 'values (8::bigint, 0::bigint)', 'and no more when it is repeated');
select results_eq($$ select last_id, examined, added from private.backfill_partner_activity('public.probe', 'ffffffff-ffff-ffff-ffff-ffffffffffff') $$,
  'values (null::uuid, 0::bigint, 0::bigint)', 'after the last row there is nothing');
update public.probe set done_at = null where title = 'Old';
update public.probe set done_at = now() where title = 'Old';
select is((select count(*) from pg_temp.news()), 15::bigint, 'what happens to an old row later is told as ever');
select is((select count(*) from public.partner_activity_log), (select count(distinct (organization_id, source_key)) from public.partner_activity_log), 'no key twice');

-- Rules that could not be kept.
create function pg_temp.rule(kind text, event text, happened text default 'true', visible text default 'false', backfilled boolean default false)
returns text language plpgsql as $$
begin
  perform private.switch_on_timeline('public.probe', 'null::uuid', 'n.title', array[
    private.activity_rule(kind, event, happened, visible => visible, backfilled => backfilled), private.activity_rule('task_created', 'insert')]);
  return 'accepted';
exception when others then
  return 'refused';
end
$$;
select results_eq(
  $$ select pg_temp.rule('nothing_such', 'insert') union all select pg_temp.rule('health_changed', 'insert', visible => 'true')
     union all select pg_temp.rule('task_completed', 'truncate') union all select pg_temp.rule('task_completed', 'update', backfilled => true)
     union all select pg_temp.rule('task_created', 'insert') union all select pg_temp.rule('task_completed', 'insert', 'o.title is null')
     union all select pg_temp.rule('task_completed', 'insert', 'n.no_such_column') union all select pg_temp.rule('task_completed', 'update', 'o.title is null') $$,
  $$ values ('refused'), ('refused'), ('refused'), ('refused'), ('refused'), ('refused'), ('refused'), ('accepted') $$,
  'an unknown kind, one that partners never see, no command, no way back, the same twice, no row before, no such column'
);

-- Nobody changes what stands there, and it outlives what it tells of.
select throws_ok($$ update public.partner_activity_log set actor = 'user:nobody' $$, 'PW040', null, 'nobody changes an event');
select throws_ok($$ update public.partner_activity_log set actor_name = null $$, 'PW040', null, 'nor empties one without an erasure');
select throws_ok('delete from public.partner_activity_log', 'PW040', null, 'or takes one away');
select throws_ok('truncate public.partner_activity_log', 'PW040', null, 'or all of them');
delete from public.partners where name = 'Told of';
select cmp_ok((select count(*) from public.partner_activity_log where subject_label = 'Told of'), '>=', 18::bigint, 'a partner goes, its timeline stays');
select pg_temp.become('admin@northwind.test');
set local role authenticated;
select throws_ok('select from public.partner_activity_log', '42501', null, 'clients do not read the table');
select throws_ok(
  $$ insert into public.partner_activity_log (organization_id, kind, occurred_at, actor, subject_table, subject_id, is_visible_to_partner, source_key)
     select northwind, 'status_changed', '2020-01-01', 'user:x', 'partners', gen_random_uuid(), true, 'partners:x' from known $$,
  '42501', null, 'nor write it'
);
select throws_ok($$ select private.backfill_partner_activity('public.partners') $$, '42501', null, 'nor start a backfill');
reset role;

select * from finish();
rollback;
