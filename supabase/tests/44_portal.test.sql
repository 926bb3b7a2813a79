-- People of partners: what a row may hold, who is let in by which address, and that the portal's functions are all there is for them.
begin;
create extension if not exists pgtap with schema extensions;
select plan(46);

create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true),
    set_config('response.status', '', true)
$$;
grant execute on function pg_temp.id_of(text), pg_temp.become(text) to authenticated;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso,
  gen_random_uuid() as partner, gen_random_uuid() as other_partner, gen_random_uuid() as foreign_partner;
grant select on known to authenticated, anon;
-- Only what is made here is counted.
delete from public.partners;
insert into public.partners (id, organization_id, name, status, notes, owner_id)
select partner, northwind, 'Alpine', 'active', 'Internal', pg_temp.id_of('rep@northwind.test') from known
union all select other_partner, northwind, 'Another Co', 'active', null, null from known
union all select foreign_partner, contoso, 'Elsewhere Co', 'active', null, null from known;

-- Rows
create function pg_temp.add(given jsonb) returns void language sql as $$
  insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, invited_by, joined_at, removed_at)
  select coalesce(g.organization_id, northwind), coalesce(g.partner_id, partner), coalesce(g.email, 'somebody@example.test'),
    coalesce(g.display_name, 'Somebody'), g.user_id, coalesce(g.status, 'invited'), g.invited_by, g.joined_at, g.removed_at
  from known cross join jsonb_populate_record(null::public.partner_members, given) as g
$$;
select throws_ok(format('select pg_temp.add(%L)', given), code, null, what)
from (values
  ('{"email": "Somebody@example.test"}', '23514', 'an address is in small letters'),
  ('{"email": "nobody"}', '23514', 'and an address'),
  ('{"display_name": " Somebody"}', '23514', 'a name has no blanks around it'),
  ('{"display_name": "Some\nbody"}', '23514', 'and is one line'),
  ('{"status": "active"}', '23514', 'who is active is somebody'),
  ('{"status": "guest"}', '23514', 'there is no other standing'),
  ('{"status": "removed"}', '23514', 'who is removed was so at some time'),
  ('{"joined_at": "2026-01-01"}', '23514', 'who is invited has not joined')
) as bad (given, code, what);
select throws_ok(format('select pg_temp.add(%L)', jsonb_build_object('partner_id', foreign_partner)), '23503', null, 'the partner is one of the organization')
from known;
select throws_ok(
  format('select pg_temp.add(%L)', jsonb_build_object('invited_by', pg_temp.id_of('admin@contoso.test'))), '23503', null, 'and so is who invites'
);
select lives_ok($$ select pg_temp.add('{}') $$, 'somebody is invited');
select throws_ok($$ select pg_temp.add('{}') $$, '23505', null, 'once at a partner');
select lives_ok(format('select pg_temp.add(%L)', jsonb_build_object('partner_id', other_partner)), 'and at another') from known;
update public.partner_members set status = 'removed', removed_at = now() where email = 'somebody@example.test';
select lives_ok($$ select pg_temp.add('{}') $$, 'and again after they were removed');
delete from public.partner_members;

-- Inviting
create function pg_temp.invite(address text, at uuid default null, name text default 'Petra Huber') returns text language sql as $$
  select answer ->> coalesce((select 'code' where answer ? 'code'), 'status')
  from known cross join lateral public.invite_partner_member(northwind, coalesce(at, partner), address, name) as answer
$$;
grant execute on function pg_temp.invite(text, uuid, text) to authenticated;
grant select on public.partner_members to authenticated;
set local role authenticated;
select pg_temp.become('vp@northwind.test');
select is(pg_temp.invite('partner@alpine.test'), '42501', 'who may only read invites nobody');
select pg_temp.become('admin@contoso.test');
select is(pg_temp.invite('partner@alpine.test'), '42501', 'nor does an administrator of another organization');
select pg_temp.become('rep@northwind.test');
select is(pg_temp.invite('other@alpine.test', other_partner), '42501', 'nor who may write their own, for another''s partner') from known;
select is(pg_temp.invite(' Partner@Alpine.TEST '), 'invited', 'but for their own');
select throws_ok($$ select pg_temp.invite('partner@alpine.test') $$, 'PW070', null, 'an address is invited once');
select throws_ok($$ select pg_temp.invite('vp@northwind.test') $$, 'PW071', null, 'a colleague is not');
select throws_ok($$ select pg_temp.invite('no address') $$, 'PW013', null, 'nor what is no address');
select throws_ok($$ select pg_temp.invite('new@alpine.test', null, E'two\nlines') $$, 'PW075', null, 'nor without a name in one line');
select pg_temp.become('partners@northwind.test');
select throws_ok($$ select pg_temp.invite('new@alpine.test', gen_random_uuid()) $$, 'PW012', null, 'a partner that does not exist');
select throws_ok($$ select pg_temp.invite('new@alpine.test', (select foreign_partner from known)) $$, 'PW012', null, 'answers like one of another organization');
select is((select array_agg(email || ' ' || status) from public.partner_members), '{"partner@alpine.test invited"}', 'colleagues see who is invited');

-- The door
create function pg_temp.partners() returns text[] language sql as $$ select array_agg(partner_name order by partner_name) from public.portal_context() $$;
grant execute on function pg_temp.partners() to authenticated;
select pg_temp.become('nobody@example.test');
select is(pg_temp.partners(), null, 'somebody else is not let in');
select throws_ok($$ select * from public.portal_partner((select partner from known)) $$, '42501', 'You do not have the right to do this.', 'nor told anything');
select pg_temp.become('partner@alpine.test');
select throws_ok($$ select * from public.portal_partner((select partner from known)) $$, '42501', 'You do not have the right to do this.', 'nor is the invited before they ask');
select is(pg_temp.partners(), '{Alpine}', 'who is invited is let in when they ask');
select is((select name || ', ' || manager_name from public.portal_partner((select partner from known))), 'Alpine, Sofia Reyes', 'and sees their partner');
select is((select count(*) from public.partners), 0::bigint, 'by functions alone: the tables are empty for them');
select is((select count(*) from public.partner_members), 0::bigint, 'also that of their own people');
select throws_ok($$ select * from public.portal_partner((select other_partner from known)) $$, '42501', 'You do not have the right to do this.', 'another partner is closed');
select throws_ok($$ select * from public.portal_partner((select foreign_partner from known)) $$, '42501', 'You do not have the right to do this.', 'as is one of another organization');
select throws_ok($$ select * from public.portal_partner(gen_random_uuid()) $$, '42501', 'You do not have the right to do this.', 'and one that does not exist');
select throws_ok($$ select * from public.portal_partner(null) $$, '42501', 'You do not have the right to do this.', 'and none at all');

-- What was there before stays what it was; staff cannot come in beside it.
set local role postgres;
select throws_ok(
  format(
    'insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color) select %L, %L, id, ''Petra'', ''teal'' from public.roles where organization_id = %1$L and key = ''vp''',
    northwind, pg_temp.id_of('partner@alpine.test')
  ), 'PW072', null, 'a guest does not become a colleague'
) from known;
select lives_ok(
  format(
    'insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color) select %L, %L, id, ''Petra'', ''teal'' from public.roles where organization_id = %1$L and key = ''vp''',
    contoso, pg_temp.id_of('partner@alpine.test')
  ), 'but may be one elsewhere'
) from known;

-- Writing
set local role authenticated;
select lives_ok($$ select public.portal_submit_referral(partner, 'A client', estimated_value => 12.5, currency => 'EUR', message => 'Call them') from known $$, 'a guest brings a client');
select throws_ok($$ select public.portal_submit_referral(other_partner, 'A client') from known $$, '42501', null, 'for their own partner');
select throws_ok($$ select public.portal_submit_referral(partner, 'A client', estimated_value => 12.555, currency => 'EUR') from known $$, 'PW075', null, 'with an amount that there is');
select is((select count(*) from public.partner_referrals as r, known where r.organization_id = northwind), 0::bigint, 'and sees no row of it');
select is((select client_name || ' ' || stage || ' ' || submitted_by_name from public.portal_referrals((select partner from known))), 'A client Submitted Petra Huber', 'but what became of it');

-- The end
select pg_temp.become('rep@northwind.test');
select is(
  (select public.remove_partner_member(northwind, m.id) ->> 'status' from known, public.partner_members as m where m.email = 'partner@alpine.test'),
  'removed', 'whoever owns the partner removes its people'
);
select pg_temp.become('partner@alpine.test');
select throws_ok($$ select * from public.portal_referrals((select partner from known)) $$, '42501', 'You do not have the right to do this.', 'and the next request is refused');
set local role postgres;
select is(
  (select array_agg(l.kind order by l.id) from public.partner_activity_log as l, known where l.partner_id = partner and l.subject_table = 'partner_members' and l.subject_label = 'Petra Huber'),
  '{portal_user_invited,portal_user_joined,portal_user_removed}', 'the timeline tells all of it'
);

select * from finish();
rollback;
