-- The audit log: exactly one event a row and statement, nothing for nothing, and no way to change what stands there.
begin;
create extension if not exists pgtap with schema extensions;
select plan(41);

create function pg_temp.org(wanted text) returns uuid language sql as $$ select id from public.organizations where slug = wanted $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object(
    'sub', (select user_id from public.profiles where email = address), 'role', 'authenticated'
  )::text, true)
$$;
create temporary table known as select pg_temp.org('northwind') as northwind, pg_temp.org('contoso') as contoso;
grant select on known to authenticated;

create table public.probe (
  a integer not null, b integer not null, organization_id uuid not null, name text, amount numeric, details jsonb, secret text,
  tags text[], version bigint not null default 1, updated_at timestamptz not null default now(),
  doubled numeric generated always as (amount * 2) stored,
  constraint probe_pkey primary key (a, b)
);
grant select, insert (a, b, organization_id, name, amount, secret), update (name, amount), delete on public.probe to authenticated;
select private.switch_on_audit('public.probe', redacted => '{secret}');
create function pg_temp.events() returns setof public.audit_log language sql as $$
  select * from public.audit_log where table_name = 'probe' order by id
$$;
create function pg_temp.forget() returns void language sql as $$
  -- What is in the log stays there; from here on only later events are looked at.
  select set_config('probe.after', coalesce(max(id), 0)::text, true) from public.audit_log
$$;
create function pg_temp.new_events() returns table (action text, row_id text, label text, changes jsonb) language sql as $$
  select action, row_id, label, changes::jsonb from public.audit_log
  where table_name = 'probe' and id > current_setting('probe.after')::bigint order by id
$$;
select pg_temp.forget();

-- Each write path, one event a row.
insert into public.probe (a, b, organization_id, name, amount, details, secret)
select 1, n, northwind, 'Row ' || n, n, '{"x": 1}', 'hush' from known, generate_series(1, 3) as n;
select is((select count(*) from pg_temp.new_events()), 3::bigint, 'three rows in one statement leave three events');
select results_eq(
  $$ select action, row_id, label, changes - 'secret' from pg_temp.new_events() limit 1 $$,
  $$ values ('insert', '1,1', 'Row 1', '{"name": "Row 1", "amount": 1, "details": {"x": 1}, "tags": null}'::jsonb) $$,
  'an insert keeps every value, without key, organization, version, times and what is computed'
);
select is((select changes -> 'secret' from pg_temp.new_events() limit 1), '{"hidden": true}'::jsonb, 'a redacted value is not kept');
select ok(not exists (select from public.audit_log where changes::text like '%hush%'), 'nowhere');

select pg_temp.forget();
update public.probe set amount = amount + 0.5, secret = 'new', tags = '{x}', version = version + 1 where b = 2;
select results_eq(
  'select action, row_id, changes from pg_temp.new_events()',
  $$ values ('update', '1,2', '{"amount": [2, 2.5], "secret": {"hidden": true}, "tags": [null, ["x"]]}'::jsonb) $$,
  'an update keeps what changed, from what to what'
);
select pg_temp.forget();
update public.probe set version = version + 1, updated_at = now() + interval '1 day';
update public.probe set name = name;
update public.probe set name = 'x' where false;
delete from public.probe where false;
select is_empty('select * from pg_temp.new_events()', 'an update that changes nothing worth telling leaves none');

insert into public.probe (a, b, organization_id, name) select 1, n, northwind, 'Up ' || n from known, generate_series(3, 4) as n
on conflict (a, b) do update set name = excluded.name;
select results_eq(
  'select action, row_id, changes -> ''name'' from pg_temp.new_events() order by row_id',
  $$ values ('update', '1,3', '["Row 3", "Up 3"]'::jsonb), ('insert', '1,4', '"Up 4"') $$,
  'an upsert leaves one event a row, of the right kind'
);
select pg_temp.forget();
update public.probe set a = 2 where b = 4;
select results_eq(
  'select action, row_id from pg_temp.new_events() order by action',
  $$ values ('delete', '1,4'), ('insert', '2,4') $$,
  'a row that was given another key is gone as the one and there as the other'
);
select pg_temp.forget();
alter table public.probe add column later text;
update public.probe set later = 'here' where b = 1;
select results_eq(
  'select changes from pg_temp.new_events()', $$ values ('{"later": [null, "here"]}'::jsonb) $$,
  'a column that was added later is in the log by itself'
);
alter table public.probe drop column details;
select lives_ok('update public.probe set name = ''still'' where b = 1', 'and one that was dropped breaks nothing');
select pg_temp.forget();
delete from public.probe where b in (1, 2);
select results_eq(
  'select action, row_id, changes -> ''name'' from pg_temp.new_events() order by row_id',
  $$ values ('delete', '1,1', '"still"'::jsonb), ('delete', '1,2', '"Row 2"') $$,
  'a delete keeps what was there'
);
select throws_ok('truncate public.probe', 'PW041', null, 'an audited table cannot be truncated');
select pg_temp.forget();
savepoint undone;
insert into public.probe (a, b, organization_id) select 9, 9, northwind from known;
rollback to undone;
select is_empty('select * from pg_temp.new_events()', 'what is undone leaves no event');
select throws_ok($$ select private.switch_on_audit('public.profiles') $$, null, null, 'a table of no organization cannot be audited');
select throws_ok($$ select private.switch_on_audit('public.probe', '{lost}') $$, null, null, 'nor can a column be hidden that is not there');

-- Who, when and what are the server's own.
select pg_temp.become('admin@northwind.test');
set local role authenticated;
insert into public.probe (a, b, organization_id, name) select 5, 5, northwind, 'By Anna' from known;
set local role postgres;
select results_eq(
  $$ select actor = 'user:' || p.user_id, actor_name, occurred_at between now() and clock_timestamp()
     from pg_temp.events() cross join public.profiles as p where p.email = 'admin@northwind.test' and label = 'By Anna' $$,
  $$ values (true, 'Anna Lindqvist', true) $$, 'actor and time are the server''s'
);
select set_config('request.jwt.claims', '', true);
select set_config('app.job', 'nightly', true);
insert into public.probe (a, b, organization_id, name) select 6, 6, northwind, 'By a job' from known;
select is((select actor from pg_temp.events() where label = 'By a job'), 'system:nightly', 'a job says its name');
select private.record_audit(northwind, 'exported', 'probe', '6,6', '{"rows": 3}') from known;
select is((select changes ->> 'rows' from pg_temp.events() where action = 'exported'), '3', 'what is no change of a row can be recorded');
select private.record_denied(gen_random_uuid(), 'take_over', 'organizations', 'x', 'No right.');
select is(
  (select organization_id from public.audit_log where action = 'denied' and changes ->> 'attempted' = 'take_over'),
  private.platform_chain(), 'what was denied on something that does not exist goes to the platform''s chain'
);

-- Nobody changes it.
select throws_ok(statement, 'PW040', null, statement || ' is refused, also to the owner')
from unnest(array[
  'update public.audit_log set actor = ''user:x''', 'delete from public.audit_log', 'truncate public.audit_log',
  'delete from private.audit_erasures', 'truncate private.audit_anchors'
]) as statement;
select is(
  (select count(*) from unnest(array['insert', 'update', 'delete', 'truncate']) as verb
   cross join unnest(array['anon', 'authenticated', 'service_role']) as api_role
   where has_table_privilege(api_role, 'public.audit_log', verb)),
  0::bigint, 'no API role may write it'
);
select is(
  (select count(*) from unnest(array['private.audit_seals', 'private.audit_kinds', 'private.audit_pending', 'private.audit_erasures',
    'private.audit_anchors', 'private.audited_tables']) as machinery
   cross join unnest(array['anon', 'authenticated', 'service_role']) as api_role
   where has_table_privilege(api_role, machinery, 'select')),
  0::bigint, 'or read what stands behind it'
);
select is(
  (select count(*) from pg_catalog.pg_proc as p cross join unnest(array['anon', 'authenticated']) as api_role
   where p.pronamespace = 'private'::regnamespace
     and p.proname in ('record_audit', 'record_denied', 'seal_audit_log', 'verify_audit_log', 'switch_on_audit', 'erase_personal_data',
       'erase_personal_data_for_platform', 'record_audit_anchors', 'unanchored_audit_heads', 'personal_addresses')
     and has_function_privilege(api_role, p.oid, 'execute')),
  0::bigint, 'or call what writes it'
);

-- Sealed, verified, erased.
select private.seal_audit_log();
select is_empty('select * from private.audit_pending', 'everything is sealed');
select results_eq(
  'select ok, checked = head, unsealed from private.verify_audit_log((select northwind from known))',
  $$ values (true, true, 0::bigint) $$, 'the chain fits'
);
select throws_ok('update private.audit_seals set kind = kind', 'PW040', null, 'seals cannot be changed');
select throws_ok('truncate private.audit_seals', 'PW040', null, 'or truncated');
select private.seal_audit_log();
select ok((select ok from private.verify_audit_log((select northwind from known))), 'sealing again changes nothing');

select throws_ok($$ select private.erase_personal_data(gen_random_uuid(), '') $$, 'PW042', null, 'an erasure says why');
select cmp_ok(
  private.erase_personal_data((select user_id from public.profiles where email = 'rep@northwind.test'), 'Asked for it.'), '>', 0::bigint,
  'an erasure finds events'
);
select is_empty(
  $$ select from public.audit_log where concat_ws(' ', changes::text, label, actor_name) ilike '%sofia%' or changes::text ilike '%rep@northwind%' $$,
  'and name and address are gone'
);
select is(
  (select count(*) from public.audit_log where organization_id = (select northwind from known) and action = 'personal_data_erased' and table_name = 'profiles'),
  1::bigint, 'the erasure is an event itself'
);
select private.seal_audit_log();
select ok((select ok from private.verify_audit_log((select northwind from known))), 'and the chain still fits');
select is(
  private.erase_personal_data((select user_id from public.profiles where email = 'rep@northwind.test'), 'Asked for it again.'), 0::bigint,
  'what is erased is not erased again'
);

-- Who reads.
select pg_temp.become('vp@northwind.test');
set local role authenticated;
select ok((select count(*) > 0 from public.audit_page((select northwind from known))), 'a VP reads');
select throws_ok('select * from public.audit_log', '42501', null, 'but never past the function');
set local role postgres;
select pg_temp.become('sales@northwind.test');
set local role authenticated;
select throws_ok('select * from public.audit_page((select northwind from known))', '42501', null, 'a sales manager sees nothing');

select * from finish();
rollback;
