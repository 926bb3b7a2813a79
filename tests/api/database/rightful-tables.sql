-- Tables, views, functions and policies as the house wants them: the catalogue check must find nothing here. The tests plant
-- one violation at a time beside them.

create table public.organizations (
  id uuid not null default gen_random_uuid(),
  name text not null,
  constraint organizations_pkey primary key (id)
);

create table public.memberships (
  organization_id uuid not null,
  user_id uuid not null,
  role text not null,
  constraint memberships_pkey primary key (organization_id, user_id),
  constraint memberships_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade
);

create table public.partners (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  owner_id uuid,
  name text not null,
  constraint partners_pkey primary key (id),
  constraint partners_organization_id_id_key unique (organization_id, id),
  constraint partners_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint partners_owner_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete set null (owner_id)
);

create index partners_organization_id_owner_id_idx on public.partners (organization_id, owner_id);

create table public.partner_tasks (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  title text not null,
  constraint partner_tasks_pkey primary key (id),
  constraint partner_tasks_partner_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade
);

create index partner_tasks_organization_id_partner_id_idx on public.partner_tasks (organization_id, partner_id);

create table public.events (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  happened_at timestamptz not null default now(),
  constraint events_pkey primary key (organization_id, happened_at, id)
) partition by range (happened_at);

create table public.events_2026 partition of public.events for values from ('2026-01-01') to ('2027-01-01');

create function private.organizations_where_i_can(permission text) returns uuid[]
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(array_agg(m.organization_id), '{}')
  from public.memberships as m
  where m.user_id = (select auth.uid()) and m.role = permission
$$;

grant execute on function private.organizations_where_i_can(text) to authenticated;

alter table public.organizations enable row level security;
alter table public.memberships enable row level security;
alter table public.partners enable row level security;
alter table public.partner_tasks enable row level security;
alter table public.events enable row level security;
alter table public.events_2026 enable row level security;

create policy select_member on public.organizations for select to authenticated
  using (id = any ((select private.organizations_where_i_can('read'))::uuid[]));
create policy select_self on public.memberships for select to authenticated
  using (user_id = (select auth.uid()));
create policy select_member on public.partners for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('read'))::uuid[]));
create policy insert_member on public.partners for insert to authenticated
  with check (organization_id = any ((select private.organizations_where_i_can('write'))::uuid[]));
create policy update_member on public.partners for update to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('write'))::uuid[]))
  with check (organization_id = any ((select private.organizations_where_i_can('write'))::uuid[]));
create policy select_member on public.partner_tasks for select to authenticated
  using (exists (
    select from public.partners as p
    where p.organization_id = partner_tasks.organization_id and p.id = partner_tasks.partner_id
  ));
create policy select_member on public.events for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('read'))::uuid[]));

grant select on public.organizations, public.memberships, public.partners, public.partner_tasks, public.events to authenticated;
grant insert (organization_id, owner_id, name) on public.partners to authenticated;
grant update (owner_id, name) on public.partners to authenticated;

create view public.partner_names with (security_invoker = true) as select organization_id, id, name from public.partners;
grant select on public.partner_names to authenticated;

create policy select_channel on realtime.messages for select to authenticated
  using (split_part((select realtime.topic()), ':', 2) = any ((select private.organizations_where_i_can('read'))::text[]));
