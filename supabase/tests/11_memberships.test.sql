-- Who sees which organization, its members and roles; and that an administrator always stays.
begin;
create extension if not exists pgtap with schema extensions;
select plan(41);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.org(wanted text) returns uuid language sql as $$ select id from public.organizations where slug = wanted $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select pg_temp.org('northwind') as northwind, pg_temp.org('northwind-emea') as emea, pg_temp.org('northwind-group') as tenant,
  pg_temp.org('contoso') as contoso;
grant select on known to authenticated, anon;

-- Everybody reads their own organizations and nothing of another.
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select results_eq('select slug from public.organizations', array['northwind'], 'a member sees the organization');
select is((select count(*) from public.memberships), 7::bigint, 'and its members');
select is((select count(distinct organization_id) from public.memberships), 1::bigint, 'and nobody of another organization');
select is((select count(*) from public.roles), 6::bigint, 'the six roles every organization begins with');
select is((select count(distinct organization_id) from public.role_permissions), 1::bigint, 'what its roles hold, and no other''s');
select is((select count(*) from public.permissions), 38::bigint, 'a member sees what can be permitted');
select results_eq('select email from public.profiles', array['rep@northwind.test'], 'of profiles only one''s own');
select is_empty('select id from public.invitations', 'invitations are for who manages members');
set local role postgres;

select pg_temp.become('both@northwind.test');
set local role authenticated;
select results_eq('select slug from public.organizations order by slug', array['contoso', 'northwind'], 'a member of two sees both');
set local role postgres;

select pg_temp.become('nobody@example.test');
set local role authenticated;
select is_empty('select * from public.organizations', 'who belongs nowhere sees no organization');
select is_empty('select * from public.memberships', 'no member');
select is_empty('select * from public.permissions', 'and no catalogue');
set local role postgres;

set local role anon;
select throws_ok(format('select * from public.%I', relation), '42501', null, format('without signing in: no %s', relation))
from unnest(array['organizations', 'profiles', 'memberships', 'roles', 'role_permissions', 'permissions', 'invitations']) as relation;
set local role postgres;

-- What a client may write directly: the organization's name, and one's own profile.
select pg_temp.become('admin@northwind.test');
set local role authenticated;
select lives_ok($$ update public.organizations set name = 'Northwind 2' where slug = 'northwind' $$, 'who may write configuration renames');
select is((select version from public.organizations where slug = 'northwind'), 2::bigint, 'and the version counts');
select throws_ok(format('update public.organizations set %s where slug = ''northwind''', change), '42501', null, format('not: %s', change))
from unnest(array['slug = ''mine''', 'seat_limit = 1000', 'is_active = true', 'subscription_tier = ''enterprise''', 'parent_id = null']) as change;
select throws_ok($$ insert into public.organizations (name, slug) values ('x', 'xx') $$, '42501', null, 'nobody adds an organization past the function');
select throws_ok($$ update public.memberships set status = 'active' $$, '42501', null, 'nobody writes memberships past the functions');
select throws_ok($$ delete from public.roles $$, '42501', null, 'nobody deletes roles past the functions');
select throws_ok($$ insert into public.role_permissions select * from public.role_permissions limit 1 $$, '42501', null, 'nor permissions');
select throws_ok($$ update public.profiles set email = 'vp@northwind.test' $$, '42501', null, 'nobody gives themselves an address');
set local role postgres;

select pg_temp.become('vp@northwind.test');
set local role authenticated;
update public.organizations set name = 'Mine now' where slug = 'northwind';
set local role postgres;
select is((select name from public.organizations where slug = 'northwind'), 'Northwind 2', 'who may not write configuration renames nothing');

-- A suspended organization, and one below a suspended tenant, is nowhere.
update public.organizations set is_active = false where slug = 'contoso';
select pg_temp.become('admin@contoso.test');
set local role authenticated;
select is_empty('select * from public.organizations', 'suspended: its administrator sees nothing of it');
select results_eq('select is_active, permissions from public.my_organizations()', $$ values (false, '{}'::jsonb) $$, 'but is told why');
set local role postgres;
update public.organizations set is_active = false where slug = 'northwind-group';
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select is_empty('select * from public.memberships', 'below a suspended tenant nobody sees anything');
set local role postgres;
update public.organizations set is_active = true;

-- A member who is deactivated.
update public.memberships set status = 'deactivated', deactivated_at = now() where user_id = pg_temp.id_of('rep@northwind.test');
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select is_empty('select * from public.memberships', 'deactivated: nothing from the next request on');
set local role postgres;

-- An administrator stays, whichever way a membership changes.
select throws_ok(
  $$ update public.memberships set status = 'deactivated', deactivated_at = now() where organization_id = (select contoso from known) $$,
  'PW002', null, 'not even one statement removes every administrator'
);
select throws_ok(
  $$ update public.memberships as m set role_id = r.id from public.roles as r
     where r.organization_id = m.organization_id and r.key = 'vp' and m.organization_id = (select contoso from known) $$,
  'PW002', null, 'nor makes something else of all of them'
);

-- A person who is deleted.
delete from auth.users where email = 'admin@contoso.test';
select results_eq(
  $$ select display_name, email, status from public.memberships where organization_id = (select contoso from known) order by joined_at limit 1 $$,
  $$ values ('Former member', null, 'deactivated') $$,
  'a person who is deleted leaves without a name, and keeps no access'
);

-- Two levels and no more.
select throws_ok(
  $$ insert into public.organizations (name, slug, parent_id) values ('Deep', 'deep', (select northwind from known)) $$,
  '23514', null, 'no organization below one that has a tenant'
);
select throws_ok(
  $$ update public.organizations set parent_id = (select contoso from known) where slug = 'northwind-group' $$,
  '23514', null, 'a tenant does not move below another'
);

select * from finish();
rollback;
