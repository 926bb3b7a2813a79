-- Where the files of documents lie. A file opens because of the row that somebody may read, comes in where a row announces it, and
-- goes with the right to write its document. Nothing is ever overwritten or moved: update has no policy on purpose.

set local lock_timeout = '5s';

insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values (
  'partner-documents', 'partner-documents', false, 52428800,
  array[
    'application/pdf', 'application/msword', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.ms-excel', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.ms-powerpoint', 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    'application/vnd.oasis.opendocument.text', 'application/vnd.oasis.opendocument.spreadsheet',
    'application/vnd.oasis.opendocument.presentation', 'text/plain', 'text/csv', 'text/markdown',
    'image/png', 'image/jpeg', 'image/gif', 'image/webp'
  ]
)
on conflict (id) do update
set public = excluded.public, file_size_limit = excluded.file_size_limit, allowed_mime_types = excluded.allowed_mime_types;

-- The Storage API asks nobody whether a session has ended; so the policies do. Tokens without a session are not Auth's.
create or replace function private.session_has_not_ended() returns boolean
language sql
stable
set search_path = ''
as $$
  select auth.jwt() ->> 'session_id' is null or private.my_session_is_live()
$$;

-- What is shared with the partner whose portal I use. Definer, here and below: people of a partner are no members and have no policy
-- on any of these tables.
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
      on v.organization_id = d.organization_id and v.partner_id = d.partner_id and v.document_id = d.id
    where v.stored_at is not null
  );
end
$$;

-- Where I may put a file at this moment: what I announced within the hour, where I may still write it.
create or replace function private.announced_document_paths() returns text[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me constant uuid := auth.uid();
  held constant uuid[] := private.organizations_where_i_hold('documents.write');
  allowed constant uuid[] := private.organizations_where_i_can('documents.write');
  visited constant uuid[] := array(select g.partner_id from private.my_portals() as g);
begin
  return array(
    select v.storage_path
    from public.partner_document_versions as v
    join public.partner_documents as d on d.organization_id = v.organization_id and d.id = v.document_id and d.archived_at is null
    where v.uploaded_by = me and v.stored_at is null and v.created_at > now() - interval '1 hour'
      and case v.source
        when 'staff' then v.organization_id = any (held) and (v.organization_id = any (allowed) or d.owner_id = me)
        else v.partner_id = any (visited)
      end
  );
end
$$;

-- A table of this very day, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_document_versions_uploaded_by_announced_idx
  on public.partner_document_versions (uploaded_by) where stored_at is null;

grant execute on function
  private.session_has_not_ended(), private.portal_document_paths(), private.announced_document_paths()
to authenticated;

create policy select_partner_document_reader on storage.objects for select to authenticated
  using (
    bucket_id = 'partner-documents'
    and (select private.session_has_not_ended())
    and (
      exists (select from public.partner_document_versions as v where v.storage_path = objects.name)
      or name = any ((select private.portal_document_paths())::text[])
    )
  );

-- By an ordinary upload only: a copy would bring in what was never looked at, an address for uploading outlives a right.
create policy insert_partner_document_announcer on storage.objects for insert to authenticated
  with check (
    bucket_id = 'partner-documents'
    and (select private.session_has_not_ended())
    and (select storage.allow_any_operation(array['object.upload']))
    and name = any ((select private.announced_document_paths())::text[])
  );

create policy delete_partner_document_writer on storage.objects for delete to authenticated
  using (
    bucket_id = 'partner-documents'
    and (select private.session_has_not_ended())
    and exists (
      select from public.partner_document_versions as v
      join public.partner_documents as d on d.organization_id = v.organization_id and d.id = v.document_id
      where v.storage_path = objects.name
        and v.organization_id = any ((select private.organizations_where_i_hold('documents.write'))::uuid[])
        and (
          v.organization_id = any ((select private.organizations_where_i_can('documents.write'))::uuid[])
          or d.owner_id = (select auth.uid())
        )
    )
  );
