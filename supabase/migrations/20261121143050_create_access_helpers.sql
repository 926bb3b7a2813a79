-- The questions that every policy asks: where may I do this? Answered as an array, once a query, from the tables as they are at
-- this moment: what was revoked a second ago is gone. A suspended organization, or one below a suspended tenant, is nowhere.

set local lock_timeout = '5s';

alter table public.profiles validate constraint profiles_active_organization_fkey;

create table if not exists private.platform_staff (
  user_id uuid not null,
  note text not null,
  created_at timestamptz not null default now(),
  constraint platform_staff_pkey primary key (user_id),
  constraint platform_staff_user_id_fkey foreign key (user_id) references public.profiles (user_id) on delete restrict
);

comment on table private.platform_staff is
  'Who runs the platform (super_admin). No policies on purpose: an operator adds them by SQL. It opens no tenant''s data by itself.';

alter table private.platform_staff enable row level security;

create table if not exists private.platform_access (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  user_id uuid not null,
  reason text not null,
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null,
  constraint platform_access_pkey primary key (id),
  constraint platform_access_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint platform_access_user_id_fkey foreign key (user_id) references private.platform_staff (user_id) on delete cascade,
  constraint platform_access_reason_check check (char_length(btrim(reason)) between 10 and 500),
  constraint platform_access_expires_at_check check (expires_at <= opened_at + interval '8 hours')
);

comment on table private.platform_access is
  'Accesses of the platform''s staff to one organization, for a while and for a reason. No policies on purpose: functions only.';

create index if not exists platform_access_user_id_expires_at_idx on private.platform_access (user_id, expires_at);
create index if not exists platform_access_organization_id_idx on private.platform_access (organization_id);

alter table private.platform_access enable row level security;

-- Definer, here and below: they read memberships, which are under policies that ask these very functions.
create or replace function private.organizations_where_i_can(permission text) returns uuid[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(array_agg(found.organization_id), '{}')
  from (
    select m.organization_id
    from public.memberships as m
    join public.role_permissions as held on held.role_id = m.role_id and held.permission = $1 and held.scope = 'all'
    join public.organizations as o on o.id = m.organization_id and o.is_active
    where m.user_id = (select auth.uid())
      and m.status = 'active'
      and not exists (select from public.organizations as tenant where tenant.id = o.parent_id and not tenant.is_active)
    union
    select a.organization_id
    from private.platform_access as a
    where a.user_id = (select auth.uid())
      and a.expires_at > now()
      and exists (select from public.permissions as p where p.key = $1 and p.for_platform_staff)
  ) as found
$$;

comment on function private.organizations_where_i_can is 'Where I have this permission on all rows.';

create or replace function private.organizations_where_i_own(permission text) returns uuid[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(array_agg(m.organization_id), '{}')
  from public.memberships as m
  join public.role_permissions as held on held.role_id = m.role_id and held.permission = $1 and held.scope = 'own'
  join public.organizations as o on o.id = m.organization_id and o.is_active
  where m.user_id = (select auth.uid())
    and m.status = 'active'
    and not exists (select from public.organizations as tenant where tenant.id = o.parent_id and not tenant.is_active)
$$;

comment on function private.organizations_where_i_own is 'Where I have this permission on my own rows only.';

create or replace function private.my_organization_ids() returns uuid[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(array_agg(found.organization_id), '{}')
  from (
    select m.organization_id
    from public.memberships as m
    join public.organizations as o on o.id = m.organization_id and o.is_active
    where m.user_id = (select auth.uid())
      and m.status = 'active'
      and not exists (select from public.organizations as tenant where tenant.id = o.parent_id and not tenant.is_active)
    union
    select a.organization_id from private.platform_access as a
    where a.user_id = (select auth.uid()) and a.expires_at > now()
  ) as found
$$;

comment on function private.my_organization_ids is 'Where I am an active member, or have an access of the platform open.';

grant execute on function
  private.organizations_where_i_can(text), private.organizations_where_i_own(text), private.my_organization_ids()
to authenticated;

-- For definer functions, which are past every policy and have to ask themselves. Not for policies: it would run once a row.
create or replace function private.can(organization uuid, permission text) returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(organization = any (private.organizations_where_i_can(permission)), false)
$$;

-- Who is acting: a person, or a job that says its name.
create or replace function private.actor() returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    'user:' || (select auth.uid()),
    'system:' || coalesce(nullif(current_setting('app.job', true), ''), current_user)
  )
$$;

create policy select_member on public.organizations for select to authenticated
  using (id = any ((select private.my_organization_ids())::uuid[]));
create policy update_config_writer on public.organizations for update to authenticated
  using (id = any ((select private.organizations_where_i_can('config.write'))::uuid[]))
  with check (id = any ((select private.organizations_where_i_can('config.write'))::uuid[]));

-- Insert and delete are absent on purpose; slug, tier, seats and suspension belong to the platform.
grant select on public.organizations to authenticated;
grant update (name, settings) on public.organizations to authenticated;

create policy select_member on public.memberships for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('members.read'))::uuid[]));
create policy select_member on public.roles for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('members.read'))::uuid[]));
create policy select_member on public.role_permissions for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('members.read'))::uuid[]));
-- The catalogue is the same for everybody, but only a member has use for it.
create policy select_member on public.permissions for select to authenticated
  using ((select private.my_organization_ids()) <> '{}');

grant select on public.memberships, public.roles, public.role_permissions, public.permissions to authenticated;
