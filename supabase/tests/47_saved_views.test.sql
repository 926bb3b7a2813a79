-- Saved views: one's own, shared ones, and who keeps those in order.
begin;
create extension if not exists pgtap with schema extensions;
select plan(21);

-- As the owner: a person sees no profile but their own.
create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind, (select id from public.organizations where slug = 'contoso') as contoso;
grant select on known to authenticated;
delete from public.saved_views;
create function pg_temp.save(name text, shared boolean default false, definition jsonb default '{}', surface text default 'partners') returns void language sql as $$
  insert into public.saved_views (organization_id, surface, name, definition, is_shared) select northwind, surface, name, definition, shared from known
$$;
grant execute on function pg_temp.id_of(text), pg_temp.become(text), pg_temp.save(text, boolean, jsonb, text) to authenticated;

select pg_temp.become('rep@northwind.test');
set local role authenticated;
select lives_ok($$ select pg_temp.save('Mine', definition => '{"filters": []}') $$, 'everybody who sees partners keeps views');
select is((select owner_id from public.saved_views), pg_temp.id_of('rep@northwind.test'), 'of their own');
select throws_ok($$ select pg_temp.save('MINE') $$, '23505', null, 'each under a name of its own');
select throws_ok($$ select pg_temp.save('Ours', true) $$, '42501', null, 'sharing is for who may share');
select throws_ok($$ update public.saved_views set is_shared = true where name = 'Mine' $$, '42501', null, 'also later');
select throws_ok($$ update public.saved_views set owner_id = pg_temp.id_of('vp@northwind.test') where true $$, '42501', null, 'a view stays its owner''s');
select throws_ok(format('select pg_temp.save(%L, false, %s, %L)', name, definition, surface), '23514', null, story)
from (values
  ('x', $$'[]'$$, 'partners', 'a definition is an object'),
  ('x', $$jsonb_build_object('long', repeat('x', 65536))$$, 'partners', 'of at most 64 KB'),
  ('x', $$'{}'$$, 'passwords', 'of a list that there is'),
  ('', $$'{}'$$, 'partners', 'with a name')
) as given (name, definition, surface, story);
select throws_ok(
  $$ insert into public.saved_views (organization_id, name, definition) select contoso, 'x', '{}' from known $$, '42501', null, 'and none where one is nobody'
);

select pg_temp.become('sales@northwind.test');
select is_empty('select from public.saved_views', 'what is not shared, others do not see');
select lives_ok($$ select pg_temp.save('Mine', true) $$, 'the same name is free for others, and may be shared');

select pg_temp.become('partners@northwind.test');
update public.saved_views set definition = '{"sort": "name"}', position = 3 where true;
select results_eq(
  'select definition, version from public.saved_views', $$ values ('{"sort": "name"}'::jsonb, 2::bigint) $$, 'whoever may share keeps shared ones in order'
);
select throws_ok($$ update public.saved_views set is_shared = false where true $$, '42501', null, 'and does not hide them away from all but their owner');

select pg_temp.become('vp@northwind.test');
select is((select count(*) from public.saved_views), 1::bigint, 'everybody who sees partners sees them');
update public.saved_views set position = 9 where true;
delete from public.saved_views where true;
select is((select position from public.saved_views), 3::bigint, 'and changes or deletes none');

select pg_temp.become('sales@northwind.test');
reset role;
delete from public.role_permissions as held using public.roles as r, known
where r.id = held.role_id and r.organization_id = known.northwind and r.key = 'sales_manager' and held.permission = 'views.share';
set local role authenticated;
update public.saved_views set position = 5, is_shared = false where true;
select results_eq('select position, is_shared from public.saved_views', $$ values (5::bigint, false) $$, 'who may no longer share takes back what is theirs');
select throws_ok($$ update public.saved_views set is_shared = true where true $$, '42501', null, 'and shares it no more');
delete from public.saved_views where true;
reset role;
select results_eq(
  $$ select name, owner_id from public.saved_views $$, $$ values ('Mine', pg_temp.id_of('rep@northwind.test')) $$, 'one''s own view goes, others'' stay'
);
select is_empty($$ select from public.partner_activity_log where subject_table = 'saved_views' $$, 'none of it is on a timeline');

select * from finish();
rollback;
