-- A file whose row is gone opens for nobody from that moment on; here it is found, so that it goes as well. Files are removed
-- through the Storage API only, so an Edge Function does it, called by schedule.

set local lock_timeout = '5s';

-- Uploads that nobody finished within a day are given up first: their files are orphans then. Definer, because nobody writes versions
-- directly, not even the secret key's role.
create or replace function private.orphaned_document_files() returns setof text
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  delete from public.partner_document_versions as v where v.stored_at is null and v.created_at < now() - interval '1 day';
  return query
  select o.name
  from storage.objects as o
  where o.bucket_id = private.document_bucket()
    and not exists (select from public.partner_document_versions as v where v.storage_path = o.name)
  order by o.created_at
  limit 500;
end
$$;

create or replace function public.orphaned_document_files() returns setof text
language sql
volatile
set search_path = ''
as $$
  select * from private.orphaned_document_files()
$$;

comment on function public.orphaned_document_files is 'Paths in the bucket partner-documents that belong to no version any more. For the secret key only.';

grant execute on function private.orphaned_document_files(), public.orphaned_document_files() to service_role;

insert into private.schedules (name, schedule, edge_function, description)
values ('remove-orphaned-files', '*/10 * * * *', 'remove-orphaned-files', 'Removes files of documents that are no longer there.')
on conflict (name) do nothing;
