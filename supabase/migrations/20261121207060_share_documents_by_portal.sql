-- Documents that are shared with a partner, resources that are published, and what a partner adds itself. A file opens by the policies
-- of the bucket, which ask at the same door.

set local lock_timeout = '5s';

-- Definer, here and below: people of partners have no right on any table. As before, but only the newest file of what is shared: an older one may be from before it was meant
-- for them.
create or replace function private.portal_document_paths() returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select v.storage_path
    from private.my_portals() as g
    join public.partner_documents as d
      on d.organization_id = g.organization_id and d.partner_id = g.partner_id and d.is_shared and d.archived_at is null
    join public.partner_document_versions as v
      on v.organization_id = d.organization_id and v.partner_id = d.partner_id and v.document_id = d.id and v.number = d.current_version
    where v.stored_at is not null
  );
end
$$;

create or replace function private.portal_documents(partner uuid, after uuid, page_size integer)
returns table (
  id uuid, title text, document_type text, url text, is_from_partner boolean, created_at timestamptz, updated_at timestamptz,
  file_name text, mime_type text, size_bytes bigint, storage_path text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
  last_seen public.partner_documents;
begin
  select d.* into last_seen from public.partner_documents as d
  where d.organization_id = guest.organization_id and d.partner_id = guest.partner_id and d.id = after and d.is_shared;
  return query
  select d.id, d.title, private.choice_label(d.organization_id, 'partners', 'document_types', d.document_type), d.notion_url,
    d.source = 'portal', d.created_at, d.updated_at, v.file_name, v.mime_type, v.size_bytes, v.storage_path
  from public.partner_documents as d
  left join public.partner_document_versions as v
    on v.organization_id = d.organization_id and v.partner_id = d.partner_id and v.document_id = d.id
    and v.number = d.current_version and v.stored_at is not null
  where d.organization_id = guest.organization_id and d.partner_id = guest.partner_id and d.is_shared and d.archived_at is null
    and (after is null or (d.created_at, d.id) < (last_seen.created_at, last_seen.id))
  order by d.created_at desc, d.id desc
  limit least(greatest(coalesce(page_size, 50), 1), 200);
end
$$;

-- The document with its file announced: the answer says where to upload it to. The partner's owner here gets it.
create or replace function private.portal_add_document(
  partner uuid, title text, document_type text, file_name text, mime_type text, size_bytes bigint, client_key uuid
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal_to_write(partner);
  given_title constant text := private.portal_entry(title);
  given_type constant text := private.portal_entry(document_type);
  key constant uuid := private.portal_key(guest, client_key);
  made public.partner_documents;
begin
  perform private.refuse_portal_entry(jsonb_agg(jsonb_build_object('path', checked.path, 'message', checked.message)))
  from (values
    ('title', 'Enter a title, in one line of at most 200 characters.', private.is_line(given_title, 200)),
    ('document_type', 'Choose what kind of document it is.', char_length(given_type) <= 40)
  ) as checked (path, message, is_fine)
  where checked.is_fine is not true;
  insert into public.partner_documents (organization_id, partner_id, owner_id, title, document_type, is_shared, source, client_key)
  select p.organization_id, p.id, (
      select m.user_id from public.memberships as m
      where m.organization_id = p.organization_id and m.user_id = p.owner_id and m.status = 'active'
    ), given_title, given_type, true, 'portal', key
  from public.partners as p
  where p.organization_id = guest.organization_id and p.id = guest.partner_id
  on conflict on constraint partner_documents_organization_id_client_key_key do nothing
  returning * into made;
  if made.id is null then
    select d.* into made from public.partner_documents as d
    where d.organization_id = guest.organization_id and d.partner_id = guest.partner_id and d.client_key = key and d.source = 'portal'
      and d.is_shared;
  end if;
  if made.id is null then
    raise exception 'This document is no longer there.' using errcode = 'PW012';
  -- Sent again after the file had arrived: nothing is left to do.
  elsif made.current_version > 0 then
    return jsonb_build_object('id', made.id, 'path', null);
  end if;
  return jsonb_build_object(
    'id', made.id, 'path', private.announce_document_version(made, file_name, mime_type, size_bytes, null, 'portal')
  );
end
$$;

-- Only what the very person announced.
create or replace function private.portal_finish_document(partner uuid, path text) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal_to_write(partner);
  announced public.partner_document_versions;
begin
  select v.* into announced
  from public.partner_document_versions as v
  join public.partner_documents as d on d.organization_id = v.organization_id and d.id = v.document_id and d.archived_at is null
  where v.organization_id = guest.organization_id and v.partner_id = guest.partner_id and v.storage_path = path
    and v.source = 'portal' and v.uploaded_by = guest.user_id;
  if announced.id is null then
    raise exception 'This file was not announced.' using errcode = 'PW012';
  end if;
  perform private.store_document_version(announced);
  return jsonb_build_object('id', announced.document_id);
end
$$;

create or replace function private.portal_resources(partner uuid)
returns table (id uuid, title text, description text, url text, document_type text, published_at timestamptz)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
begin
  return query
  select r.id, r.title, r.description, r.url, private.choice_label(r.organization_id, 'partners', 'document_types', r.document_type),
    r.published_at
  from public.partner_resources as r
  where r.organization_id = guest.organization_id and (r.partner_id = guest.partner_id or r.partner_id is null)
    and r.published_at <= now()
  order by r.title, r.id
  limit 1000;
end
$$;

-- What forms of the portal offer: names of choices, and nothing else of the configuration.
create or replace function private.portal_choices(partner uuid) returns table (list text, key text, label text)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
begin
  return query
  select given.list, item ->> 'key', item ->> 'label'
  from unnest('{products,document_types}'::text[]) as given (list)
  cross join lateral jsonb_array_elements(private.configuration_value(guest.organization_id, 'partners', given.list))
    with ordinality as choice (item, place)
  order by given.list, choice.place;
end
$$;

create or replace function public.portal_documents(partner uuid, after uuid default null, page_size integer default 50)
returns table (
  id uuid, title text, document_type text, url text, is_from_partner boolean, created_at timestamptz, updated_at timestamptz,
  file_name text, mime_type text, size_bytes bigint, storage_path text
)
language sql stable set search_path = '' as $$ select * from private.portal_documents(partner, after, page_size) $$;
create or replace function public.portal_add_document(
  partner uuid, title text, document_type text, file_name text, mime_type text, size_bytes bigint, client_key uuid default null
) returns jsonb
language sql volatile set search_path = '' as $$
  select private.portal_add_document(partner, title, document_type, file_name, mime_type, size_bytes, client_key)
$$;
create or replace function public.portal_finish_document(partner uuid, path text) returns jsonb
language sql volatile set search_path = '' as $$ select private.portal_finish_document(partner, path) $$;
create or replace function public.portal_resources(partner uuid)
returns table (id uuid, title text, description text, url text, document_type text, published_at timestamptz)
language sql stable set search_path = '' as $$ select * from private.portal_resources(partner) $$;
create or replace function public.portal_choices(partner uuid) returns table (list text, key text, label text)
language sql stable set search_path = '' as $$ select * from private.portal_choices(partner) $$;

comment on function public.portal_documents is
  'Documents that are shared with my company, newest first, after the document "after"; at most 200 a page.';
comment on function public.portal_add_document is
  'Adds a document with one file. Answers with the path to upload it to within an hour, in the bucket partner-documents.';
comment on function public.portal_finish_document is 'After the upload: the file is the content of its document. Safe to repeat.';
comment on function public.portal_resources is 'What is published for my company, or for every partner.';
comment on function public.portal_choices is 'What forms offer: products and document_types, in their order.';

-- anon is deliberately absent.
grant execute on function
  private.portal_documents(uuid, uuid, integer), public.portal_documents(uuid, uuid, integer),
  private.portal_add_document(uuid, text, text, text, text, bigint, uuid), public.portal_add_document(uuid, text, text, text, text, bigint, uuid),
  private.portal_finish_document(uuid, text), public.portal_finish_document(uuid, text),
  private.portal_resources(uuid), public.portal_resources(uuid), private.portal_choices(uuid), public.portal_choices(uuid)
to authenticated;
