-- Deals: what follows from the stage, which reasons are taken, that no stage is missing from the history, whose deal it is, and that
-- lists, counts and figures show each person what they may see.
begin;
create extension if not exists pgtap with schema extensions;
select plan(141);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso,
  pg_temp.id_of('rep@northwind.test') as rep, pg_temp.id_of('sales@northwind.test') as manager;
grant select on known to authenticated, anon;

-- A place of its own: nobody's deals but those made here.
insert into public.organizations (name, slug, seat_limit) values ('Pipeline', 'pipeline-of-tests', 100);
update known set northwind = (select id from public.organizations where slug = 'pipeline-of-tests');
insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color)
select known.northwind, p.user_id, r.id, p.display_name, p.email, p.avatar_color
from known
join (values ('sales@northwind.test', 'sales_manager'), ('rep@northwind.test', 'sales_rep'), ('vp@northwind.test', 'vp'), ('data@northwind.test', 'data_team'))
  as given (address, role) on true
join public.profiles as p on p.email = given.address
join public.roles as r on r.organization_id = known.northwind and r.key = given.role;
insert into public.partners (organization_id, name) select northwind, name from known, (values ('First'), ('Second')) as given (name);
insert into public.partners (organization_id, name) select contoso, 'Foreign' from known;
insert into public.customers (organization_id, name) select northwind, name from known, (values ('Acme'), ('Globex 100%')) as given (name);
insert into public.customers (organization_id, name) select contoso, 'Foreign customer' from known;
alter table known add column acme uuid, add column globex uuid, add column foreign_customer uuid, add column first uuid, add column second uuid,
  add column foreign_partner uuid;
update known set
  acme = (select id from public.customers where organization_id = northwind and name = 'Acme'),
  globex = (select id from public.customers where organization_id = northwind and name like 'Globex%'),
  foreign_customer = (select id from public.customers where name = 'Foreign customer'),
  first = (select id from public.partners where organization_id = northwind and name = 'First'),
  second = (select id from public.partners where organization_id = northwind and name = 'Second'),
  foreign_partner = (select id from public.partners where name = 'Foreign');

create function pg_temp.deal(deal_name text) returns public.opportunities language sql stable as $$
  select d from public.opportunities as d where d.organization_id = (select northwind from known) and d.name = deal_name
$$;
create function pg_temp.steps(deal_name text) returns text language sql stable as $$
  select string_agg(coalesce(h.from_stage, '') || '>' || h.to_stage || coalesce(':' || h.reason, ''), ' ' order by h.id)
  from public.opportunity_stage_history as h where h.opportunity_id = (pg_temp.deal(deal_name)).id
$$;

grant execute on function pg_temp.deal(text), pg_temp.steps(text) to authenticated;

-- The stage decides.
select pg_temp.become('sales@northwind.test');
set local role authenticated;
insert into public.opportunities (organization_id, customer_id, name, value, currency, expected_close_on)
select northwind, acme, 'Begun', 100.50, 'EUR', '2026-12-31' from known;
select is(
  (select row(stage, status, probability, closed_at, reason, closes_on)::text from pg_temp.deal('Begun')), '(lead,open,10.00,,,2026-12-31)',
  'a deal begins in the first open stage, with its probability'
);
update public.opportunities set stage = 'demo' where name = 'Begun';
select is((pg_temp.deal('Begun')).probability, 25.00, 'the probability follows the stage');
update public.opportunities set probability = 40 where name = 'Begun';
update public.opportunities set next_step = 'Call them' where name = 'Begun';
select is((pg_temp.deal('Begun')).probability, 40.00, 'a chosen one stays while the deal is edited');
update public.opportunities set stage = 'poc' where name = 'Begun';
select is((pg_temp.deal('Begun')).probability, 50.00, 'and goes when the stage changes without one');
update public.opportunities set stage = 'proposal', probability = 60 where name = 'Begun';
select is((pg_temp.deal('Begun')).probability, 60.00, 'but stays when it comes along');
update public.opportunities set probability = null where name = 'Begun';
select is((pg_temp.deal('Begun')).probability, 75.00, 'emptied, it is the stage''s again');
select is((pg_temp.deal('Begun')).version, 7::bigint, 'each edit is one version');

select throws_ok($$ update public.opportunities set stage = 'closed_won' where name = 'Begun' $$, 'PW057', 'Say why the deal was won.', 'closing asks for a reason');
select throws_ok($$ update public.opportunities set stage = 'closed_won', reason = 'competitor' where name = 'Begun' $$, 'PW058', null, 'a reason for losing is none for winning');
select throws_ok($$ update public.opportunities set reason = 'price' where name = 'Begun' $$, 'PW058', null, 'an open deal has none yet');
select throws_ok($$ update public.opportunities set stage = 'dreamt' where name = 'Begun' $$, 'PW050', null, 'a stage is one of those configured');
select throws_ok($$ update public.opportunities set stage = null where name = 'Begun' $$, '23502', null, 'and there has to be one');
select throws_ok($$ update public.opportunities set source = 'dreamt' where name = 'Begun' $$, 'PW050', null, 'so is a source');
select is((pg_temp.deal('Begun')).version, 7::bigint, 'nothing of this changed it');

update public.opportunities set stage = 'closed_won', reason = 'partner', probability = 3 where name = 'Begun';
select is(
  (select row(status, probability, closed_at = now(), reason)::text from pg_temp.deal('Begun')), '(won,100.00,t,partner)', 'won is 100 percent, closed now'
);
set local role postgres;
select is((pg_temp.deal('Begun')).closes_on, (now() at time zone 'UTC')::date, 'and counts on the day it closed');
select set_config('request.jwt.claims', '', true);
insert into public.opportunities (organization_id, customer_id, name, stage, reason, closed_at, created_at)
select northwind, acme, 'Copied', 'closed_lost', 'timing', '2026-01-01 03:00+00', '2025-06-01' from known;
insert into public.configurations (organization_id, category, key, value) select northwind, 'organization', 'time_zone', '"America/New_York"' from known;
insert into public.opportunities (organization_id, customer_id, name, stage, reason, closed_at)
select northwind, acme, 'In New York', 'closed_lost', 'timing', '2026-01-01 03:00+00' from known;
select is((pg_temp.deal('In New York')).closes_on, '2025-12-31'::date, 'the day is the one of the organization''s clock');
select pg_temp.become('sales@northwind.test');
set local role authenticated;
update public.opportunities set next_step = 'Ask again', expected_close_on = '2027-02-03' where name = 'Copied';
select is(
  (select row(status, closed_at = '2026-01-01 03:00+00', closes_on, probability)::text from pg_temp.deal('Copied')), '(lost,t,2026-01-01,0.00)',
  'a closed deal that is edited stays closed when it was'
);
select throws_ok($$ update public.opportunities set reason = null where name = 'Copied' $$, 'PW057', null, 'its reason cannot be taken away');
update public.opportunities set reason = 'other' where name = 'Copied';
select throws_ok($$ update public.opportunities set stage = 'closed_won', reason = 'competitor' where name = 'Copied' $$, 'PW058', null, 'nor does it fit the other end');
update public.opportunities set stage = 'closed_won', reason = 'product' where name = 'Copied';
select is(
  (select row(status, closed_at = '2026-01-01 03:00+00', probability)::text from pg_temp.deal('Copied')), '(won,t,100.00)', 'the other end on the same day'
);
update public.opportunities set stage = 'demo' where name = 'Copied';
select is(
  (select row(status, closed_at, reason, probability, closes_on)::text from pg_temp.deal('Copied')), '(open,,,25.00,2027-02-03)', 'reopened, it has no end'
);
set local role postgres;
select is(pg_temp.steps('Begun'), '>lead lead>demo demo>poc poc>proposal proposal>closed_won:partner', 'no stage is missing from the history');
select is(pg_temp.steps('Copied'), '>closed_lost:timing closed_lost>closed_won:product closed_won>demo', 'nor the way back');
select is(
  (select row(h.changed_at = '2026-01-01 03:00+00', h.actor)::text from public.opportunity_stage_history as h where h.opportunity_id = (pg_temp.deal('Copied')).id order by h.id limit 1),
  '(t,system:postgres)', 'what came from elsewhere has its own date'
);
select is(
  (select h.actor from public.opportunity_stage_history as h where h.opportunity_id = (pg_temp.deal('Begun')).id order by h.id limit 1),
  'user:' || (select manager from known), 'and each step says who'
);

-- Who changes what is configured does not rewrite what happened.
select results_eq(
  $$ select e.amount from known, private.deals_in_changed_stages(northwind, null,
       '[{"key": "demo", "label": "Demo", "outcome": "lost"}, {"key": "closed_won", "label": "Won", "outcome": "won"}]') as e $$,
  array[1::bigint], 'the preview counts deals in a stage whose outcome changes'
);
select results_eq(
  $$ select e.amount from known, private.lost_choices_of_pipeline_stages(northwind,
       '[{"key": "demo"}, {"key": "closed_won"}, {"key": "lead"}]', '[{"key": "lead"}]') as e $$,
  array[2::bigint], 'and those in stages that are removed'
);
insert into public.configurations (organization_id, category, key, value)
select northwind, 'pipeline', 'stages', '[{"key": "first", "label": "First", "color": "slate", "probability": 20, "outcome": "open"},
  {"key": "closed_won", "label": "Won", "color": "green", "probability": 100, "outcome": "won"},
  {"key": "closed_lost", "label": "Lost", "color": "rose", "probability": 0, "outcome": "lost"}]' from known;
set local role authenticated;
update public.opportunities set next_step = 'Still here' where name = 'Copied';
select is((select row(stage, status, next_step)::text from pg_temp.deal('Copied')), '(demo,open,"Still here")', 'a deal in a removed stage can be edited');
update public.opportunities set stage = 'first' where name = 'Copied';
select throws_ok($$ update public.opportunities set stage = 'demo' where name = 'Copied' $$, 'PW050', null, 'but nothing comes into it any more');
set local role postgres;
delete from public.configurations where organization_id = (select northwind from known);

-- Money.
set local role authenticated;
prepare priced as insert into public.opportunities (organization_id, customer_id, name, value, currency) select northwind, acme, 'Priced', $1, $2 from known;
select throws_ok($$ execute priced ('NaN', 'EUR') $$, '23514', null, 'what is no number is refused');
select throws_ok($$ execute priced ('Infinity', 'EUR') $$, '23514', null, 'so is what has no end');
select throws_ok($$ execute priced (-1, 'EUR') $$, '23514', null, 'what is below zero');
select throws_ok($$ execute priced (1.001, 'EUR') $$, '23514', null, 'what is finer than a cent');
select throws_ok($$ execute priced (1.0000000000001, 'EUR') $$, '23514', null, 'however much finer');
select throws_ok($$ execute priced (1.5, 'JPY') $$, '23514', null, 'half a yen');
select throws_ok($$ execute priced (1, null) $$, '23514', null, 'an amount of nothing');
select throws_ok($$ execute priced (1, 'XXX') $$, '23514', null, 'a currency that is none');
select throws_ok($$ execute priced (1, 'CHF') $$, 'PW050', null, 'and one in which no deals are entered here');

-- References.
select throws_ok('insert into public.opportunities (organization_id, customer_id, name) select northwind, foreign_customer, ''x'' from known', '23503', null, 'a foreign customer is none');
select throws_ok('insert into public.opportunities (organization_id, customer_id, partner_id, name) select northwind, acme, foreign_partner, ''x'' from known', '23503', null, 'a foreign partner is none');
select throws_ok($$ update public.opportunities set customer_id = (select foreign_customer from known) where name = 'Begun' $$, '23503', null, 'nor later');
select throws_ok($$ update public.opportunities set partner_id = (select first from known) where name = 'Begun' $$, '42501', null, 'the partner is no field to be written');
select throws_ok('insert into public.opportunities (organization_id, customer_id, name) select contoso, foreign_customer, ''x'' from known', '42501', null, 'nobody adds to another organization');
select throws_ok('insert into public.opportunities (organization_id, customer_id, owner_id, name) select northwind, acme, gen_random_uuid(), ''x'' from known', 'PW051', null, 'an owner is a member');

-- Whose deal it is.
insert into public.opportunities (organization_id, customer_id, name, owner_id, value, currency, expected_close_on)
select northwind, globex, 'The rep''s', rep, 10, 'EUR', '2026-03-01' from known;
select is((public.move_opportunity((select northwind from known), (pg_temp.deal('The rep''s')).id, (select first from known), 1) ->> 'version'), '2', 'a deal gets a partner');
select throws_ok($$ select public.move_opportunity((select northwind from known), (pg_temp.deal('The rep''s')).id, (select second from known), 1) $$, 'PW006', null, 'with the version that was seen');
select throws_ok($$ select public.move_opportunity((select northwind from known), (pg_temp.deal('The rep''s')).id, (select foreign_partner from known), 2) $$, 'PW012', 'This partner does not exist in the organization.', 'no foreign partner');
select throws_ok($$ select public.move_opportunity((select northwind from known), (pg_temp.deal('The rep''s')).id, gen_random_uuid(), 2) $$, 'PW012', 'This partner does not exist in the organization.', 'as none at all');
select is((public.move_opportunity((select northwind from known), (pg_temp.deal('Begun')).id, (select first from known), 8) ->> 'version'), '9', 'a closed deal can still get the partner it had none of');
select throws_ok($$ select public.move_opportunity((select northwind from known), (pg_temp.deal('Begun')).id, (select second from known), 9) $$, 'PW059', null, 'and keeps it');
select throws_ok($$ select public.move_opportunity((select northwind from known), (pg_temp.deal('Begun')).id, null, 9) $$, 'PW059', null, 'in any case');
set local role postgres;
insert into public.opportunities (organization_id, customer_id, name, owner_id) select northwind, acme, 'The rep''s without partner', rep from known;

select pg_temp.become('rep@northwind.test');
set local role authenticated;
select results_eq('select name from public.opportunities where organization_id = (select northwind from known) order by name', array['The rep''s', 'The rep''s without partner'], 'a rep reads their own deals');
select results_eq(
  $$ select distinct d.name from public.opportunity_stage_history as h left join public.opportunities as d on d.id = h.opportunity_id where h.organization_id = (select northwind from known) order by 1 $$,
  array['The rep''s', 'The rep''s without partner'], 'and the history of those'
);
select is((select count(*) from public.customers where organization_id = (select northwind from known)), 2::bigint, 'but every customer');
select is_empty($$ update public.opportunities set next_step = 'Mine now' where name = 'Begun' returning 1 $$, 'a rep changes no other''s deal');
select throws_ok($$ update public.opportunities set owner_id = (select manager from known) where name = 'The rep''s' $$, '42501', null, 'gives none away');
select throws_ok('insert into public.opportunities (organization_id, customer_id, name) select northwind, acme, ''Nobody''''s'' from known', '42501', null, 'and makes none for nobody');
select lives_ok('insert into public.opportunities (organization_id, customer_id, name, owner_id) select northwind, acme, ''Own'', rep from known', 'but their own');
select is_empty($$ update public.customers set name = 'Taken' where name = 'Acme' returning 1 $$, 'nor another''s customer');
select throws_ok('insert into public.customers (organization_id, name) select northwind, ''Nobody''''s'' from known', '42501', null, 'or one for nobody');
select is((public.move_opportunity((select northwind from known), (pg_temp.deal('The rep''s without partner')).id, (select second from known), 1) ->> 'version'), '2', 'a rep says once whose deal it is');
select is((public.move_opportunity((select northwind from known), (pg_temp.deal('The rep''s without partner')).id, (select first from known), 2) ->> 'code'), '42501', 'and not again');
select throws_ok($$ select public.move_opportunity((select northwind from known), (select min(opportunity_id::text)::uuid from public.opportunity_stage_history where false), null, 1) $$, 'PW012', null, 'what is not there is not there');
select is(public.count_opportunities((select northwind from known)), 3::bigint, 'a rep''s count is of their own');
select is((select count(*) from public.opportunities_page((select northwind from known))), 3::bigint, 'so is their list');
select results_eq($$ select name from public.opportunities_page((select northwind from known), '{"search": "GLOBEX 100%"}') $$, array['The rep''s'], 'found by the customer''s name');
select is_empty($$ select name from public.opportunities_page((select northwind from known), '{"search": "begun"}') $$, 'what others own is not found');
select results_eq($$ select currency, status, deals, value, weighted from public.pipeline_summary((select northwind from known)) where currency is not null $$, $$ values ('EUR', 'open', 1::bigint, 10::numeric, 1.00::numeric) $$, 'and figures are of their own');
set local role postgres;

-- The list: everybody's deals once, in each order, from both ends.
insert into public.opportunities (organization_id, customer_id, name, value, currency, stage, reason, expected_close_on, owner_id, partner_id)
select northwind, case when n % 2 = 0 then acme else globex end, 'Deal ' || n % 4, case when n % 3 > 0 then n * 10 end, case when n % 3 > 0 then (array['EUR', 'USD'])[n % 2 + 1] end,
  (array['lead', 'proposal', 'closed_won', 'closed_lost', 'demo'])[n % 5 + 1], case when n % 5 in (2, 3) then 'price' end,
  case when n % 4 > 0 then date '2026-01-01' + n % 7 end, case when n % 2 = 0 then rep else manager end, case when n % 3 = 0 then first end
from known, generate_series(1, 23) as n;

create function pg_temp.walked(sort text, descending boolean, backwards boolean) returns uuid[] language plpgsql as $$
declare
  seen uuid[] := '{}';
  page uuid[];
begin
  loop
    page := array(select id from public.opportunities_page(
      (select northwind from known), '{}', sort, descending, case when backwards then seen[1] else seen[cardinality(seen)] end, backwards, 4
    ));
    exit when page = '{}';
    seen := case when backwards then page || seen else seen || page end;
  end loop;
  return seen;
end
$$;
grant execute on function pg_temp.walked(text, boolean, boolean) to authenticated;
create temporary table stage_places (stage text, place integer);
insert into stage_places values ('lead', 1), ('demo', 2), ('poc', 3), ('proposal', 4), ('closed_won', 5), ('closed_lost', 6), ('first', 7);
grant select on stage_places to authenticated;

create function pg_temp.each_once(who text, condition text) returns setof text language sql as $body$
  select results_eq(
    format('select unnest(pg_temp.walked(%L, %L, %L))', sort, descending, backwards),
    format(
      'select d.id from public.opportunities as d join stage_places as s on s.stage = d.stage
       where d.organization_id = (select northwind from known) %s order by %s',
      condition, replace(keys, ';', case when descending then ' desc,' else ',' end) || case when descending then ' desc' else '' end
    ),
    format('%s by %s%s, %s: each once', who, sort, case when descending then ' downwards' else '' end, case when backwards then 'from the end' else 'from the beginning' end)
  )
  from (values
    ('name', 'd.name; d.id'), ('value', 'coalesce(d.currency, ''''); coalesce(d.value, -1); d.id'),
    ('closing', 'coalesce(d.closes_on, ''infinity''); d.id'), ('probability', 'd.probability; d.id'), ('updated', 'd.updated_at; d.id'),
    ('stage', 's.place; coalesce(d.closes_on, ''infinity''); d.id')
  ) as given (sort, keys)
  cross join (values (false, false), (true, false), (false, true)) as way (descending, backwards)
$body$;
grant execute on function pg_temp.each_once(text, text) to authenticated;
select pg_temp.become('sales@northwind.test');
set local role authenticated;
select pg_temp.each_once('for who sees all', '');
set local role postgres;
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select pg_temp.each_once('for a rep', 'and d.owner_id = (select rep from known)');
set local role postgres;

select pg_temp.become('vp@northwind.test');
set local role authenticated;
select is(
  (select count(*) from public.opportunities_page((select northwind from known), filters, page_size => 1000)), public.count_opportunities((select northwind from known), filters),
  format('as many as are counted: %s', filters)
)
from (values
  ('{"search": "deal 1"}'::jsonb), ('{"search": "acme"}'), ('{"search": "e"}'), ('{"stages": ["demo", "lead"]}'), ('{"statuses": ["won"]}'),
  ('{"partners": ["00000000-0000-0000-0000-000000000000"]}'), ('{"closes_from": "2026-01-02", "closes_until": "2026-01-04"}'),
  ('{"search": "acme", "statuses": ["open"]}'), ('{"sources": [""]}')
) as given (filters);
select is(public.count_opportunities((select northwind from known), '{"search": "deal 1"}'), 6::bigint, 'a search finds all');
select results_eq(
  $$ select name from public.opportunities_page((select northwind from known), '{"search": "deal 1", "statuses": ["won"]}', 'name') $$,
  $$ select name from public.opportunities where name = 'Deal 1' and status = 'won' and organization_id = (select northwind from known) $$, 'search and filter together'
);
select is(public.count_opportunities((select northwind from known), '{"search": "%"}'), (select count(*) from public.opportunities as d where d.customer_id = (select globex from known)), 'signs of patterns are letters');
select throws_ok($$ select * from public.opportunities_page((select northwind from known), sort => 'name; drop table x') $$, '22023', null, 'an order that is not offered is refused');
select throws_ok($$ select * from public.opportunities_page((select northwind from known), '{"notes": "x"}') $$, 'PW052', null, 'so is a filter');

-- Figures.
select results_eq(
  'select currency, status, deals, value, weighted from public.pipeline_summary((select northwind from known)) order by 1 nulls last, 2',
  $$ select currency, status, count(*), sum(value), round(sum(value * probability / 100), 2) from public.opportunities
     where organization_id = (select northwind from known) group by 1, 2 order by 1 nulls last, 2 $$, 'one line for each currency and status'
);
select results_eq(
  'select deals from public.pipeline_summary((select northwind from known), (select second from known))', array[1::bigint], 'or of one partner'
);
select is_empty('select * from public.pipeline_summary((select northwind from known), (select foreign_partner from known))', 'a foreign partner has none');

-- Others.
select throws_ok('select public.count_opportunities((select contoso from known))', '42501', 'You may not see the deals of this organization.', 'another organization is refused');
select throws_ok('select * from public.opportunities_page((select contoso from known))', '42501', 'You may not see the deals of this organization.', 'in each');
select throws_ok('select * from public.pipeline_summary(gen_random_uuid())', '42501', 'You may not see the deals of this organization.', 'as one that does not exist');
select is_empty($$ update public.opportunities set next_step = 'x' where organization_id = (select northwind from known) returning 1 $$, 'who only reads writes nothing');
select throws_ok($$ insert into public.opportunity_stage_history (organization_id, opportunity_id, to_stage, status, changed_at, actor, source_key) select northwind, gen_random_uuid(), 'won', 'won', now(), 'x', 'x' from known $$, '42501', null, 'nobody writes history');
set local role anon;
select throws_ok('select * from public.opportunities_page((select northwind from known))', '42501', null, 'without signing in: nothing');
set local role postgres;

-- History stays.
select throws_ok('update public.opportunity_stage_history set to_stage = ''x''', 'PW040', null, 'history is not changed');
select throws_ok('delete from public.opportunity_stage_history', 'PW040', null, 'nor shortened');
select throws_ok('truncate public.opportunity_stage_history', 'PW040', null, 'nor emptied');
select is(
  (select count(*) > 0 from known, public.opportunity_stage_history as h where h.actor = 'user:' || manager and h.actor_name is not null), true,
  'who moved deals is known by name'
);
select lives_ok(format('select private.erase_personal_data(%L, %L)', manager, 'Asked for by the tests.'), 'until they ask that their data goes') from known;
select is(
  (select count(*) from known, public.opportunity_stage_history as h where h.actor = 'user:' || manager and h.actor_name is not null), 0::bigint,
  'then only what happened stays'
);
delete from public.opportunities where name = 'Begun';
select is((select count(*) from public.opportunity_stage_history where to_stage = 'closed_won' and reason = 'partner' and opportunity_id not in (select id from public.opportunities)), 1::bigint, 'and outlives the deal');

-- Customers.
insert into public.customers (organization_id, name, website, contact_email) select northwind, 'Site', 'https://www.Site.example/about', 'sam@gmail.com' from known;
select is((select web_domain from public.customers where name = 'Site'), 'site.example', 'a customer is known by its website');
update public.customers set website = null where name = 'Site';
select is((select web_domain from public.customers where name = 'Site'), null, 'free mail says nothing');
update public.customers set contact_email = 'sam@Mail.Site.example' where name = 'Site';
select is((select web_domain from public.customers where name = 'Site'), 'mail.site.example', 'an address of its own does');
update public.customers set web_domain = 'HTTPS://site.example/' where name = 'Site';
update public.customers set website = 'https://other.example' where name = 'Site';
select is((select web_domain from public.customers where name = 'Site'), 'site.example', 'what was typed stays');
select throws_ok($$ update public.customers set web_domain = 'no domain' where name = 'Site' $$, '23514', null, 'if it is one');
select throws_ok($$ update public.customers set website = 'javascript:alert(1)' where name = 'Site' $$, '23514', null, 'a website is one');

select * from finish();
rollback;
