-- Who belongs to which organization, in which role. Every other table refers to people through it, so a member is deactivated
-- and never deleted. It carries what colleagues may see of a person, so that one row answers "who is this" in any list.

set local lock_timeout = '5s';

create table if not exists public.memberships (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  user_id uuid not null,
  role_id uuid not null,
  status text not null default 'active',
  display_name text not null,
  email text,
  avatar_color text not null,
  joined_at timestamptz not null default now(),
  deactivated_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint memberships_pkey primary key (id),
  constraint memberships_organization_id_user_id_key unique (organization_id, user_id),
  constraint memberships_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint memberships_user_id_fkey foreign key (user_id) references public.profiles (user_id) on delete restrict,
  constraint memberships_role_fkey foreign key (organization_id, role_id)
    references public.roles (organization_id, id) on delete restrict,
  constraint memberships_status_check check (status in ('active', 'deactivated')),
  constraint memberships_deactivated_at_check check ((status = 'deactivated') = (deactivated_at is not null))
);

comment on table public.memberships is 'Who belongs where, in which role. Clients only read: changes go through functions that check and record them.';
comment on column public.memberships.display_name is 'As in the profile, kept by its trigger.';
comment on column public.memberships.email is 'As in the profile, kept by its trigger.';
comment on column public.memberships.avatar_color is 'As in the profile, kept by its trigger.';

create index if not exists memberships_user_id_idx on public.memberships (user_id);
create index if not exists memberships_organization_id_display_name_id_idx on public.memberships (organization_id, display_name, id);
create index if not exists memberships_organization_id_role_id_idx on public.memberships (organization_id, role_id);

alter table public.memberships enable row level security;

alter table public.profiles add constraint profiles_active_organization_fkey foreign key (active_organization_id, user_id)
  references public.memberships (organization_id, user_id) on delete set null (active_organization_id) not valid;

-- A colleague's new name or address is no new version: who is about to change a role has still seen the right one.
create or replace trigger _100_touch_version
before update on public.memberships
for each row
when (old.role_id is distinct from new.role_id or old.status is distinct from new.status)
execute function private.touch_version();

-- Definer, because nobody may write memberships directly.
create or replace function private.show_profile_to_colleagues() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.memberships as m
  set display_name = new.display_name, email = new.email, avatar_color = new.avatar_color
  where m.user_id = new.user_id;
  return null;
end
$$;

create or replace trigger _500_show_to_colleagues
after update on public.profiles
for each row
when (
  old.display_name is distinct from new.display_name
  or old.email is distinct from new.email
  or old.avatar_color is distinct from new.avatar_color
)
execute function private.show_profile_to_colleagues();

-- An organization always has an administrator, whichever way a membership changes. The organization's row is the lock: of two
-- who step down at once, the second sees what the first did.
create or replace function private.keep_an_administrator() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  admin_role uuid;
begin
  perform from public.organizations as o where o.id = old.organization_id for no key update;
  admin_role := (select r.id from public.roles as r where r.organization_id = old.organization_id and r.key = 'org_admin');
  if old.role_id = admin_role and not exists (
    select from public.memberships as m
    where m.organization_id = old.organization_id and m.role_id = admin_role and m.status = 'active' and m.id <> old.id
  ) then
    raise exception 'An organization needs at least one administrator.' using errcode = 'PW002';
  end if;
  return new;
end
$$;

create or replace trigger _100_keep_an_administrator
before update on public.memberships
for each row
when (old.status = 'active' and (new.status <> 'active' or old.role_id is distinct from new.role_id))
execute function private.keep_an_administrator();
