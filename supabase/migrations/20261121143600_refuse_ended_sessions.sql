-- A session that was ended gets nothing from the next request on. An access token alone would be good until it expires, up to an
-- hour after its person signed out everywhere because a device was stolen. The Data API calls this function before each request.

set local lock_timeout = '5s';

-- Definer, because auth.sessions is closed to clients. It answers about the caller's own session only.
create or replace function private.my_session_is_live() returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from auth.sessions as s
    where s.id = ((select auth.jwt()) ->> 'session_id')::uuid
      and s.user_id = (select auth.uid())
      and (s.not_after is null or s.not_after > now())
  )
$$;

-- Open to anon, as no function of `public` or `private` is: the Data API calls it with the rights of every request. A schema of
-- its own, which is never exposed, keeps it out of reach as rpc.
create schema if not exists gate;
comment on schema gate is 'What the Data API calls before each request. Never exposed.';
grant usage on schema gate to anon, authenticated, service_role;

-- Tokens without a session are not Auth's: they are signed with the project's key on purpose.
create or replace function gate.refuse_ended_session() returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  -- Two steps: anon has no session and may not even name the helper.
  if (select auth.jwt()) ->> 'session_id' is not null then
    if not private.my_session_is_live() then
      raise sqlstate 'PT401' using
        message = 'The session has ended.',
        hint = 'Sign in again.';
    end if;
  end if;
end
$$;

comment on function gate.refuse_ended_session() is
  'Refuses a request with 401 when the session of its token has ended.';

grant execute on function private.my_session_is_live() to authenticated;
grant execute on function gate.refuse_ended_session() to anon, authenticated, service_role;

alter role authenticator set pgrst.db_pre_request = 'gate.refuse_ended_session';
notify pgrst, 'reload config';
