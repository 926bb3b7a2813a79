-- The list of members: who may read it, that its pages hold everybody once in each order, and that a search is no pattern.
begin;
create extension if not exists pgtap with schema extensions;
select plan(27);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso;
grant select on known to authenticated, anon;

-- Names repeat, one has no address, two joined in the same moment.
insert into auth.users (instance_id, id, aud, role, email, email_confirmed_at, raw_user_meta_data)
select '00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', 'list' || n || '@northwind.test', now(),
  jsonb_build_object('display_name', case when n < 6 then 'Same Name' else 'Zoë 100%_' || n end)
from generate_series(1, 12) as n;
insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color, joined_at)
select known.northwind, p.user_id, r.id, p.display_name, p.email, p.avatar_color, now()
from known
join public.profiles as p on p.email like 'list%@northwind.test'
join public.roles as r on r.organization_id = known.northwind and r.key = 'data_team';
update public.memberships set status = 'deactivated', deactivated_at = now() where email in ('list2@northwind.test', 'list3@northwind.test');
update public.memberships set email = null where email = 'list4@northwind.test';

-- Page by page there and, from the last one, back; both must be the whole list in its order.
create function pg_temp.walked(sort text, descending boolean, backwards boolean) returns uuid[] language plpgsql as $$
declare
  seen uuid[] := '{}';
  page uuid[];
begin
  loop
    page := array(select user_id from public.members_page(
      (select northwind from known), null, null, null, sort, descending, case when backwards then seen[1] else seen[cardinality(seen)] end,
      backwards, 4
    ));
    exit when page = '{}';
    seen := case when backwards then page || seen else seen || page end;
  end loop;
  return seen;
end
$$;
grant execute on function pg_temp.walked(text, boolean, boolean) to authenticated;

select pg_temp.become('rep@northwind.test');
set local role authenticated;
select results_eq(
  format('select unnest(pg_temp.walked(%L, %L, %L))', sort, descending, backwards),
  format(
    'select m.user_id from public.memberships as m join public.roles as r on r.id = m.role_id
     where m.organization_id = (select northwind from known) order by %s',
    replace(keys, ';', case when descending then ' desc,' else ',' end) || case when descending then ' desc' else '' end
  ),
  format('by %s%s, %s: everybody once', sort, case when descending then ' downwards' else '' end, case when backwards then 'from the end' else 'from the beginning' end)
)
from (values
  ('name', 'm.display_name; m.id'), ('email', 'coalesce(m.email, ''''); m.id'), ('joined', 'm.joined_at; m.id'),
  ('status', 'm.status; m.display_name; m.id'), ('role', 'r.position; r.id; m.display_name; m.id')
) as given (sort, keys)
cross join (values (false, false), (true, false), (false, true)) as way (descending, backwards);

select is((select count(*) from public.members_page((select northwind from known), search => 'sAmE nAmE')), 5::bigint, 'a name is found in any case');
select is((select count(*) from public.members_page((select northwind from known), search => '100%_1')), 3::bigint, 'signs of patterns are letters like others');
select is_empty($$ select * from public.members_page((select northwind from known), search => '_') where display_name not like '%\_%' $$, 'alone, too');
select results_eq(
  $$ select email from public.members_page((select northwind from known), search => 'same', member_status => 'deactivated', sort => 'email') $$,
  array['list2@northwind.test', 'list3@northwind.test'], 'search and filter together'
);
select is(
  public.count_members((select northwind from known), search => 'same', member_status => 'deactivated'), 2::bigint, 'are counted alike'
);
select is(
  public.count_members((select northwind from known)), (select count(*) from public.memberships), 'without either, all are counted'
);
select throws_ok(
  $$ select * from public.members_page((select northwind from known), sort => 'email; drop table x') $$, '22023', null, 'an order that is not offered is refused'
);

-- Another organization, as one that does not exist.
select throws_ok('select * from public.members_page((select contoso from known))', '42501', 'You may not see the members of this organization.', 'another organization is refused');
select throws_ok('select public.count_members((select contoso from known))', '42501', 'You may not see the members of this organization.', 'and not counted');
select throws_ok('select * from public.members_page(gen_random_uuid())', '42501', 'You may not see the members of this organization.', 'as one that does not exist');
set local role postgres;

delete from public.role_permissions where permission = 'members.read'
  and role_id = (select id from public.roles where organization_id = (select northwind from known) and key = 'sales_rep');
set local role authenticated;
select throws_ok('select * from public.members_page((select northwind from known))', '42501', null, 'without the right to see members: nothing');
set local role postgres;

set local role anon;
select throws_ok('select * from public.members_page((select northwind from known))', '42501', null, 'nor without signing in');
set local role postgres;

select * from finish();
rollback;
