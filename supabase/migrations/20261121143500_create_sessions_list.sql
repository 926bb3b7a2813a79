-- People see where they are signed in and end what they do not recognise. The platform keeps sessions in its own schema, which
-- clients cannot read: these functions show a person their own, and nobody else's.

set local lock_timeout = '5s';

-- Definer, because auth.sessions is closed to clients. Who asks is taken from the token, never from an argument.
create or replace function private.my_sessions()
returns table (
  id uuid,
  created_at timestamptz,
  refreshed_at timestamptz,
  user_agent text,
  ip text,
  is_current boolean
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    s.id,
    s.created_at,
    -- Kept by the platform without a zone, in UTC. A session that was never refreshed was last used when it began.
    coalesce(s.refreshed_at at time zone 'UTC', s.created_at),
    s.user_agent,
    pg_catalog.host(s.ip),
    s.id::text is not distinct from (select auth.jwt()) ->> 'session_id'
  from auth.sessions as s
  where s.user_id = (select auth.uid())
    and (s.not_after is null or s.not_after > now())
  order by s.id::text is not distinct from (select auth.jwt()) ->> 'session_id' desc, 3 desc, s.id
$$;

create or replace function public.my_sessions()
returns table (
  id uuid,
  created_at timestamptz,
  refreshed_at timestamptz,
  user_agent text,
  ip text,
  is_current boolean
)
language sql
stable
set search_path = ''
as $$
  select id, created_at, refreshed_at, user_agent, ip, is_current from private.my_sessions()
$$;

comment on function public.my_sessions() is 'Where the caller is signed in: this session first, then the latest used.';

-- Definer, because auth.sessions is closed to clients. Somebody else's session answers like one that never was: false.
create or replace function private.end_session(session uuid) returns boolean
language sql
volatile
security definer
set search_path = ''
as $$
  with ended as (
    delete from auth.sessions as s
    where s.id = end_session.session
      and s.user_id = (select auth.uid())
    returning s.id
  )
  select exists (select from ended)
$$;

create or replace function public.end_session(session uuid) returns boolean
language sql
volatile
set search_path = ''
as $$
  select private.end_session(end_session.session)
$$;

comment on function public.end_session(uuid) is
  'Ends one of the caller''s own sessions, with its refresh tokens. Answers whether there was one.';

-- anon and service_role are deliberately absent: only a person has sessions.
grant execute on function
  private.my_sessions(), public.my_sessions(), private.end_session(uuid), public.end_session(uuid)
to authenticated;
