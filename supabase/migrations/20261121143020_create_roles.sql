-- A role is a named set of permissions. Every organization has its own copy of the built-in ones, which it may adapt, and as
-- many of its own as it likes. The administrator's role always holds everything: nobody can lock an organization out of itself.

set local lock_timeout = '5s';

create table if not exists public.roles (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  key text not null,
  name text not null,
  description text not null default '',
  is_built_in boolean not null default false,
  position bigint not null default 100,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint roles_pkey primary key (id),
  constraint roles_organization_id_id_key unique (organization_id, id),
  constraint roles_organization_id_key_key unique (organization_id, key),
  constraint roles_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint roles_name_check check (char_length(name) between 1 and 60 and name = btrim(name) and name !~ '[[:cntrl:]]'),
  constraint roles_description_check check (char_length(description) <= 300),
  -- Names of the platform's own: no role inside an organization may pass for them.
  constraint roles_key_check check (key ~ '^[a-z][a-z0-9_]*$' and key not in ('super_admin', 'partner_user'))
);

comment on table public.roles is 'Named sets of permissions. Clients only read: changes go through save_role, reset_role and delete_role.';

create unique index if not exists roles_organization_id_name_key on public.roles (organization_id, lower(name));

alter table public.roles enable row level security;

create table if not exists public.role_permissions (
  organization_id uuid not null,
  role_id uuid not null,
  permission text not null,
  scope text not null,
  constraint role_permissions_pkey primary key (role_id, permission),
  constraint role_permissions_role_fkey foreign key (organization_id, role_id)
    references public.roles (organization_id, id) on delete cascade,
  constraint role_permissions_permission_fkey foreign key (permission) references public.permissions (key) on delete cascade,
  constraint role_permissions_scope_check check (scope in ('all', 'own'))
);

comment on table public.role_permissions is 'What each role may do, on all rows or on one''s own. Clients only read: changes go through save_role.';

create index if not exists role_permissions_organization_id_role_id_idx on public.role_permissions (organization_id, role_id);
create index if not exists role_permissions_permission_idx on public.role_permissions (permission);

alter table public.role_permissions enable row level security;

create or replace trigger _100_touch_version
before update on public.roles
for each row execute function private.touch_version();

-- Also for what a later migration adds to the built-in roles: "own" is only possible where rows have an owner.
create or replace function private.check_role_permission() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new.scope = 'own' and not exists (select from public.permissions as p where p.key = new.permission and p.supports_own) then
    raise exception '"%" cannot be limited to one''s own rows.', new.permission using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace trigger _100_check_scope
before insert or update on public.role_permissions
for each row execute function private.check_role_permission();

-- Whoever adds an organization, its roles are there with it.
create or replace function private.add_built_in_roles() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.roles (organization_id, key, name, description, is_built_in, position)
  select added.id, role.key, role.name, role.description, true, role.position
  from added
  cross join private.built_in_roles as role;
  insert into public.role_permissions (organization_id, role_id, permission, scope)
  select role.organization_id, role.id, built_in.permission, built_in.scope
  from added
  join public.roles as role on role.organization_id = added.id and role.is_built_in
  join private.built_in_permissions as built_in on built_in.role_key = role.key;
  return null;
end
$$;

create or replace trigger _500_add_built_in_roles
after insert on public.organizations
referencing new table as added
for each statement execute function private.add_built_in_roles();

-- For the migration of a later feature: the permission, and who has it by default, in organizations that are there and to come.
create or replace function private.add_permission(
  permission public.permissions, default_scopes jsonb
) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.permissions select permission.*;
  insert into private.built_in_permissions (role_key, permission, scope)
  select role.key, permission.key, coalesce(default_scopes ->> role.key, 'all')
  from private.built_in_roles as role
  where role.key = 'org_admin' or default_scopes ? role.key;
  insert into public.role_permissions (organization_id, role_id, permission, scope)
  select role.organization_id, role.id, built_in.permission, built_in.scope
  from public.roles as role
  join private.built_in_permissions as built_in on built_in.role_key = role.key
  where role.is_built_in and built_in.permission = permission.key;
end
$$;

comment on function private.add_permission is
  'For migrations: adds a permission with its default scopes by role key, e.g. ''{"vp": "all", "sales_rep": "own"}''.';
