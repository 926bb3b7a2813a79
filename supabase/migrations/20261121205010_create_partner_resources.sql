-- What partners work with: playbooks, price lists, decks, wherever they are kept. One may be for a single partner or for all of
-- them; until it is published, only our own people see it.

set local lock_timeout = '5s';

create table if not exists public.partner_resources (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid,
  owner_id uuid,
  title text not null,
  description text,
  url text not null,
  document_type text not null,
  published_at timestamptz,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_resources_pkey primary key (id),
  constraint partner_resources_organization_id_id_key unique (organization_id, id),
  constraint partner_resources_organization_id_client_key_key unique (organization_id, client_key),
  constraint partner_resources_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint partner_resources_partner_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_resources_owner_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint partner_resources_title_check check (private.is_line(title, 200)),
  constraint partner_resources_description_check check (private.is_prose(description, 4000)),
  constraint partner_resources_url_check check (private.is_web_address(url)),
  constraint partner_resources_document_type_check check (char_length(document_type) between 1 and 40)
);

comment on table public.partner_resources is 'What partners work with. Without a partner it is for every partner of the organization.';
comment on column public.partner_resources.published_at is 'Since when partners see it; nothing while it is a draft.';

create index if not exists partner_resources_organization_id_partner_id_title_idx
  on public.partner_resources (organization_id, partner_id, title);
create index if not exists partner_resources_organization_id_owner_id_idx on public.partner_resources (organization_id, owner_id);

alter table public.partner_resources enable row level security;

create policy select_document_reader on public.partner_resources for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('documents.read'))::uuid[]));
create policy insert_document_writer on public.partner_resources for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('documents.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('documents.write'))::uuid[])
      or owner_id = (select auth.uid())
    )
  );
create policy update_document_writer on public.partner_resources for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('documents.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('documents.write'))::uuid[])
      or owner_id = (select auth.uid())
    )
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('documents.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('documents.write'))::uuid[])
      or owner_id = (select auth.uid())
    )
  );
create policy delete_document_writer on public.partner_resources for delete to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('documents.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('documents.write'))::uuid[])
      or owner_id = (select auth.uid())
    )
  );

grant select, delete on public.partner_resources to authenticated;
grant insert (organization_id, partner_id, owner_id, title, description, url, document_type, published_at, client_key)
  on public.partner_resources to authenticated;
grant update (owner_id, title, description, url, document_type, published_at) on public.partner_resources to authenticated;

create or replace trigger _100_touch_version
before update on public.partner_resources
for each row execute function private.touch_version();

create or replace trigger _200_check_owner_on_insert
before insert on public.partner_resources
for each row when (new.owner_id is not null) execute function private.check_owner_is_active();

create or replace trigger _200_check_owner_on_update
before update on public.partner_resources
for each row when (new.owner_id is not null and new.owner_id is distinct from old.owner_id)
execute function private.check_owner_is_active();

-- A person says that it is published; since when, says the clock. A job may bring its own date.
create or replace function private.stamp_published_resource() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    new.published_at := coalesce(old.published_at, now());
  else
    new.published_at := now();
  end if;
  return new;
end
$$;

create or replace trigger _200_stamp_published_at
before insert on public.partner_resources
for each row when (new.published_at is not null and auth.uid() is not null)
execute function private.stamp_published_resource();

create or replace trigger _200_stamp_published_again
before update on public.partner_resources
for each row
when (new.published_at is distinct from old.published_at and new.published_at is not null and auth.uid() is not null)
execute function private.stamp_published_resource();

select private.switch_on_choices('public.partner_resources', '{document_type,partners,document_types}');
select private.switch_on_audit('public.partner_resources');
