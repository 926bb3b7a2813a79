-- The timeline as screens read it: pages that follow each other, filters, and nothing that the reader may not see in its own place.
begin;
create extension if not exists pgtap with schema extensions;
select plan(32);

create function pg_temp.person(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.person(address), 'role', 'authenticated')::text, true)
$$;
-- An organization of its own, so that whatever the seed has told is somewhere else.
insert into public.organizations (name, slug) values ('Timeline reading', 'timeline-reading'), ('Timeline elsewhere', 'timeline-elsewhere');
insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
select o.id, p.user_id, r.id, given.name, 'teal'
from (values ('timeline-reading', 'vp@northwind.test', 'vp', 'Reader'), ('timeline-reading', 'rep@northwind.test', 'sales_rep', 'Seller'),
  ('timeline-elsewhere', 'rep@northwind.test', 'org_admin', 'Elsewhere')) as given (slug, email, role_key, name)
join public.organizations as o on o.slug = given.slug
join public.profiles as p on p.email = given.email
join public.roles as r on r.organization_id = o.id and r.key = given.role_key;
create temporary table known as
select o.id as here, e.id as elsewhere, pg_temp.person('rep@northwind.test') as rep
from public.organizations as o, public.organizations as e where o.slug = 'timeline-reading' and e.slug = 'timeline-elsewhere';
grant select on known to authenticated;

create table public.probe (
  id uuid primary key default gen_random_uuid(), organization_id uuid not null, partner_id uuid, title text, at timestamptz,
  version bigint not null default 1
);
select private.switch_on_timeline('public.probe', partner => 'n.partner_id', label => 'n.title', rules => array[
  private.activity_rule('interaction_logged', 'insert', $$n.title not like 'Deal%'$$, occurred_at => 'n.at', visible => $$n.title like '%0'$$),
  private.activity_rule('opportunity_won', 'insert', $$n.title like 'Deal%'$$, occurred_at => 'n.at')
]);
select set_config('app.job', 'import', true), set_config('request.jwt.claims', '', true);
insert into public.partners (organization_id, name) select here, 'Alpha' from known;
insert into public.partners (organization_id, name) select elsewhere, 'Foreign' from known;
create function pg_temp.alpha() returns uuid language sql security definer as $$ select id from public.partners where name = 'Alpha' $$;
create function pg_temp.foreign_partner() returns uuid language sql security definer as $$ select id from public.partners where name = 'Foreign' $$;
grant execute on function pg_temp.alpha(), pg_temp.foreign_partner() to authenticated;
-- 120 of Alpha, ten of them at each moment; 30 of no partner; then somebody else's deals and what happened elsewhere, newer than all.
insert into public.probe (organization_id, partner_id, title, at)
select here, pg_temp.alpha(), 'A' || n, '2026-01-01'::timestamptz + (n / 10) * interval '1 day' from known, generate_series(1, 120) as n;
insert into public.probe (organization_id, title, at) select here, 'N' || n, '2026-02-01'::timestamptz + n * interval '1 hour' from known, generate_series(1, 30) as n;
select pg_temp.become('rep@northwind.test');
insert into public.probe (organization_id, partner_id, title, at) select here, pg_temp.alpha(), 'Deal', '2026-03-01' from known;
insert into public.probe (organization_id, partner_id, title, at) select here, pg_temp.alpha(), 'Mine', '2026-03-02' from known;
insert into public.probe (organization_id, partner_id, title, at) select elsewhere, pg_temp.foreign_partner(), 'Foreign', '2026-04-01' from known;

select pg_temp.become('vp@northwind.test');
set local role authenticated;
create function pg_temp.page(
  partner uuid default null, kinds text[] default null, actors text[] default null, since timestamptz default null,
  until timestamptz default null, before_at timestamptz default null, before_id bigint default null, page_size integer default 50
) returns table (id bigint, occurred_at timestamptz, kind text, label text) language sql as $$
  select t.id, t.occurred_at, t.kind, t.subject_label
  from public.partner_timeline((select here from known), partner, kinds, actors, since, until, before_at, before_id, page_size) as t
$$;
-- All pages of a filter, one after the other.
create function pg_temp.all_pages(of_partner uuid, of_kinds text[], of_actors text[], size integer) returns bigint[] language plpgsql as $$
declare
  found bigint[] := '{}';
  page record;
  last_at timestamptz;
  last_id bigint;
begin
  loop
    select array_agg(p.id) as ids, min(p.occurred_at) as at, (array_agg(p.id order by p.occurred_at, p.id))[1] as id into page
    from pg_temp.page(of_partner, of_kinds, of_actors, before_at => last_at, before_id => last_id, page_size => size) as p;
    exit when page.ids is null;
    found := found || page.ids;
    last_at := page.at;
    last_id := page.id;
  end loop;
  return found;
end
$$;

select is((select count(*) from pg_temp.page(pg_temp.alpha())), 50::bigint, 'a page has 50 events');
select is((select count(*) from pg_temp.page(page_size => 100000)), 153::bigint, 'and never more than 200');
select is((select count(*) from pg_temp.page(page_size => 0)), 1::bigint, 'nor fewer than one');
select is((select array_agg(label) from pg_temp.page(pg_temp.alpha(), page_size => 4)), '{Alpha,Mine,Deal,A120}', 'newest first');
select is(cardinality(pg_temp.all_pages(pg_temp.alpha(), null, null, 7)), 123, 'pages of a partner follow each other to the end');
select is((select count(distinct i) from unnest(pg_temp.all_pages(pg_temp.alpha(), null, null, 7)) as i), 123::bigint, 'each event once, also within one moment');
select is((select count(distinct i) from unnest(pg_temp.all_pages(null, null, null, 9)) as i), 153::bigint, 'and so do the organization''s');
select is((select count(distinct i) from unnest(pg_temp.all_pages(null, '{interaction_logged}', null, 11)) as i), 151::bigint, 'those of a kind');
select is((select count(distinct i) from unnest(pg_temp.all_pages(null, null, '{system:import}', 13)) as i), 151::bigint, 'and those of an actor');
select results_eq(
  'select label from pg_temp.page(pg_temp.alpha(), page_size => 200)',
  'select label from pg_temp.page(pg_temp.alpha(), page_size => 200) order by occurred_at desc, id desc', 'always in the order of time'
);
select is((select array_agg(label) from pg_temp.page(kinds => '{opportunity_won}')), '{Deal}', 'one kind');
select is((select array_agg(label) from pg_temp.page(pg_temp.alpha(), kinds => '{opportunity_won}')), '{Deal}', 'of one partner');
select is((select array_agg(label) from pg_temp.page(pg_temp.alpha(), actors => array(select 'user:' || rep from known))), '{Mine,Deal}', 'what somebody did there');
select is((select array_agg(label) from pg_temp.page(actors => array(select 'user:' || rep from known), kinds => '{interaction_logged}')), '{Mine}', 'by kind and actor');
select is((select count(*) from pg_temp.page(since => '2026-02-01 05:00+00', until => '2026-02-01 07:00+00')), 2::bigint, 'a period has its beginning and not its end');
select is((select count(*) from pg_temp.page(pg_temp.alpha(), since => '2026-01-03', until => '2026-01-04')), 10::bigint, 'of a partner, too');
select is((select count(*) from pg_temp.page(kinds => '{}')), 0::bigint, 'no kind, no event');
select is((select count(*) from pg_temp.page(kinds => '{nothing_such}')), 0::bigint, 'nor for a kind that does not exist');
select throws_ok($$ select * from pg_temp.page(actors => array_fill('system:x'::text, array[51])) $$, '22023', null, 'nor for everybody at once');
select results_eq(
  $$ select partner_name, actor_id, actor_name, is_visible_to_partner from public.partner_timeline((select here from known), kinds => '{opportunity_won}') $$,
  $$ select 'Alpha'::text, rep, 'Seller'::text, false from known $$, 'people are called what they are called in the organization'
);
select is_empty($$ select * from pg_temp.page(pg_temp.foreign_partner()) $$, 'another organization''s partner has no events here');
select throws_ok($$ select public.partner_timeline((select elsewhere from known)) $$, '42501', null, 'nor has another organization');
select throws_ok($$ select public.timeline_facets((select elsewhere from known)) $$, '42501', null, 'nor what to filter it by');
select is(
  (select jsonb_path_query_array(public.timeline_facets(here), '$.actors[*].name') from known), '["Seller", null]'::jsonb,
  'who acted here can be filtered by, whoever else acts elsewhere'
);
select cmp_ok((select jsonb_array_length(public.timeline_facets(here) -> 'kinds') from known), '>=', 41, 'and every kind');

-- A representative sees deals of their own only, so the timeline does not tell of all.
reset role;
insert into public.customers (organization_id, name) select here, 'Customer' from known;
insert into public.opportunities (organization_id, customer_id, partner_id, name, owner_id)
select here, (select id from public.customers where name = 'Customer'), pg_temp.alpha(), 'Own', rep from known;
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select is((select array_agg(label) from pg_temp.page(kinds => '{opportunity_created}')), '{Own}', 'but of their own');
select is((select array_agg(label) from pg_temp.page(pg_temp.alpha(), page_size => 1)), '{Own}', 'also on the partner''s');
select is((select array_agg(label) from pg_temp.page(kinds => '{opportunity_created}', actors => '{system:import}')), null, 'by whoever is asked for');
select is((select count(*) from pg_temp.page(pg_temp.alpha(), kinds => '{opportunity_won}')), 0::bigint, 'and there not of others''');
select is((select count(*) from pg_temp.page(kinds => '{opportunity_won}')), 0::bigint, 'nobody reads of deals that they may not see');
select is((select array_agg(label) from pg_temp.page(pg_temp.alpha(), page_size => 4)), '{Own,Alpha,Mine,A120}', 'the rest is told');
select ok((select public.timeline_facets(here) -> 'kinds' @> '[{"kind": "opportunity_won"}]' from known), 'who has deals of their own can filter by them');
reset role;

select * from finish();
rollback;
