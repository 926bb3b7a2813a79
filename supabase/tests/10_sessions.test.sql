-- my_sessions(), end_session(uuid) and refuse_ended_session(): a person's own sessions, and nobody else's.
begin;
create extension if not exists pgtap with schema extensions;
select plan(31);

insert into auth.users (id, email) values
  ('10000000-0000-4000-8000-00000000000a', 'ada@sessions.test'),
  ('10000000-0000-4000-8000-00000000000b', 'bob@sessions.test');
insert into auth.sessions (id, user_id, created_at, refreshed_at, not_after, user_agent, ip) values
  ('20000000-0000-4000-8000-0000000000a1', '10000000-0000-4000-8000-00000000000a',
    '2026-11-01T08:00Z', null, null, 'Laptop', '192.0.2.1'),
  ('20000000-0000-4000-8000-0000000000a2', '10000000-0000-4000-8000-00000000000a',
    '2026-11-01T09:00Z', '2026-11-02 09:00', null, 'Phone', '2001:db8::1'),
  ('20000000-0000-4000-8000-0000000000a3', '10000000-0000-4000-8000-00000000000a',
    '2026-11-01T10:00Z', null, now() - interval '1 second', 'Expired', '192.0.2.3'),
  ('20000000-0000-4000-8000-0000000000b1', '10000000-0000-4000-8000-00000000000b',
    '2026-11-01T08:00Z', null, null, 'Bob', '192.0.2.9');
insert into auth.refresh_tokens (token, user_id, session_id) values
  ('ada-phone', '10000000-0000-4000-8000-00000000000a', '20000000-0000-4000-8000-0000000000a2'),
  ('bob', '10000000-0000-4000-8000-00000000000b', '20000000-0000-4000-8000-0000000000b1');

select isnt_definer(schema, name, args::name[], format('%s.%s runs as its caller', schema, name))
from (values
  ('public', 'my_sessions', '{}'), ('public', 'end_session', '{uuid}'), ('gate', 'refuse_ended_session', '{}')
) as given (schema, name, args);
select is_definer('private', name, args::name[], format('private.%s may read the platform''s table', name))
from (values ('my_sessions', '{}'), ('end_session', '{uuid}'), ('my_session_is_live', '{}')) as given (name, args);
select function_privs_are(schema, name, args::name[], 'anon', '{}'::text[], format('anon may not call %s.%s', schema, name))
from (values
  ('public', 'my_sessions', '{}'), ('private', 'my_sessions', '{}'), ('private', 'my_session_is_live', '{}'),
  ('public', 'end_session', '{uuid}'), ('private', 'end_session', '{uuid}')
) as given (schema, name, args);

set local role authenticated;
set local request.jwt.claims =
  '{"role":"authenticated","sub":"10000000-0000-4000-8000-00000000000a","session_id":"20000000-0000-4000-8000-0000000000a1"}';
select results_eq(
  'select user_agent, ip, is_current from public.my_sessions()',
  $$ values ('Laptop', '192.0.2.1', true), ('Phone', '2001:db8::1', false) $$,
  'a person sees their own sessions that still count, this one first'
);
select results_eq(
  'select refreshed_at from public.my_sessions()',
  $$ values ('2026-11-01T08:00Z'::timestamptz), ('2026-11-02T09:00Z'::timestamptz) $$,
  'last used is told in UTC, and is the beginning where nothing was refreshed'
);
select lives_ok('select gate.refuse_ended_session()', 'a session that is there passes');

select is(public.end_session('20000000-0000-4000-8000-0000000000b1'), false, 'another person''s session is not ended');
select is(public.end_session(gen_random_uuid()), false, 'and answers like one that never was');
select is(public.end_session(null), false, 'no session at all neither');
set local role postgres;
select is(count(*), 1::bigint, 'the other person''s session is still there')
from auth.sessions where id = '20000000-0000-4000-8000-0000000000b1';
select is(count(*), 1::bigint, 'and so is its refresh token') from auth.refresh_tokens where token = 'bob';

set local role authenticated;
select is(public.end_session('20000000-0000-4000-8000-0000000000a2'), true, 'one''s own session is ended');
select is(public.end_session('20000000-0000-4000-8000-0000000000a2'), false, 'once');
select results_eq('select user_agent from public.my_sessions()', array['Laptop'], 'what is left is the session that asked');
set local role postgres;
select is_empty(
  $$ select from auth.refresh_tokens where token = 'ada-phone' $$, 'the ended session''s refresh token went with it'
);

-- The phone's access token is still signed and not expired.
set local role authenticated;
set local request.jwt.claims =
  '{"role":"authenticated","sub":"10000000-0000-4000-8000-00000000000a","session_id":"20000000-0000-4000-8000-0000000000a2"}';
select throws_ok('select gate.refuse_ended_session()', 'PT401', 'The session has ended.', 'an ended session is refused');
set local request.jwt.claims =
  '{"role":"authenticated","sub":"10000000-0000-4000-8000-00000000000a","session_id":"20000000-0000-4000-8000-0000000000a3"}';
select throws_ok('select gate.refuse_ended_session()', 'PT401', null, 'and so is one past its time');
set local request.jwt.claims =
  '{"role":"authenticated","sub":"10000000-0000-4000-8000-00000000000a","session_id":"20000000-0000-4000-8000-0000000000b1"}';
select throws_ok('select gate.refuse_ended_session()', 'PT401', null, 'and so is one that is somebody else''s');
set local request.jwt.claims = '{"role":"authenticated","sub":"10000000-0000-4000-8000-00000000000a"}';
select lives_ok('select gate.refuse_ended_session()', 'a token signed without a session is not asked for one');
set local request.jwt.claims = '{"role":"service_role"}';
set local role service_role;
select lives_ok('select gate.refuse_ended_session()', 'the service has no session');

set local request.jwt.claims = '{"role":"anon"}';
set local role anon;
select lives_ok('select gate.refuse_ended_session()', 'nor has somebody who is not signed in');
select throws_ok('select from public.my_sessions()', '42501', null, 'who is not signed in has no sessions to see');
select throws_ok(
  $$ select public.end_session('20000000-0000-4000-8000-0000000000a1') $$, '42501', null, 'and none to end'
);
set local role postgres;

select * from finish();
rollback;
