-- Changing roles and members: never more than one's own rights, never past a version, never without an administrator.
begin;
create extension if not exists pgtap with schema extensions;
select plan(41);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.org(wanted text) returns uuid language sql as $$ select id from public.organizations where slug = wanted $$;
create function pg_temp.role_of(slug text, wanted text) returns uuid language sql as $$
  select r.id from public.roles as r where r.organization_id = pg_temp.org(slug) and r.key = wanted
$$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true),
    set_config('response.status', '', true)
$$;
create temporary table known as
select pg_temp.org('northwind') as northwind, pg_temp.org('contoso') as contoso,
  pg_temp.role_of('northwind', 'org_admin') as admin_role, pg_temp.role_of('northwind', 'sales_rep') as rep_role,
  pg_temp.role_of('northwind', 'vp') as vp_role, pg_temp.role_of('contoso', 'vp') as contoso_role,
  pg_temp.id_of('admin@northwind.test') as admin, pg_temp.id_of('rep@northwind.test') as rep,
  pg_temp.id_of('vp@northwind.test') as vp, pg_temp.id_of('admin@contoso.test') as stranger;
create temporary table answers (name text, answer jsonb);
grant select on known to authenticated, anon;
grant select, insert on answers to authenticated;
create function pg_temp.answer(wanted text) returns jsonb language sql as $$ select a.answer from answers as a where a.name = wanted $$;
create function pg_temp.role_id(wanted text) returns uuid language sql as $$ select (pg_temp.answer(wanted) ->> 'id')::uuid $$;
grant execute on function pg_temp.answer(text), pg_temp.role_id(text) to authenticated;

-- What every organization begins with is the product's own table.
select results_eq(
  $$ select r.key, count(*) from public.roles as r join public.role_permissions as p on p.role_id = r.id
     where r.organization_id = (select northwind from known) group by r.key order by r.key $$,
  $$ values ('data_team', 22::bigint), ('org_admin', 38), ('partnership_manager', 24), ('sales_manager', 27), ('sales_rep', 15), ('vp', 18) $$,
  'the built-in roles hold what they begin with'
);
select results_eq(
  $$ select permission from public.role_permissions where role_id = (select rep_role from known) and scope = 'own' order by permission $$,
  array['activity.log', 'documents.write', 'opportunities.read', 'opportunities.write', 'partners.write', 'referrals.write', 'tasks.write'],
  'a sales rep has these for own rows only'
);
select throws_ok(
  $$ insert into public.role_permissions select northwind, vp_role, 'config.write', 'own' from known $$, '23514', null,
  '"own" needs rows that have an owner'
);
select throws_ok(
  format('insert into public.roles (organization_id, key, name) select northwind, %L, %L from known', key, key), '23514', null,
  format('no role passes for %s', key)
)
from unnest(array['super_admin', 'partner_user']) as key;

-- Adding a role.
select pg_temp.become('vp@northwind.test');
set local role authenticated;
select is(
  (select public.save_role(northwind, null, 'Mine', '', '{}', null) ->> 'code' from known), '42501', 'without roles.manage: refused'
);
select is(
  (select public.save_role(contoso, null, 'Mine', '', '{}', null) from known),
  (select public.save_role(gen_random_uuid(), null, 'Mine', '', '{}', null)),
  'a foreign organization answers like one that does not exist'
);
set local role postgres;
select pg_temp.become('admin@northwind.test');
set local role authenticated;
insert into answers select 'helper', public.save_role(
  northwind, null, ' Helper ', 'Helps', '{"members.read": "all", "members.manage": "all", "partners.write": "own"}', null
) from known;
select results_eq(
  $$ select name, description, is_built_in, version from public.roles where id = pg_temp.role_id('helper') $$,
  $$ values ('Helper', 'Helps', false, 1::bigint) $$, 'an administrator adds a role'
);
select results_eq(
  $$ select permission, scope from public.role_permissions where role_id = pg_temp.role_id('helper') order by 1 $$,
  $$ values ('members.manage', 'all'), ('members.read', 'all'), ('partners.write', 'own') $$, 'with these permissions'
);
select throws_ok(
  $$ select public.save_role(northwind, null, 'helper', '', '{}', null) from known $$, 'PW015', null, 'no two roles of one name'
);
select throws_ok(
  format('select public.save_role(northwind, null, %L, %L, %L, null) from known', name, description, permissions), 'PW014', null, story
)
from (values
  ('', '', '{}', 'a role has a name'),
  (repeat('x', 61), '', '{}', 'of some length at most'),
  (E'a\nb', '', '{}', 'of one line'),
  ('Long', repeat('x', 301), '{}', 'and a short description'),
  ('Odd', '', '[]', 'permissions are an object'),
  ('Odd', '', '{"fly": "all"}', 'of known permissions'),
  ('Odd', '', '{"partners.read": "own"}', 'where "own" means something'),
  ('Odd', '', '{"partners.read": true}', 'and a scope is a word')
) as given (name, description, permissions, story);

-- Changing a role, whole, with the version that was seen.
insert into answers select 'changed', public.save_role(
  northwind, pg_temp.role_id('helper'), 'Helper', 'Helps', '{"members.read": "all", "members.manage": "all"}', 1
) from known;
select is((pg_temp.answer('changed') ->> 'version')::bigint, 2::bigint, 'a permission less is a new version');
select throws_ok(
  $$ select public.save_role(northwind, pg_temp.role_id('helper'), 'Helper', '', '{}', 1) from known $$, 'PW006', null,
  'who saw an older version changes nothing'
);
select is(
  (select public.save_role(contoso, pg_temp.role_id('helper'), 'Helper', '', '{}', 2) ->> 'code' from known), '42501',
  'a role is not reached through another organization'
);
select throws_ok(
  $$ select public.save_role(northwind, admin_role, 'Administrator', '', '{}', 1) from known $$, 'PW008', null,
  'the administrator''s role keeps every right'
);
select is(
  (select public.save_role(northwind, vp_role, 'VP', '', '{"partners.read": "all"}', 1) ->> 'version' from known), '2', 'a built-in role is adapted'
);
select is((select public.reset_role(northwind, vp_role, 2) ->> 'version' from known), '3', 'and goes back');
select is(
  (select count(*) from public.role_permissions where role_id = (select vp_role from known)), 18::bigint, 'to what it began with'
);
select throws_ok($$ select public.delete_role(northwind, vp_role, 3) from known $$, 'PW008', null, 'a built-in role is not deleted');
set local role postgres;

-- Nobody hands out or takes away more than they hold.
update public.memberships set role_id = pg_temp.role_id('helper') where user_id = (select rep from known);
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select is(
  (select public.change_member_role(northwind, rep, admin_role, 2) ->> 'code' from known), 'PW009', 'not to oneself'
);
select is((select public.invite_member(northwind, 'friend@example.test', admin_role) ->> 'code' from known), 'PW009', 'not by inviting');
select is(
  (select public.change_member_role(northwind, admin, pg_temp.role_id('helper'), 1) ->> 'code' from known), 'PW009',
  'nor from somebody who holds more'
);
select is((select public.deactivate_member(northwind, vp, 1) ->> 'code' from known), 'PW009', 'nor put out somebody who holds more');
set local role postgres;
select is(
  (select role_id from public.memberships where organization_id = (select northwind from known) and user_id = (select admin from known)),
  (select admin_role from known), 'the administrator is one still'
);

-- Members.
select pg_temp.become('admin@northwind.test');
set local role authenticated;
select throws_ok($$ select public.delete_role(northwind, pg_temp.role_id('helper'), 2) from known $$, 'PW008', null, 'not while somebody has the role');
select throws_ok($$ select public.change_member_role(northwind, rep, contoso_role, 2) from known $$, 'PW012', null, 'no role of another organization');
select throws_ok($$ select public.change_member_role(northwind, stranger, rep_role, 1) from known $$, 'PW012', null, 'no member of another organization');
select throws_ok($$ select public.change_member_role(northwind, rep, rep_role, 1) from known $$, 'PW006', null, 'a stale version changes nothing');
select is((select public.change_member_role(northwind, rep, rep_role, 2) ->> 'version' from known), '3', 'a role is changed');
select is((select public.delete_role(northwind, pg_temp.role_id('helper'), 2) ? 'id' from known), true, 'then the role can go');
select throws_ok($$ select public.leave_organization(northwind) from known $$, 'PW002', null, 'the last administrator cannot leave');
select is((select public.change_member_role(northwind, vp, admin_role, 1) ->> 'version' from known), '2', 'with a second one');
select lives_ok($$ select public.leave_organization(northwind) from known $$, 'the first can');
select is((select public.leave_organization(northwind) ->> 'code' from known), '42501', 'once');
set local role postgres;

select * from finish();
rollback;
