-- An organization is what everything else belongs to. One without a parent may be the tenant above others: they inherit its
-- configuration, and nothing else. Rights come later, with memberships and roles: until then nobody may read a row.

set local lock_timeout = '5s';

-- Every editable row counts its versions, so that a form can say which one it saw. An update that changes nothing is none.
create or replace function private.touch_version() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new is distinct from old then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end
$$;

create table if not exists public.organizations (
  id uuid not null default gen_random_uuid(),
  parent_id uuid,
  name text not null,
  slug text not null,
  settings jsonb not null default '{}',
  subscription_tier text not null default 'basic',
  seat_limit bigint not null default 10,
  is_active boolean not null default true,
  created_by uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint organizations_pkey primary key (id),
  constraint organizations_slug_key unique (slug),
  constraint organizations_parent_id_fkey foreign key (parent_id) references public.organizations (id) on delete restrict,
  constraint organizations_name_check check (char_length(name) between 1 and 120 and name = btrim(name) and name !~ '[[:cntrl:]]'),
  -- It also works as the first label of a host name.
  constraint organizations_slug_check check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and char_length(slug) between 2 and 63),
  constraint organizations_settings_check check (jsonb_typeof(settings) = 'object' and octet_length(settings::text) <= 16384),
  constraint organizations_subscription_tier_check check (subscription_tier in ('basic', 'professional', 'enterprise')),
  constraint organizations_seat_limit_check check (seat_limit between 1 and 100000),
  constraint organizations_parent_id_check check (parent_id <> id)
);

comment on table public.organizations is 'Whom everything belongs to. A row without parent_id may be the tenant above others.';
comment on column public.organizations.settings is 'How it looks, never what it may: nothing here grants a right.';
comment on column public.organizations.is_active is 'False while it is suspended: its members then see nothing of it.';
comment on column public.organizations.seat_limit is 'How many active members and open invitations there may be together.';
comment on column public.organizations.created_by is 'Without a foreign key: who began it stays known.';

create index if not exists organizations_parent_id_idx on public.organizations (parent_id);
create index if not exists organizations_created_by_created_at_idx on public.organizations (created_by, created_at);

alter table public.organizations enable row level security;

-- Two levels and no more, so that "tenant" always means one row.
create or replace function private.check_organization_parent() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new.parent_id is not null and (
    exists (select from public.organizations as o where o.id = new.parent_id and o.parent_id is not null)
    or exists (select from public.organizations as o where o.parent_id = new.id)
  ) then
    raise exception 'A tenant cannot stand below another organization.' using errcode = 'check_violation';
  end if;
  return new;
end
$$;

create or replace trigger _100_check_parent
before insert or update of parent_id on public.organizations
for each row execute function private.check_organization_parent();

create or replace trigger _100_touch_version
before update on public.organizations
for each row execute function private.touch_version();
