-- A file comes in three steps: it is announced, which gives it a path that nobody else has; the Storage API stores it there; and it
-- is finished, which makes it the document's content. Until then the document is as it was, whatever breaks off in between.

set local lock_timeout = '5s';

create or replace function private.document_bucket() returns text
language sql
immutable
set search_path = ''
as $$
  select 'partner-documents'
$$;

-- For the path: plain letters only, the end of the name kept, because it says what the file is.
create or replace function private.file_name_for_path(file_name text) returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(nullif(right(regexp_replace(
    regexp_replace(file_name, '[^A-Za-z0-9._-]+', '_', 'g'), '^[._-]+', ''
  ), 100), ''), 'file')
$$;

-- What is wrong with a file that somebody is about to upload, as {path, message}; an empty list where nothing is.
create or replace function private.file_problems(file_name text, mime_type text, size_bytes bigint) returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('path', problem.path, 'message', problem.message)), '[]')
  from storage.buckets as b
  cross join lateral (values
    ('file_name', 'Give the file a name of 1 to 200 characters, without slashes.',
      coalesce(not private.is_line(file_name, 200) or file_name ~ '[/\\]', true)),
    ('file_name', 'Files that a computer would run or open as a page are not stored.',
      coalesce(file_name ~* '\.(html?|[xsp]html?|xht|mht|mhtml|svgz?|xml|xslt?|m?js|hta|wsf|vb[es]?|exe|com|bat|cmd|msi|scr|ps1|jar|lnk|url|app|dmg|pkg|sh)[. ]*$', false)),
    ('mime_type', 'Files of this kind are not stored. Documents, tables, presentations, texts and pictures are.',
      not coalesce(mime_type = any (b.allowed_mime_types), false)),
    ('size_bytes', format('The file must have 1 byte to %s MB.', b.file_size_limit / 1048576),
      not coalesce(size_bytes between 1 and b.file_size_limit, false))
  ) as problem (path, message, is_there)
  where b.id = private.document_bucket() and problem.is_there
$$;

-- For functions that have asked for the right themselves, here and in the portal (source 'portal'). The document's row is the lock: each version has a number of its own.
create or replace function private.announce_document_version(
  document public.partner_documents, file_name text, mime_type text, size_bytes bigint, note text, source text
) returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
  problems constant jsonb := private.file_problems(btrim(file_name), lower(mime_type), size_bytes);
  new_id constant uuid := gen_random_uuid();
  new_path constant text := concat_ws(
    '/', document.organization_id, document.partner_id, document.id, new_id, private.file_name_for_path(btrim(file_name))
  );
  new_number bigint;
  begun bigint;
begin
  if problems <> '[]' then
    raise exception '%', problems #>> '{0,message}' using errcode = 'PW061', detail = problems::text;
  end if;
  if document.archived_at is not null then
    raise exception 'The document is archived.' using errcode = 'PW062';
  end if;
  perform from public.partner_documents as d where d.id = document.id for update;
  select coalesce(max(v.number), 0) + 1, count(*) filter (where v.stored_at is null and v.created_at > now() - interval '1 hour')
  into new_number, begun
  from public.partner_document_versions as v
  where v.organization_id = document.organization_id and v.partner_id = document.partner_id and v.document_id = document.id;
  if begun >= 20 then
    raise exception '20 uploads to this document have begun and are not finished.' using errcode = 'PW063';
  end if;
  insert into public.partner_document_versions (
    id, organization_id, partner_id, document_id, number, storage_path, file_name, mime_type, size_bytes, note, uploaded_by, source
  )
  values (
    new_id, document.organization_id, document.partner_id, document.id, new_number, new_path,
    btrim(file_name), lower(mime_type), size_bytes, nullif(btrim(note), ''), auth.uid(), source
  );
  return new_path;
end
$$;

-- For functions that have asked for the right themselves, here and in the portal. What the file is, says the object and not who announced it.
create or replace function private.store_document_version(announced public.partner_document_versions) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  found jsonb;
begin
  if announced.stored_at is null then
    found := (
      select o.metadata from storage.objects as o
      where o.bucket_id = private.document_bucket() and o.name = announced.storage_path
    );
    if found is null or (found ->> 'size') is null then
      raise exception 'The file has not arrived.' using errcode = 'PW064';
    end if;
    -- The document first, as everywhere: who announces another version holds it, too.
    update public.partner_documents as d
    set current_version = announced.number
    where d.organization_id = announced.organization_id and d.id = announced.document_id and d.current_version < announced.number;
    update public.partner_document_versions as v
    set stored_at = now(), size_bytes = (found ->> 'size')::bigint,
      mime_type = lower(split_part(coalesce(found ->> 'mimetype', v.mime_type), ';', 1))
    where v.organization_id = announced.organization_id and v.id = announced.id and v.stored_at is null;
  end if;
  return announced.number;
end
$$;

-- Raises unless I may write this very document. A foreign one answers like one that does not exist.
create or replace function private.document_to_write(organization uuid, document uuid) returns public.partner_documents
language plpgsql
stable
set search_path = ''
as $$
declare
  found public.partner_documents;
begin
  if not coalesce(organization = any (private.organizations_where_i_hold('documents.write')), false) then
    raise exception 'You do not have the right to do this.' using errcode = 'insufficient_privilege';
  end if;
  select * into found from public.partner_documents as d where d.organization_id = organization and d.id = document;
  if found.id is null then
    raise exception 'This document does not exist.' using errcode = 'PW012';
  end if;
  if found.owner_id is distinct from auth.uid() and not private.can(organization, 'documents.write') then
    raise exception 'You do not have the right to do this.' using errcode = 'insufficient_privilege';
  end if;
  return found;
end
$$;

-- Definer, here and below: nobody writes versions directly, and so they ask for the right themselves.
create or replace function private.start_document_version(
  organization uuid, document uuid, file_name text, mime_type text, size_bytes bigint, note text
) returns text
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return private.announce_document_version(
    private.document_to_write(organization, document), file_name, mime_type, size_bytes, note, 'staff'
  );
end
$$;

create or replace function public.start_document_version(
  organization uuid, document uuid, file_name text, mime_type text, size_bytes bigint, note text default null
) returns text
language sql
volatile
set search_path = ''
as $$
  select private.start_document_version(organization, document, file_name, mime_type, size_bytes, note)
$$;

comment on function public.start_document_version is
  'Announces a file of a document. Answers with the path to upload it to within an hour, in the bucket partner-documents.';

create or replace function private.finish_document_version(organization uuid, path text) returns bigint
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  announced public.partner_document_versions;
begin
  if not coalesce(organization = any (private.organizations_where_i_hold('documents.write')), false) then
    raise exception 'You do not have the right to do this.' using errcode = 'insufficient_privilege';
  end if;
  select * into announced from public.partner_document_versions as v where v.organization_id = organization and v.storage_path = path;
  if announced.id is null then
    raise exception 'This file was not announced.' using errcode = 'PW012';
  end if;
  perform private.document_to_write(organization, announced.document_id);
  return private.store_document_version(announced);
end
$$;

create or replace function public.finish_document_version(organization uuid, path text) returns bigint
language sql
volatile
set search_path = ''
as $$
  select private.finish_document_version(organization, path)
$$;

comment on function public.finish_document_version is
  'After the upload: makes the file the newest version of its document and answers with its number. Safe to repeat.';

-- anon is deliberately absent, and so is what the definer functions call.
grant execute on function
  private.start_document_version(uuid, uuid, text, text, bigint, text), public.start_document_version(uuid, uuid, text, text, bigint, text),
  private.finish_document_version(uuid, text), public.finish_document_version(uuid, text)
to authenticated;
