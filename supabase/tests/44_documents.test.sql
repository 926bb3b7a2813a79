-- Documents, resources and files: what a row may hold, what happens to dates and tags, what is announced and what is not.
begin;
create extension if not exists pgtap with schema extensions;
select plan(43);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select northwind.id as northwind, contoso.id as contoso, gen_random_uuid() as partner, gen_random_uuid() as other_partner
from public.organizations as northwind, public.organizations as contoso
where northwind.slug = 'northwind' and contoso.slug = 'contoso';
grant select on known to authenticated;
insert into public.partners (id, organization_id, name) select partner, northwind, 'With documents' from known
union all select other_partner, contoso, 'Elsewhere' from known;
create temporary table told (name text, value text);
grant select, insert on told to authenticated;
create function pg_temp.told(wanted text) returns text language sql as $$ select value from told where name = wanted $$;
grant execute on function pg_temp.told(text) to authenticated;

-- The bucket.
select results_eq(
  $$ select public, file_size_limit, allowed_mime_types && '{text/html,image/svg+xml,application/xml,text/xml,application/xhtml+xml,application/octet-stream}'
     from storage.buckets where id = 'partner-documents' $$,
  $$ values (false, 52428800::bigint, false) $$, 'the bucket is private, takes 50 MB, and nothing that a browser runs'
);
select policies_are('storage', 'objects', array[
  'select_partner_document_reader', 'insert_partner_document_announcer', 'delete_partner_document_writer'
], 'a file is read, added and removed by policies; nothing lets it be changed');
select throws_ok(
  $$ delete from storage.objects $$, '42501', 'Direct deletion from storage tables is not allowed. Use the Storage API instead.',
  'not even the owner deletes a file by SQL'
);
select is(storage.foldername('a/b/c.pdf'), '{a,b}'::text[], 'a path has folders');
select is(storage.filename('a/b/c.tar.gz') || ' ' || storage.extension('a/b/c.tar.gz'), 'c.tar.gz gz', 'a name and what it ends with');

-- What a row may hold.
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select lives_ok(
  $$ insert into public.partner_documents (organization_id, partner_id, title, document_type, notion_url, tags)
     select northwind, partner, 'Agreement', 'agreement', 'https://www.notion.so/a?b=c', '{one,"two words",Grün}' from known $$,
  'a document with an address and tags'
);
select throws_ok(
  format('insert into public.partner_documents (organization_id, partner_id, title, document_type, %s) select northwind, partner, ''Wrong'', ''plan'', %L from known',
    field, given), '23514', null, format('%s: %s', field, why)
)
from (values
  ('notion_url', 'javascript:alert(1)', 'no script'), ('notion_url', E'java\nscript:alert(1)', 'also in two lines'),
  ('notion_url', 'data:text/html,x', 'no data'), ('notion_url', ' https://a.example', 'no blank before it'),
  ('notion_url', 'https://user@a.example', 'nobody''s name in it'), ('tags', '{""}', 'no empty tag'), ('tags', '{" a"}', 'no blanks around a tag'),
  ('tags', E'{"a\nb"}', 'a tag is one line'), ('tags', '{null}', 'no missing tag'), ('tags', '{{a},{b}}', 'a list, no table'),
  ('tags', '{' || repeat('t,', 20) || 't}', 'at most 20'), ('tags', '{' || repeat('x', 41) || '}', 'of at most 40 characters')
) as wrong (field, given, why);
select throws_ok(
  format('insert into public.partner_documents (organization_id, partner_id, title, document_type) select northwind, partner, %L, ''plan'' from known', given),
  '23514', null, format('a title is not %s', why)
)
from (values ('', 'empty'), (' x', 'indented'), (E'a\tb', 'with a tab'), (repeat('x', 201), 'longer than 200')) as wrong (given, why);
select throws_ok(
  $$ insert into public.partner_documents (organization_id, partner_id, title, document_type) select northwind, partner, 'Wrong', 'poem' from known $$,
  'PW050', null, 'its kind is one of those that are configured'
);
select throws_ok(
  $$ insert into public.partner_documents (organization_id, partner_id, title, document_type) select northwind, other_partner, 'Wrong', 'plan' from known $$,
  '23503', null, 'a partner of another organization is none'
);
select throws_ok(
  format('insert into public.partner_documents (organization_id, partner_id, title, document_type, %I) select northwind, partner, ''Wrong'', ''plan'', null from known', field),
  '42501', null, format('%s is not for clients to write', field)
)
from unnest(array['id', 'current_version', 'source', 'version', 'created_at', 'archived_at']) as field;
select throws_ok(
  $$ update public.partner_documents set partner_id = gen_random_uuid() $$, '42501', null, 'a document stays with its partner'
);
select throws_ok(
  $$ insert into public.partner_resources (organization_id, title, url, document_type) select northwind, 'Wrong', 'mailto:a@b.example', 'plan' from known $$,
  '23514', null, 'a resource leads to a page'
);
select throws_ok(
  $$ insert into public.partner_document_versions (organization_id) select northwind from known $$, '42501', null, 'versions are not written by clients'
);

-- Announced, stored, finished.
insert into told select 'path', public.start_document_version(
  d.organization_id, d.id, 'Agreement 2026 (final).pdf', 'Application/PDF', 100, '  signed  '
) from public.partner_documents as d where d.partner_id = (select partner from known);
select matches(pg_temp.told('path'), '^([0-9a-f-]{36}/){4}Agreement_2026_final_.pdf$', 'the path has the ids of all that it belongs to, and plain letters');
select results_eq(
  $$ select number, file_name, mime_type, note, source, stored_at is null, uploaded_by = auth.uid() from public.partner_document_versions
     where partner_id = (select partner from known) $$,
  $$ values (1::bigint, 'Agreement 2026 (final).pdf', 'application/pdf', 'signed', 'staff', true, true) $$, 'the row keeps the name as it was'
);
select is((select current_version from public.partner_documents where partner_id = (select partner from known)), 0::bigint, 'announced is not there yet');
select throws_ok(
  $$ select public.finish_document_version(northwind, pg_temp.told('path')) from known $$, 'PW064', null, 'and cannot be finished'
);
set local role postgres;
insert into storage.objects (bucket_id, name, metadata) values ('partner-documents', pg_temp.told('path'), '{"size": 99, "mimetype": "application/pdf"}');
set local role authenticated;
select is((select public.finish_document_version(northwind, pg_temp.told('path')) from known), 1::bigint, 'it is the first version');
select is((select public.finish_document_version(northwind, pg_temp.told('path')) from known), 1::bigint, 'however often that is said');
select results_eq(
  $$ select d.current_version, v.size_bytes from public.partner_documents as d join public.partner_document_versions as v on v.document_id = d.id
     where d.partner_id = (select partner from known) $$,
  $$ values (1::bigint, 99::bigint) $$, 'as large as it is'
);
select is(
  (select count(*) from public.start_document_version(
    (select northwind from known), (select id from public.partner_documents where partner_id = (select partner from known)), 'more.pdf', 'application/pdf', 1
  ), generate_series(1, 1)), 1::bigint, 'a second one may follow'
);
set local role postgres;
insert into public.partner_document_versions
  (id, organization_id, partner_id, document_id, number, storage_path, file_name, mime_type, size_bytes)
select made.id, d.organization_id, d.partner_id, d.id, 2 + made.n,
  concat_ws('/', d.organization_id, d.partner_id, d.id, made.id, 'x.pdf'), 'x.pdf', 'application/pdf', 1
from public.partner_documents as d, (select gen_random_uuid() as id, n from generate_series(1, 19) as n) as made
where d.partner_id = (select partner from known);
select throws_ok(
  format(
    'update public.partner_document_versions set storage_path = %L where number = 1 and storage_path = %L', 
    replace(pg_temp.told('path'), northwind::text, contoso::text), pg_temp.told('path')
  ), '23514', null, 'a row can never open what lies in another organization''s folder'
) from known;
set local role authenticated;
select throws_ok(
  $$ select public.start_document_version(northwind, d.id, 'a.pdf', 'application/pdf', 1) from known, public.partner_documents as d
     where d.partner_id = known.partner $$,
  'PW063', null, 'twenty that are not finished are enough'
);

select * from finish();
rollback;
