-- Inviting and accepting: who may, as what, how often, and for whom a token counts.
begin;
create extension if not exists pgtap with schema extensions;
select plan(42);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.org(wanted text) returns uuid language sql as $$ select id from public.organizations where slug = wanted $$;
create function pg_temp.role_of(slug text, wanted text) returns uuid language sql as $$
  select r.id from public.roles as r where r.organization_id = pg_temp.org(slug) and r.key = wanted
$$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true),
    set_config('response.status', '', true)
$$;
-- Whoever looks after a partner of ours from their side cannot be a colleague, and is nobody else here.
delete from public.partner_members;
create temporary table known as
select pg_temp.org('northwind') as northwind, pg_temp.org('contoso') as contoso,
  pg_temp.role_of('northwind', 'org_admin') as admin_role, pg_temp.role_of('northwind', 'sales_rep') as rep_role,
  pg_temp.role_of('contoso', 'sales_rep') as contoso_role, pg_temp.id_of('nobody@example.test') as nobody;
create temporary table answers (name text, answer jsonb);
grant select on known to authenticated, anon;
grant select, insert, delete on answers to authenticated;
create function pg_temp.answer(wanted text) returns jsonb language sql as $$ select a.answer from answers as a where a.name = wanted $$;
grant execute on function pg_temp.answer(text) to authenticated;

-- Who may invite.
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select is(
  (select public.invite_member(northwind, 'a@example.test', rep_role) ->> 'code' from known), '42501', 'without members.manage: refused'
);
select is(current_setting('response.status'), '403', 'with the status of a refusal');
select is(
  (select public.invite_member(contoso, 'a@example.test', contoso_role) from known),
  (select public.invite_member(gen_random_uuid(), 'a@example.test', gen_random_uuid())),
  'a foreign organization answers like one that does not exist'
);
set local role postgres;
select is((select count(*) from public.invitations), 0::bigint, 'and nothing was written');

-- An invitation.
select pg_temp.become('admin@northwind.test');
set local role authenticated;
insert into answers select 'first', public.invite_member(northwind, E' Nobody@Example.TEST\n', rep_role) from known;
select matches(pg_temp.answer('first') ->> 'token', '^[0-9a-f]{64}$', 'the inviter is given the token, this once');
select results_eq(
  'select email, accepted_at is null and revoked_at is null, expires_at > now() + interval ''6 days'' from public.invitations',
  $$ values ('nobody@example.test', true, true) $$, 'the address is kept in one form, for a while'
);
select throws_ok('select token_hash from public.invitations', '42501', null, 'what proves the token cannot be read');
select throws_ok(
  $$ select public.invite_member(northwind, 'nobody@example.test', rep_role) from known $$, 'PW005', null, 'no second open invitation'
);
select throws_ok(
  $$ select public.invite_member(northwind, 'rep@northwind.test', rep_role) from known $$, 'PW005', null, 'nor one for a member'
);
select throws_ok(
  $$ select public.invite_member(northwind, 'b@example.test', contoso_role) from known $$, 'PW012', null, 'no role of another organization'
);
select throws_ok(
  format('select public.invite_member(northwind, %L, rep_role) from known', address), 'PW013', null, format('"%s" is no address', address)
)
from unnest(array['', 'x', 'a@b', '@example.test', 'a b@example.test', 'a@example..test', 'a,b@example.test', '<a@example.test>',
  repeat('x', 250) || '@example.test']) as address;
select throws_ok($$ select public.invite_member(northwind, null, rep_role) from known $$, 'PW013', null, 'no address is none either');
set local role postgres;

-- Who accepts.
select pg_temp.become('partner@alpine.test');
set local role authenticated;
select is(public.accept_invitation(pg_temp.answer('first') ->> 'token') ->> 'code', 'PW003', 'a token in other hands is worth nothing');
select is(current_setting('response.status'), '400', 'which is an error');
select is(
  public.accept_invitation(pg_temp.answer('first') ->> 'token'), public.accept_invitation(repeat('0', 64)),
  'and answers like a token that never was'
);
select is(
  public.accept_my_invitation((pg_temp.answer('first') ->> 'id')::uuid) ->> 'code', 'PW003', 'its id is worth nothing either'
);
select is_empty('select * from public.my_invitations()', 'nor is it listed to others');
set local role postgres;
select isnt_empty(
  $$ select from public.invitations where accepted_at is null and email = 'nobody@example.test' $$, 'it is still open'
);

select pg_temp.become('nobody@example.test');
set local role authenticated;
select results_eq(
  'select organization_name, role_name, invited_by_name from public.my_invitations()',
  $$ values ('Northwind', 'Sales rep', 'Anna Lindqvist') $$, 'who is invited sees to what, as what and by whom'
);
set local role postgres;
update auth.users set email_confirmed_at = null where email = 'nobody@example.test';
select set_config('request.jwt.claims', (select jsonb_build_object('sub', nobody, 'role', 'authenticated')::text from known), true);
set local role authenticated;
select throws_ok($$ select public.accept_invitation(pg_temp.answer('first') ->> 'token') $$, 'PW010', null, 'not before the address is confirmed');
select is_empty('select * from public.my_invitations()', 'and nothing is listed for it');
set local role postgres;
update auth.users set email_confirmed_at = now() where email = 'nobody@example.test';
set local role authenticated;
select is(
  public.accept_invitation(pg_temp.answer('first') ->> 'token') #>> '{}', (select northwind::text from known), 'then it lets in'
);
select results_eq(
  'select role_key, membership_status from public.my_organizations()', $$ values ('sales_rep', 'active') $$, 'as what was said'
);
select is(public.accept_invitation(pg_temp.answer('first') ->> 'token') ->> 'code', 'PW003', 'and works once');
set local role postgres;

-- Coming back after having been deactivated.
select pg_temp.become('admin@northwind.test');
set local role authenticated;
select lives_ok($$ select public.deactivate_member(northwind, nobody, 1) from known $$, 'a member is deactivated');
insert into answers select 'again', public.invite_member(northwind, 'nobody@example.test', admin_role) from known;
insert into answers select 'renewed', public.renew_invitation(northwind, (pg_temp.answer('again') ->> 'id')::uuid) from known;
select isnt(pg_temp.answer('renewed') ->> 'token', pg_temp.answer('again') ->> 'token', 'sent again, it has another token');
set local role postgres;
select pg_temp.become('nobody@example.test');
set local role authenticated;
select is(public.accept_invitation(pg_temp.answer('again') ->> 'token') ->> 'code', 'PW003', 'the old token is dead');
select is(
  public.accept_my_invitation((pg_temp.answer('again') ->> 'id')::uuid) #>> '{}', (select northwind::text from known),
  'who is signed in with the address needs no token'
);
set local role postgres;
select is(
  (select count(*) from public.memberships where user_id = (select nobody from known)), 1::bigint, 'the same membership, active again'
);

-- Expired and withdrawn.
select pg_temp.become('admin@northwind.test');
set local role authenticated;
insert into answers select 'late', public.invite_member(northwind, 'partner@alpine.test', rep_role) from known;
set local role postgres;
update public.invitations set expires_at = now() - interval '1 second' where email = 'partner@alpine.test';
select pg_temp.become('partner@alpine.test');
set local role authenticated;
select is(public.accept_invitation(pg_temp.answer('late') ->> 'token') ->> 'code', 'PW003', 'expired: no longer');
set local role postgres;
select pg_temp.become('admin@northwind.test');
set local role authenticated;
insert into answers select 'late 2', public.invite_member(northwind, 'partner@alpine.test', rep_role) from known;
select lives_ok(
  $$ select public.revoke_invitation(northwind, (pg_temp.answer('late 2') ->> 'id')::uuid) from known $$, 'one that expired gives way to another'
);
set local role postgres;
select pg_temp.become('partner@alpine.test');
set local role authenticated;
select is(public.accept_invitation(pg_temp.answer('late 2') ->> 'token') ->> 'code', 'PW003', 'withdrawn: no longer');
set local role postgres;

-- Seats.
update public.organizations set seat_limit = (select private.seats_taken(northwind) + 1 from known) where slug = 'northwind';
select pg_temp.become('admin@northwind.test');
set local role authenticated;
select lives_ok($$ select public.invite_member(northwind, 'last@example.test', rep_role) from known $$, 'the last seat');
select throws_ok($$ select public.invite_member(northwind, 'more@example.test', rep_role) from known $$, 'PW001', null, 'and no more');
set local role postgres;

select * from finish();
rollback;
