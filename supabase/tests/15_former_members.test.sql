-- What somebody who was let go, demoted or deleted can still bring about: nothing, and nothing of them comes back by a side door.
begin;
create extension if not exists pgtap with schema extensions;
select plan(22);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.role_of(wanted text) returns uuid language sql as $$
  select r.id from public.roles as r join public.organizations as o on o.id = r.organization_id
  where o.slug = 'northwind' and r.key = wanted
$$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true),
    set_config('response.status', '', true)
$$;
create temporary table known as
select o.id as northwind, pg_temp.role_of('org_admin') as admin_role, pg_temp.role_of('sales_rep') as rep_role,
  pg_temp.id_of('vp@northwind.test') as vp, pg_temp.id_of('nobody@example.test') as nobody
from public.organizations as o where o.slug = 'northwind';
create temporary table answers (name text, answer jsonb);
grant select on known to authenticated;
grant select, insert on answers to authenticated;
create function pg_temp.answer(wanted text) returns jsonb language sql as $$ select a.answer from answers as a where a.name = wanted $$;
grant execute on function pg_temp.answer(text) to authenticated;
create function pg_temp.set_member(address text, new_status text, new_role text) returns void language sql as $$
  update public.memberships as m
  set status = new_status, deactivated_at = case new_status when 'deactivated' then now() end, role_id = pg_temp.role_of(new_role)
  where m.organization_id = (select northwind from known) and m.user_id = pg_temp.id_of(address)
$$;

-- An administrator invites an accomplice as administrator, and is let go.
select pg_temp.become('admin@northwind.test');
set local role authenticated;
insert into answers select 'accomplice', public.invite_member(northwind, 'nobody@example.test', admin_role) from known;
set local role postgres;
select pg_temp.set_member('vp@northwind.test', 'active', 'org_admin');

select pg_temp.set_member('admin@northwind.test', 'active', 'vp');
select pg_temp.become('nobody@example.test');
set local role authenticated;
select is_empty('select * from public.my_invitations()', 'an invitation of somebody who may no longer invite is not shown');
select is(
  public.accept_invitation(pg_temp.answer('accomplice') ->> 'token') ->> 'code', 'PW003', 'its token is worth nothing'
);
select is(
  public.accept_my_invitation((pg_temp.answer('accomplice') ->> 'id')::uuid) ->> 'code', 'PW003', 'nor does it work from the list'
);
set local role postgres;

select pg_temp.set_member('admin@northwind.test', 'deactivated', 'org_admin');
select pg_temp.become('nobody@example.test');
set local role authenticated;
select is(
  public.accept_invitation(pg_temp.answer('accomplice') ->> 'token') ->> 'code', 'PW003', 'nor when the inviter is deactivated'
);
set local role postgres;
select is_empty('select from public.memberships where user_id = (select nobody from known)', 'and nobody came in');

-- Of somebody who still invites, but no longer as that.
select pg_temp.set_member('admin@northwind.test', 'active', 'vp');
insert into public.role_permissions (organization_id, role_id, permission, scope)
select northwind, pg_temp.role_of('vp'), 'members.manage', 'all' from known;
select pg_temp.become('nobody@example.test');
set local role authenticated;
select is(
  public.accept_invitation(pg_temp.answer('accomplice') ->> 'token') ->> 'code', 'PW003',
  'nobody comes in as more than the inviter holds by now'
);
set local role postgres;

-- Somebody else vouches for it.
select pg_temp.become('vp@northwind.test');
set local role authenticated;
insert into answers
select 'again', public.renew_invitation(northwind, (pg_temp.answer('accomplice') ->> 'id')::uuid) from known;
set local role postgres;
select is((select invited_by from public.invitations where email = 'nobody@example.test'), (select vp from known), 'who sends it again vouches for it');
insert into public.configurations (organization_id, category, key, value)
select northwind, 'organization', 'allowed_domains', '["northwind.test"]' from known;
select pg_temp.become('vp@northwind.test');
set local role authenticated;
select throws_ok(
  $$ select public.renew_invitation(northwind, (pg_temp.answer('accomplice') ->> 'id')::uuid) from known $$, 'PW004', null,
  'it is sent again only within the domains that are allowed by now'
);
set local role postgres;
select pg_temp.become('nobody@example.test');
set local role authenticated;
select is(
  public.accept_invitation(pg_temp.answer('again') ->> 'token') #>> '{}', (select northwind::text from known), 'and it is accepted'
);
set local role postgres;

-- What a former member is called.
select pg_temp.set_member('admin@northwind.test', 'deactivated', 'vp');
create temporary table before as select count(*) as events from public.audit_log where organization_id = (select northwind from known);
select pg_temp.become('admin@northwind.test');
set local role authenticated;
update public.profiles set display_name = 'The boss is a thief', avatar_color = 'rose' where user_id = auth.uid();
set local role postgres;
select is(
  (select display_name from public.memberships where organization_id = (select northwind from known) and user_id = pg_temp.id_of('admin@northwind.test')), 'Anna Lindqvist',
  'who was deactivated does not choose what they are called there'
);
select is((select count(*) from public.audit_log where organization_id = (select northwind from known)), (select events from before), 'and leaves no event there');
select pg_temp.set_member('admin@northwind.test', 'active', 'vp');
select is(
  (select concat_ws(' ', display_name, avatar_color) from public.memberships where organization_id = (select northwind from known) and user_id = pg_temp.id_of('admin@northwind.test')),
  'The boss is a thief rose', 'who is back is called as their profile says'
);

-- Refused over and over.
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select count(public.invite_member(northwind, 'x@example.test', rep_role)) from known, generate_series(1, 250);
set local role postgres;
select is(
  (select count(*) from public.audit_log where action = 'denied' and actor = 'user:' || pg_temp.id_of('rep@northwind.test')), 101::bigint,
  'of 250 refusals a hundred are recorded'
);
select matches(
  (select changes ->> 'reason' from public.audit_log
   where action = 'denied' and actor = 'user:' || pg_temp.id_of('rep@northwind.test') order by id desc limit 1),
  'Refused more than 100 times', 'and that there were more'
);
update private.audit_refusals set since = now() - interval '61 minutes' where actor = 'user:' || pg_temp.id_of('rep@northwind.test');
set local role authenticated;
select is(public.invite_member(northwind, 'x@example.test', rep_role) ->> 'code', '42501', 'the refusal is the same all the while') from known;
set local role postgres;
select is(
  (select count(*) from public.audit_log where action = 'denied' and actor = 'user:' || pg_temp.id_of('rep@northwind.test')), 102::bigint,
  'after an hour they are recorded again'
);

-- Somebody who is deleted.
insert into public.invitations (organization_id, email, role_id, token_hash, invited_by, expires_at)
select northwind, 'nobody@example.test', rep_role, sha256('open'), vp, now() + interval '1 day' from known;
select pg_temp.set_member('nobody@example.test', 'deactivated', 'sales_rep');
delete from auth.users where email = 'nobody@example.test';
select is_empty(
  $$ select from public.invitations where email = 'nobody@example.test' $$, 'the address of somebody who is deleted stands in no invitation'
);
select is(
  (select count(*) from public.invitations where accepted_at is null and revoked_at is null and email like '%deleted.invalid'), 0::bigint,
  'and none of them stays open'
);
select is_empty($$ select from private.invitation_mails where email = 'nobody@example.test' $$, 'nor among mails that are counted');
select is(
  (select display_name from public.memberships where user_id = (select nobody from known)), 'Former member',
  'a membership that had ended before is without a name too'
);
update private.invitation_mails set asked_at = now() - interval '2 hours';
insert into private.invitation_mails (organization_id, email) select northwind, 'new@example.test' from known;
select private.forget_invitation_mails();
select results_eq('select email from private.invitation_mails', $$ values ('new@example.test') $$, 'addresses go when no limit counts them');

-- The platform's staff.
insert into private.platform_staff (user_id, note) select vp, 'For this test.' from known;
select pg_temp.become('vp@northwind.test');
set local role authenticated;
select throws_ok(
  $$ select public.set_organization_active(northwind, null, 'No reason at all.') from known $$, 'PW017', null,
  'without saying what it is to be, nothing is said of the row'
);
set local role postgres;

select * from finish();
rollback;
