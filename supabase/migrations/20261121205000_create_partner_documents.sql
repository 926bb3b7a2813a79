-- Agreements, plans and files of a partner: one row for each document, and one for each file that was ever its content. A document
-- may stand elsewhere (an address in Notion), have files, or both. Files are never overwritten: a newer one is a new version.

set local lock_timeout = '5s';

create table if not exists public.partner_documents (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  owner_id uuid,
  title text not null,
  document_type text not null,
  notion_url text,
  tags text[] not null default '{}',
  is_shared boolean not null default false,
  current_version bigint not null default 0,
  source text not null default 'staff',
  archived_at timestamptz,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_documents_pkey primary key (id),
  constraint partner_documents_organization_id_id_key unique (organization_id, id),
  constraint partner_documents_organization_id_partner_id_id_key unique (organization_id, partner_id, id),
  constraint partner_documents_organization_id_client_key_key unique (organization_id, client_key),
  constraint partner_documents_partner_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_documents_owner_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint partner_documents_title_check check (private.is_line(title, 200)),
  constraint partner_documents_document_type_check check (char_length(document_type) between 1 and 40),
  constraint partner_documents_notion_url_check check (private.is_web_address(notion_url)),
  -- At most 20 of 1 to 40 characters, in one line each and without blanks around them.
  constraint partner_documents_tags_check check (
    tags = '{}'
    or (
      cardinality(tags) <= 20 and array_ndims(tags) = 1
      and cardinality(string_to_array(array_to_string(tags, E'\n', ''), E'\n')) = cardinality(tags)
      and array_to_string(tags, E'\n', '') ~
        '^[^[:cntrl:][:space:]]([^[:cntrl:]]{0,38}[^[:cntrl:][:space:]])?(\n[^[:cntrl:][:space:]]([^[:cntrl:]]{0,38}[^[:cntrl:][:space:]])?)*$'
    )
  ),
  constraint partner_documents_current_version_check check (current_version >= 0),
  constraint partner_documents_source_check check (source in ('staff', 'portal'))
);

comment on table public.partner_documents is 'Documents of a partner. What they hold is in their versions, or where notion_url leads.';
comment on column public.partner_documents.is_shared is 'Whether the partner''s own people see it.';
comment on column public.partner_documents.current_version is 'Number of the newest version whose file is there; 0 without a file. Kept by functions.';
comment on column public.partner_documents.source is 'Who brought it: our staff, or the partner through the portal.';

create index if not exists partner_documents_organization_id_owner_id_idx on public.partner_documents (organization_id, owner_id);
create index if not exists partner_documents_organization_id_updated_at_id_idx
  on public.partner_documents (organization_id, updated_at desc, id);

alter table public.partner_documents enable row level security;

create policy select_document_reader on public.partner_documents for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('documents.read'))::uuid[]));
create policy insert_document_writer on public.partner_documents for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('documents.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('documents.write'))::uuid[])
      or owner_id = (select auth.uid())
    )
  );
create policy update_document_writer on public.partner_documents for update to authenticated
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
create policy delete_document_writer on public.partner_documents for delete to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('documents.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('documents.write'))::uuid[])
      or owner_id = (select auth.uid())
    )
  );

grant select, delete on public.partner_documents to authenticated;
grant insert (organization_id, partner_id, owner_id, title, document_type, notion_url, tags, is_shared, client_key)
  on public.partner_documents to authenticated;
grant update (owner_id, title, document_type, notion_url, tags, is_shared, archived_at) on public.partner_documents to authenticated;

create or replace trigger _100_touch_version
before update on public.partner_documents
for each row execute function private.touch_version();

create or replace trigger _200_check_owner_on_insert
before insert on public.partner_documents
for each row when (new.owner_id is not null) execute function private.check_owner_is_active();

create or replace trigger _200_check_owner_on_update
before update on public.partner_documents
for each row when (new.owner_id is not null and new.owner_id is distinct from old.owner_id)
execute function private.check_owner_is_active();

-- A person says that it is archived; when, says the clock. A job may bring its own date.
create or replace function private.stamp_archived_document() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.archived_at := coalesce(old.archived_at, now());
  return new;
end
$$;

create or replace trigger _200_stamp_archived_at
before update on public.partner_documents
for each row
when (new.archived_at is distinct from old.archived_at and new.archived_at is not null and auth.uid() is not null)
execute function private.stamp_archived_document();

create table if not exists public.partner_document_versions (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  document_id uuid not null,
  number bigint not null,
  storage_path text not null,
  file_name text not null,
  mime_type text not null,
  size_bytes bigint not null,
  note text,
  uploaded_by uuid,
  source text not null default 'staff',
  stored_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_document_versions_pkey primary key (id),
  constraint partner_document_versions_organization_id_id_key unique (organization_id, id),
  constraint partner_document_versions_document_number_key unique (organization_id, partner_id, document_id, number),
  constraint partner_document_versions_storage_path_key unique (storage_path),
  constraint partner_document_versions_document_fkey foreign key (organization_id, partner_id, document_id)
    references public.partner_documents (organization_id, partner_id, id) on delete cascade,
  constraint partner_document_versions_number_check check (number >= 1),
  -- So a row can only ever open an object of its own organization, partner and document.
  constraint partner_document_versions_storage_path_check check (
    storage_path ~ '^[0-9a-f-]{36}/[0-9a-f-]{36}/[0-9a-f-]{36}/[0-9a-f-]{36}/[A-Za-z0-9][A-Za-z0-9._-]{0,119}$'
    and starts_with(
      storage_path, organization_id::text || '/' || partner_id::text || '/' || document_id::text || '/' || id::text || '/'
    )
  ),
  constraint partner_document_versions_file_name_check check (private.is_line(file_name, 200) and file_name !~ '[/\\]'),
  constraint partner_document_versions_mime_type_check check (mime_type ~ '^[a-z0-9]+/[a-z0-9.+-]{1,100}$'),
  constraint partner_document_versions_size_bytes_check check (size_bytes > 0),
  constraint partner_document_versions_note_check check (private.is_prose(note, 1000)),
  constraint partner_document_versions_source_check check (source in ('staff', 'portal'))
);

comment on table public.partner_document_versions is
  'Each file of a document, announced first and stored then. Clients only read: functions announce, and the Storage API stores.';
comment on column public.partner_document_versions.storage_path is 'In the bucket partner-documents: organization, partner, document, version, file.';
comment on column public.partner_document_versions.uploaded_by is 'Without a foreign key: people of the partner are no members.';
comment on column public.partner_document_versions.stored_at is 'Since when the file is there; nothing while it is only announced.';

alter table public.partner_document_versions enable row level security;

create policy select_document_reader on public.partner_document_versions for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('documents.read'))::uuid[]));

-- Insert, update and delete are absent on purpose: a version is announced and stored by functions, and goes with its document.
grant select on public.partner_document_versions to authenticated;

create or replace trigger _100_touch_version
before update on public.partner_document_versions
for each row execute function private.touch_version();

select private.switch_on_choices('public.partner_documents', '{document_type,partners,document_types}');
select private.switch_on_audit('public.partner_documents');
select private.switch_on_audit('public.partner_document_versions', label => 'r.file_name');
