-- How somebody likes to see a list: filters, sort, columns, under a name. A view is its owner's own; shared, everybody who sees
-- the list may open it, and whoever may share views keeps it in order.

set local lock_timeout = '5s';

create table if not exists public.saved_views (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  owner_id uuid not null default auth.uid(),
  surface text not null default 'partners',
  name text not null,
  definition jsonb not null,
  is_shared boolean not null default false,
  position bigint not null default 0,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_views_pkey primary key (id),
  constraint saved_views_organization_id_id_key unique (organization_id, id),
  constraint saved_views_organization_id_client_key_key unique (organization_id, client_key),
  constraint saved_views_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint saved_views_owner_id_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint saved_views_surface_check check (surface in ('partners')),
  constraint saved_views_name_check check (private.is_line(name, 60)),
  constraint saved_views_definition_check check (jsonb_typeof(definition) = 'object' and octet_length(definition::text) <= 65536)
);

comment on table public.saved_views is 'Views of lists that people keep, for themselves or for everybody.';
comment on column public.saved_views.owner_id is 'Whoever saved it. Not granted to clients for writing.';
comment on column public.saved_views.surface is 'Which list it is a view of.';
comment on column public.saved_views.definition is 'Filters, sort, columns: the list''s own, opaque to the database. At most 64 KB.';

create unique index if not exists saved_views_organization_id_owner_id_surface_name_key on public.saved_views
  (organization_id, owner_id, surface, lower(name));
create index if not exists saved_views_organization_id_surface_position_idx on public.saved_views (organization_id, surface, position, id);

alter table public.saved_views enable row level security;

-- The platform's staff may look while an access is open, and have nothing of their own there.
create or replace function private.organizations_where_i_belong() returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me constant uuid := (select auth.uid());
begin
  return array(
    select m.organization_id
    from public.memberships as m
    where m.user_id = me
      and m.status = 'active'
      and not exists (select from private.suspended_organizations as s where s.id = m.organization_id)
  );
end
$$;

comment on function private.organizations_where_i_belong is
  'Where I am an active member, an access of the platform not counted. Definer: it reads memberships, which are under policies.';

grant execute on function private.organizations_where_i_belong() to authenticated;

create policy select_owner_or_reader on public.saved_views for select to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_can('partners.read'))::uuid[])
    and (is_shared or owner_id = (select auth.uid()))
  );
create policy insert_owner on public.saved_views for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_can('partners.read'))::uuid[])
    and organization_id = any ((select private.organizations_where_i_belong())::uuid[])
    and owner_id = (select auth.uid())
    and (not is_shared or organization_id = any ((select private.organizations_where_i_can('views.share'))::uuid[]))
  );
-- What everybody sees is changed only by who may share, were it one's own: a right that was taken away is gone.
create policy update_owner_or_sharer on public.saved_views for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_belong())::uuid[])
    and (
      owner_id = (select auth.uid())
      or is_shared and organization_id = any ((select private.organizations_where_i_can('views.share'))::uuid[])
    )
  )
  with check (
    organization_id = any ((select private.organizations_where_i_belong())::uuid[])
    and (
      not is_shared and owner_id = (select auth.uid())
      or is_shared and organization_id = any ((select private.organizations_where_i_can('views.share'))::uuid[])
    )
  );
create policy delete_owner_or_sharer on public.saved_views for delete to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_belong())::uuid[])
    and (
      owner_id = (select auth.uid())
      or is_shared and organization_id = any ((select private.organizations_where_i_can('views.share'))::uuid[])
    )
  );

grant select, delete on public.saved_views to authenticated;
grant insert (organization_id, surface, name, definition, is_shared, position, client_key) on public.saved_views to authenticated;
grant update (name, definition, is_shared, position) on public.saved_views to authenticated;

create or replace trigger _100_touch_version
before update on public.saved_views
for each row execute function private.touch_version();

select private.switch_on_audit('public.saved_views', label => 'r.name');
