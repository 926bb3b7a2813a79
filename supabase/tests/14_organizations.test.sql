-- Beginning an organization, and what the platform's staff may do with one.
begin;
create extension if not exists pgtap with schema extensions;
select plan(38);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.org(wanted text) returns uuid language sql as $$ select id from public.organizations where slug = wanted $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true),
    set_config('response.status', '', true)
$$;
create temporary table known as
select pg_temp.org('northwind') as northwind, pg_temp.org('contoso') as contoso, pg_temp.id_of('nobody@example.test') as nobody;
grant select on known to authenticated, anon;

-- An organization of one's own.
select pg_temp.become('nobody@example.test');
set local role authenticated;
select lives_ok($$ select public.create_organization(' Café Zürich & Söhne ') $$, 'whoever is signed in begins an organization');
select results_eq(
  'select name, role_key, membership_status, (select count(*) from jsonb_object_keys(permissions)) from public.my_organizations()',
  $$ values ('Café Zürich & Söhne', 'org_admin', 'active', 38::bigint) $$, 'and is its administrator'
);
select matches(slug, '^cafe-zurich-sohne-[0-9a-f]{8}$', 'its slug is readable') from public.organizations;
select lives_ok($$ select public.create_organization('Contoso') $$, 'a name that another has is no matter');
select matches(slug, '^contoso-[0-9a-f]{8}$', 'its slug tells nothing of the other')
from public.organizations where name = 'Contoso';
select lives_ok($$ select public.create_organization('株式会社') $$, 'a name may be written in any letters');
select throws_ok(format('select public.create_organization(%L)', name), 'PW016', null, 'not every name is one')
from unnest(array['', ' ', repeat('x', 121), E'a\tb']) as name;
select throws_ok('select public.create_organization(null)', 'PW016', null, 'and it needs one');
select lives_ok($$ select public.create_organization('Four'), public.create_organization('Five') $$, 'a few in a day');
select throws_ok($$ select public.create_organization('Six') $$, 'PW011', null, 'and no more');
set local role postgres;
select is((select count(*) from public.roles where organization_id = (select active_organization_id from public.profiles where user_id = (select nobody from known))), 6::bigint, 'every organization has its roles');
update auth.users set email_confirmed_at = null where email = 'partner@alpine.test';
select set_config('request.jwt.claims', (select jsonb_build_object('sub', id)::text from auth.users where email = 'partner@alpine.test'), true);
set local role authenticated;
select throws_ok($$ select public.create_organization('Early') $$, 'PW010', null, 'not before the address is confirmed');
set local role postgres;

-- Another permission comes with a later feature, for organizations that are there and to come.
select private.add_permission(
  ('probe.read', 'Probe', 'Probe', 'Probe', false, true, 9000)::public.permissions, '{"vp": "all"}'
);
select results_eq(
  $$ select r.key from public.role_permissions as p join public.roles as r on r.id = p.role_id
     where p.permission = 'probe.read' and p.organization_id = (select contoso from known) order by r.key $$,
  array['org_admin', 'vp'], 'a new permission is given to whom it was meant for'
);

-- Staff of the platform: nothing by itself.
insert into private.platform_staff (user_id, note) select nobody, 'Probe' from known;
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select is_empty('select * from public.platform_organizations()', 'others see no list of organizations');
select is((select public.open_platform_access(northwind, 'Because I would like to', 5) ->> 'code' from known), '42501', 'nor open an access');
select is((select public.set_organization_active(northwind, false, 'Because I would like to') ->> 'code' from known), '42501', 'nor suspend');
select is((select public.set_subscription(northwind, 'enterprise', 1000) ->> 'code' from known), '42501', 'nor give themselves seats');
select is((select public.close_platform_access(northwind) ->> 'code' from known), '42501', 'nor close an access');
set local role postgres;

select pg_temp.become('nobody@example.test');
set local role authenticated;
select isnt_empty('select * from public.platform_organizations() where slug = ''northwind''', 'staff see which organizations there are');
select is_empty($$ select * from public.memberships where organization_id = (select northwind from known) $$, 'and none of their members');
select is_empty($$ select * from public.organizations where slug = 'northwind' $$, 'nor their settings');
select throws_ok($$ select public.open_platform_access(northwind, 'short', 5) from known $$, 'PW017', null, 'an access needs a reason');
select throws_ok($$ select public.open_platform_access(northwind, 'A customer called', 481) from known $$, 'PW017', null, 'and an end soon');
select throws_ok($$ select public.open_platform_access(gen_random_uuid(), 'A customer called', 5) $$, 'PW012', null, 'and an organization');
select lives_ok($$ select public.open_platform_access(northwind, 'A customer called', 30) from known $$, 'with all of them');
select is((select count(*) from public.memberships where organization_id = (select northwind from known)), 7::bigint, 'it opens reading');
select is(
  (select public.invite_member(northwind, 'x@example.test', gen_random_uuid()) ->> 'code' from known), '42501', 'and nothing but reading'
);
select is((select platform_access_until > now() from public.my_organizations() where slug = 'northwind'), true, 'one sees how long');
select is_empty($$ select * from public.memberships where organization_id = (select contoso from known) $$, 'of that organization only');
select lives_ok($$ select public.close_platform_access(northwind) from known $$, 'closed');
set local role postgres;
select results_eq(
  $$ select expires_at <= now() from private.platform_access $$, array[true], 'it ends at once'
);
update private.platform_access set opened_at = now() - interval '2 hours', expires_at = now() - interval '1 second';
set local role authenticated;
select is_empty($$ select * from public.memberships where organization_id = (select northwind from known) $$, 'after its time there is nothing again');
select is((select public.set_organization_active(contoso, false, 'Unpaid since spring') ->> 'is_active' from known), 'false', 'staff suspend');
select is((select public.set_subscription(contoso, 'professional', 25) ->> 'seat_limit' from known), '25', 'and set seats');
select throws_ok($$ select public.set_subscription(contoso, 'gold', 25) from known $$, 'PW017', null, 'of a tier that exists');
set local role postgres;

select * from finish();
rollback;
