-- People come in by invitation: an address, a role, a token that works once and for a while. An open invitation holds a seat, so
-- that whoever accepts finds one. Who accepts is decided by the confirmed address of who is signed in, never by the token alone.

set local lock_timeout = '5s';

create table if not exists public.invitations (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  email text not null,
  role_id uuid not null,
  token_hash bytea not null,
  invited_by uuid not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid,
  revoked_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint invitations_pkey primary key (id),
  constraint invitations_token_hash_key unique (token_hash),
  constraint invitations_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint invitations_role_fkey foreign key (organization_id, role_id)
    references public.roles (organization_id, id) on delete restrict,
  constraint invitations_invited_by_fkey foreign key (organization_id, invited_by)
    references public.memberships (organization_id, user_id) on delete cascade,
  constraint invitations_email_check check (
    email = lower(email) and char_length(email) <= 254
    and email ~ '^[^@[:space:][:cntrl:]<>",;:\\()\[\]]{1,64}@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$'
  ),
  constraint invitations_end_check check (accepted_at is null or revoked_at is null),
  constraint invitations_accepted_by_check check ((accepted_at is null) = (accepted_by is null))
);

comment on table public.invitations is 'Who was invited, by whom, as what. Clients only read: changes go through functions.';
comment on column public.invitations.token_hash is 'SHA-256 of the token, which itself is nowhere. Not granted to clients.';
comment on column public.invitations.accepted_by is 'Without a foreign key: the invitation outlives the membership''s changes.';

create unique index if not exists invitations_organization_id_email_open_key on public.invitations (organization_id, email)
  where accepted_at is null and revoked_at is null;
create index if not exists invitations_organization_id_created_at_idx on public.invitations (organization_id, created_at);
create index if not exists invitations_organization_id_role_id_idx on public.invitations (organization_id, role_id);
create index if not exists invitations_organization_id_invited_by_idx on public.invitations (organization_id, invited_by);
create index if not exists invitations_email_idx on public.invitations (email) where accepted_at is null and revoked_at is null;

alter table public.invitations enable row level security;

create policy select_member_manager on public.invitations for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('members.manage'))::uuid[]));

-- Insert, update and delete are absent on purpose, and so is the token's hash.
grant select (
  id, organization_id, email, role_id, invited_by, expires_at, accepted_at, accepted_by, revoked_at, version, created_at, updated_at
) on public.invitations to authenticated;

create or replace trigger _100_touch_version
before update on public.invitations
for each row execute function private.touch_version();

create or replace function private.seats_taken(organization uuid) returns bigint
language sql
stable
set search_path = ''
as $$
  select
    (select count(*) from public.memberships as m where m.organization_id = organization and m.status = 'active')
    + (
      select count(*) from public.invitations as i
      where i.organization_id = organization and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
    )
$$;

-- The organization's row is the lock, so that of many who want the last seat one gets it. Counted before the row itself counts.
create or replace function private.hold_seat() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  seats bigint;
begin
  select o.seat_limit into seats from public.organizations as o where o.id = new.organization_id for no key update;
  if private.seats_taken(new.organization_id) >= seats then
    raise exception 'All % seats are taken.', seats using errcode = 'PW001';
  end if;
  return new;
end
$$;

create or replace trigger _200_hold_seat
before insert on public.memberships
for each row when (new.status = 'active') execute function private.hold_seat();

create or replace trigger _200_hold_seat_again
before update on public.memberships
for each row when (new.status = 'active' and old.status <> 'active') execute function private.hold_seat();

create or replace trigger _200_hold_seat
before insert on public.invitations
for each row execute function private.hold_seat();

-- One that had expired gave its seat back.
create or replace trigger _200_hold_seat_again
before update on public.invitations
for each row when (new.expires_at > now() and old.expires_at <= now()) execute function private.hold_seat();
