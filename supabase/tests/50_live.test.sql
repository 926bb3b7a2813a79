-- Live channels: what topics look like and who may join them, what is told of a write and to whom, what is told of too much, and that
-- nobody's write ever fails for it.
begin;
create extension if not exists pgtap with schema extensions;
select plan(55);

create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso,
  gen_random_uuid() as partner, gen_random_uuid() as other_partner, gen_random_uuid() as foreign_partner, gen_random_uuid() as customer;
grant select on known to authenticated;

-- Messages have nowhere to go without a partition of their day, which the Realtime server makes.
do $$
begin
  if not exists (
    select from pg_catalog.pg_inherits as i where i.inhparent = 'realtime.messages'::regclass
      and pg_get_expr((select c.relpartbound from pg_catalog.pg_class as c where c.oid = i.inhrelid), i.inhrelid)
        like format('%%FROM (''%s%%', current_date)
  ) then
    execute format('create table realtime.messages_of_today partition of realtime.messages for values from (%L) to (%L)', current_date, current_date + 1);
  end if;
end
$$;
-- What was told since it was asked last, but for the id that every message has.
create function pg_temp.told() returns table (topic text, event text, payload jsonb) language sql as $$
  with gone as (delete from realtime.messages as m returning m.*)
  select g.topic, g.event, g.payload - 'id' from gone as g order by g.topic, g.event, g.payload::text
$$;
create function pg_temp.topics() returns text[] language sql as $$
  select array(select distinct regexp_replace(t.event || ' ' || t.topic, '[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+$', '…', 'g') from pg_temp.told() as t order by 1)
$$;
create function pg_temp.topic(subject text, epoch_less bigint default 0) returns text language sql as $$
  select format('org:%s:%s#%s', northwind, subject, private.live_epoch_of(northwind) - epoch_less) from known
$$;

insert into public.partners (id, organization_id, name) select partner, northwind, 'Live' from known
union all select other_partner, northwind, 'Another' from known union all select foreign_partner, contoso, 'Foreign' from known;
insert into public.customers (id, organization_id, name) select customer, northwind, 'Live customer' from known;
insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, joined_at)
select northwind, partner, 'partner@alpine.test', 'Petra', pg_temp.id_of('partner@alpine.test'), 'active', now() from known;
delete from realtime.messages;

-- Topics
create function pg_temp.may_join(address text, topic text) returns boolean language sql as $$
  select private.may_join_topic(topic) from pg_temp.become(address)
$$;
select is(pg_temp.may_join('admin@northwind.test', pg_temp.topic(subject)), true, 'an administrator listens to ' || subject)
from unnest('{notices,configuration,members,members:invitations,partners,partners:tasks,partners:opportunities,partners:commissions}'::text[]) as subject;
select is(pg_temp.may_join('admin@northwind.test', pg_temp.topic('partner:' || partner || ':referrals')), true, 'and to one partner') from known;
select is(pg_temp.may_join('admin@northwind.test', topic), false, 'no topic: ' || coalesce(topic, 'nothing'))
from (
  select pg_temp.topic('partner:' || foreign_partner) as topic from known
  union all select pg_temp.topic('partner:' || gen_random_uuid())
  union all select pg_temp.topic('partner:' || partner || ':portal') from known
  union all select pg_temp.topic('partners:portal')
  union all select pg_temp.topic('secrets')
  union all select pg_temp.topic('partners', -1)
  union all select upper(pg_temp.topic('partners'))
  union all select replace(pg_temp.topic('partners'), '#', '#0')
  union all select pg_temp.topic('partners') || ' '
  union all select replace(pg_temp.topic('partners'), northwind::text, contoso::text) from known
  union all select 'user:' || pg_temp.id_of('rep@northwind.test')
  union all select 'realtime:anything'
  union all select null
) as wrong;
select is(pg_temp.may_join('rep@northwind.test', pg_temp.topic('partners:opportunities')), false, 'who reads deals of their own does not hear of all');
select is(pg_temp.may_join('rep@northwind.test', pg_temp.topic('partners:customers')), true, 'but of customers, which they all read');
select is(pg_temp.may_join('rep@northwind.test', 'user:' || pg_temp.id_of('rep@northwind.test')), true, 'and of what is their own');
select is(pg_temp.may_join('partner@alpine.test', pg_temp.topic('partner:' || partner || ':portal')), true, 'a guest listens to the portal') from known;
select is(pg_temp.may_join('partner@alpine.test', pg_temp.topic('partner:' || partner)), false, 'and to nothing of the partner beside it') from known;
select is(pg_temp.may_join('partner@alpine.test', pg_temp.topic('notices')), false, 'nor to what members are told');

-- What is told
select set_config('request.jwt.claims', '', true);
update public.partners set notes = 'Internal', custom_fields = '{}' where id = (select partner from known);
select results_eq('select * from pg_temp.told()', format(
  $$values (%L, 'changes', %L::jsonb), (%L, 'changes', %2$L)$$,
  pg_temp.topic('partner:' || partner), jsonb_build_object('table', 'partners', 'op', 'update', 'ids', array[partner], 'versions', array[2], 'columns', array['notes']),
  pg_temp.topic('partners')
), 'names of what changed, and no values; of what is internal the portal hears nothing') from known;
update public.partners set tier = tier, updated_at = now() where id = (select partner from known);
select is(pg_temp.topics(), '{}', 'what changes nothing is not told');
update public.partners set name = 'Live Ltd' where id = (select partner from known);
select is(pg_temp.topics(), '{changes org:…:partner:…#…,changes org:…:partners#…,refetch org:…:partner:…:portal#…}', 'what the portal shows is told there');
insert into public.partner_tasks (organization_id, partner_id, title, is_shared) select northwind, partner, 'Shared', true from known;
insert into public.partner_tasks (organization_id, partner_id, title) select northwind, other_partner, 'Not shared' from known;
select is((select count(*) from pg_temp.told() as t where t.event = 'refetch' and t.payload = '{"table": "partner_tasks"}'), 1::bigint, 'a task that is shared is told in its portal');
update public.partner_tasks set title = 'Neither' where title = 'Not shared';
select is((select array_agg(t.payload -> 'partner_ids' order by t.topic) from pg_temp.told() as t), array[jsonb_build_array(other_partner), jsonb_build_array(other_partner)], 'with the partner that it is about')
from known;

-- What moves
insert into public.opportunities (organization_id, customer_id, partner_id, name, owner_id)
select northwind, customer, partner, 'Moving', pg_temp.id_of('rep@northwind.test') from known;
delete from realtime.messages;
update public.opportunities set partner_id = other_partner, owner_id = pg_temp.id_of('partners@northwind.test') from known where name = 'Moving';
select is((select t.payload - 'ids' from pg_temp.told() as t where t.topic like '%' || partner || '%'), '{"op": "delete", "table": "opportunities"}', 'the former partner is told that it is gone, and nothing new')
from known;
update public.opportunities set owner_id = pg_temp.id_of('rep@northwind.test') where name = 'Moving';
select is((select t.payload ->> 'op' from pg_temp.told() as t where t.topic = 'user:' || pg_temp.id_of('rep@northwind.test')), 'update', 'who sees only their own is told of it where only they are');
update public.opportunities set owner_id = null where name = 'Moving';
select is((select t.payload - 'ids' - 'organization_id' from pg_temp.told() as t where t.topic = 'user:' || pg_temp.id_of('rep@northwind.test')), '{"op": "delete", "table": "opportunities"}', 'and when it is theirs no longer');
insert into public.saved_views (organization_id, owner_id, name, definition) select northwind, pg_temp.id_of('rep@northwind.test'), 'Live view', '{}' from known;
select is(pg_temp.topics(), '{changes user:…}', 'a view of one''s own is told to oneself');
update public.saved_views set is_shared = true where name = 'Live view';
select is(pg_temp.topics(), '{changes org:…:partners#…}', 'a shared one to everybody');
update public.profiles set theme = case theme when 'dark' then 'light' else 'dark' end where email = 'rep@northwind.test';
select is(pg_temp.topics(), '{changes user:…}', 'a profile to its person');

-- Too much to name
insert into public.partners (organization_id, name) select northwind, 'Many ' || n from known cross join generate_series(1, 21) as n;
select is((select array_agg(t.event || t.payload) from pg_temp.told() as t where t.topic = pg_temp.topic('notices')), array['refetch{"table": "partners"}'], 'of more than 20 partners: read the table again');
update public.partner_tasks set due_on = current_date where title = 'Shared';
insert into public.partner_tasks (organization_id, partner_id, title, is_shared) select northwind, partner, 'Task ' || n, true from known cross join generate_series(1, 201) as n;
select is((select count(*) from pg_temp.told() as t where t.event = 'refetch'), 3::bigint, 'and of more than 200 rows, in the portal as well');
update public.partner_tasks set title = title where title like 'Task %';
select is(pg_temp.topics(), '{}', 'of many that did not change nothing');
update public.partner_tasks set title = title || case when title = 'Task 7' then '!' else '' end where title like 'Task %';
select is((select jsonb_array_length(t.payload -> 'ids') from pg_temp.told() as t where t.topic = pg_temp.topic('partners:tasks')), 1, 'of many of which one changed that one');

-- Epochs: each is asked for in a transaction of its own, which this one stands for by forgetting who raised it.
create function pg_temp.raised(statement text) returns boolean language plpgsql as $$
declare
  before constant bigint := (select private.live_epoch_of(northwind) from known);
begin
  delete from realtime.messages;
  update private.live_epochs set raised_by = '1';
  execute statement;
  return (select private.live_epoch_of(northwind) from known) = before + 1;
end
$$;
select is(pg_temp.raised(statement), true, 'an epoch for ' || what)
from (values
  ('another role', $$update public.memberships as m set role_id = r.id from public.roles as r where r.organization_id = m.organization_id and r.key = 'vp' and m.email = 'rep@northwind.test'$$),
  ('a permission less', $$delete from public.role_permissions as p using public.roles as r where r.id = p.role_id and r.key = 'vp' and r.organization_id = (select northwind from known) and p.permission = 'reports.read'$$),
  ('somebody who leaves a portal', $$update public.partner_members set status = 'removed', removed_at = now() where email = 'partner@alpine.test'$$),
  ('a suspended organization', $$update public.organizations set is_active = false where slug = 'northwind'$$)
) as given (what, statement);
select is(pg_temp.raised($$update public.memberships set display_name = 'Renamed' where email = 'rep@northwind.test'$$), false, 'none for a name');
select is(pg_temp.raised($$update public.memberships set status = 'deactivated', deactivated_at = now() where email = 'rep@northwind.test'$$), true, 'an epoch for somebody who goes');
select is((select array_agg(t.payload -> 'epoch') from pg_temp.told() as t where t.event = 'epoch' and t.topic = pg_temp.topic('notices', 1)), array[to_jsonb(private.live_epoch_of(northwind))], 'told to those who listened until now')
from known;

-- Nobody's write fails
alter table realtime.messages alter column inserted_at set default '1999-01-01';
set local client_min_messages = error;
select lives_ok($$update public.partners set notes = 'No partition' where name = 'Live Ltd'$$, 'without a place for messages a write stands');
select is((select count(*) from private.live_changes as c where c.table_name = 'partners' and c.columns = '{notes}' and c.recorded_at > now()), 2::bigint, 'and is kept for those who ask later');
revoke execute on function realtime.send(jsonb, text, text, boolean) from public, postgres;
select lives_ok($$update public.partners set notes = 'No right' where name = 'Live Ltd'$$, 'without the right to send one as well');
alter table private.live_changes rename to elsewhere;
select lives_ok($$update public.partners set notes = 'No table' where name = 'Live Ltd'$$, 'and whatever else is wrong');
select is((select notes from public.partners where name = 'Live Ltd'), 'No table', 'each was written');

select * from finish();
rollback;
