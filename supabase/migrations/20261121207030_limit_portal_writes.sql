-- What people of partners write comes from outside, however well they are known: it is counted, it is looked at before any table
-- sees it, and what is refused is refused in words of the portal's own.

set local lock_timeout = '5s';

create table if not exists private.portal_writes (
  id bigint generated always as identity,
  organization_id uuid not null,
  user_id uuid not null,
  written_at timestamptz not null default now(),
  constraint portal_writes_pkey primary key (id),
  constraint portal_writes_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade
);

comment on table private.portal_writes is 'Writes of the last hour from portals, counted to limit them. No policies on purpose: a function only.';

create index if not exists portal_writes_organization_id_user_id_written_at_idx on private.portal_writes (organization_id, user_id, written_at);
create index if not exists portal_writes_written_at_idx on private.portal_writes (written_at);

alter table private.portal_writes enable row level security;

-- Who may write something now: many things in an hour are no person's work.
create or replace function private.enter_portal_to_write(partner uuid) returns private.portal_guest
language plpgsql
volatile
set search_path = ''
as $$
declare
  most constant bigint := 60;
  guest constant private.portal_guest := private.enter_portal(partner);
begin
  -- The person is the lock, so that of many at once no more than the limit get through.
  perform pg_advisory_xact_lock(hashtextextended('private.portal_writes:' || guest.user_id, 0));
  if (
    select count(*) from private.portal_writes as w
    where w.organization_id = guest.organization_id and w.user_id = guest.user_id and w.written_at > now() - interval '1 hour'
  ) >= most then
    raise exception 'At most % things can be sent in an hour. Go on a little later.', most using errcode = 'PW074';
  end if;
  insert into private.portal_writes (organization_id, user_id) values (guest.organization_id, guest.user_id);
  return guest;
end
$$;

create or replace function private.forget_portal_writes() returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.portal_writes as w
  where w.id in (
    select old.id from private.portal_writes as old where old.written_at <= now() - interval '1 hour' for update skip locked
  )
$$;

comment on function private.forget_portal_writes is 'Deletes what no limit counts any more.';

insert into private.schedules (name, schedule, function_name, description)
values ('forget-portal-writes', '37 * * * *', 'forget_portal_writes', 'Deletes writes of portals that no limit counts any more.')
on conflict (name) do nothing;

-- What a table's own check says would show the whole row, with what is internal. So functions of the portal ask first.
create or replace function private.refuse_portal_entry(problems jsonb) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if problems is not null and problems <> '[]' then
    raise exception '%', problems #>> '{0,message}' using errcode = 'PW075', detail = problems::text;
  end if;
end
$$;

comment on function private.refuse_portal_entry is 'Raises what is wrong, as [{path, message}]; nothing where nothing is.';

-- What somebody typed, without blanks around it; nothing where that is all.
create or replace function private.portal_entry(given text) returns text
language sql
immutable
set search_path = ''
as $$
  select nullif(btrim(given, E' \t\r\n'), '')
$$;

-- Keys are unique in an organization, and partners choose theirs without knowing of each other: each has keys of its own.
create or replace function private.portal_key(guest private.portal_guest, client_key uuid) returns uuid
language sql
immutable
set search_path = ''
as $$
  select md5(guest.partner_id || ':' || client_key)::uuid
$$;
