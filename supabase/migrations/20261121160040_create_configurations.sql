-- What an organization has set itself. A setting without a row here is inherited: from the tenant above, if there is one and it
-- has set it, else from the definition. To reset is to delete the row.

set local lock_timeout = '5s';

create table if not exists public.configurations (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  category text not null,
  key text not null,
  value jsonb not null,
  version bigint not null default 1,
  updated_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint configurations_pkey primary key (id),
  constraint configurations_organization_id_category_key_key unique (organization_id, category, key),
  constraint configurations_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint configurations_definition_fkey foreign key (category, key)
    references public.configuration_definitions (category, key) on delete restrict
);

comment on table public.configurations is 'What organizations have set themselves; everything else is inherited.';
comment on column public.configurations.updated_by is 'Without a foreign key: who it was stays known.';

create index if not exists configurations_category_key_idx on public.configurations (category, key);

alter table public.configurations enable row level security;

create policy select_config_reader on public.configurations for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('config.read'))::uuid[]));
create policy insert_config_writer on public.configurations for insert to authenticated
  with check (organization_id = any ((select private.organizations_where_i_can('config.write'))::uuid[]));
create policy update_config_writer on public.configurations for update to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('config.write'))::uuid[]))
  with check (organization_id = any ((select private.organizations_where_i_can('config.write'))::uuid[]));
create policy delete_config_writer on public.configurations for delete to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('config.write'))::uuid[]));

grant select, delete on public.configurations to authenticated;
grant insert (organization_id, category, key, value) on public.configurations to authenticated;
grant update (value) on public.configurations to authenticated;

create or replace trigger _100_touch_version
before update on public.configurations
for each row execute function private.touch_version();
