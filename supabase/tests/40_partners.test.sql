-- The directory: who writes what, that choices are the organization's own, that its pages hold every partner once in each order,
-- and that many are changed together or not at all.
begin;
create extension if not exists pgtap with schema extensions;
select plan(65);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso,
  pg_temp.id_of('rep@northwind.test') as rep, pg_temp.id_of('sales@northwind.test') as sales, pg_temp.id_of('admin@contoso.test') as stranger;
grant select on known to authenticated, anon;
delete from public.partners;

-- Names repeat, some have no tier, one no agreement, one is archived, and one has a status that is no longer configured.
insert into public.partners (organization_id, name, status, tier, owner_id, agreement_ends_on, relationship_health, tags)
select known.northwind, case when n < 5 then 'Same Name' else 'Zoë 100%_' || n end,
  (array['inactive', 'active', 'pending'])[1 + n % 3], (array['silver', 'platinum', null, 'gold'])[1 + n % 4],
  case when n % 2 = 0 then pg_temp.id_of('rep@northwind.test') end, case when n <> 7 then date '2027-01-01' + (n % 5)::integer end, n * 7 % 11,
  case when n > 10 then '{at_risk}'::text[] else '{}' end
from known, generate_series(1, 14) as n;
alter table public.partners disable trigger _200_check_choices_on_update;
update public.partners set status = 'ancient' where name = 'Zoë 100%_14';
update public.partners set archived_at = now() where name = 'Zoë 100%_13';
alter table public.partners enable trigger _200_check_choices_on_update;

create function pg_temp.walked(sort text, descending boolean, backwards boolean) returns uuid[] language plpgsql as $$
declare
  seen uuid[] := '{}';
  page uuid[];
begin
  loop
    page := array(select id from public.partners_page(
      (select northwind from known), '{}', sort, descending, case when backwards then seen[1] else seen[cardinality(seen)] end, backwards, 4
    ));
    exit when page = '{}';
    seen := case when backwards then page || seen else seen || page end;
  end loop;
  return seen;
end
$$;
grant execute on function pg_temp.walked(text, boolean, boolean) to authenticated;

select pg_temp.become('rep@northwind.test');
set local role authenticated;

-- Reading
select results_eq(
  format('select unnest(pg_temp.walked(%L, %L, %L))', sort, descending, backwards),
  format(
    'select p.id from public.partners as p where p.organization_id = (select northwind from known) and p.archived_at is null order by %s',
    replace(keys, ';', case when descending then ' desc,' else ',' end) || case when descending then ' desc' else '' end
  ),
  format('by %s%s, %s: every partner once', sort, case when descending then ' downwards' else '' end, case when backwards then 'from the end' else 'from the beginning' end)
)
from (values
  ('name', 'p.name; p.id'), ('health', 'p.relationship_health; p.id'), ('updated', 'p.updated_at; p.id'),
  ('agreement_end', 'coalesce(p.agreement_ends_on, ''infinity''); p.id'),
  ('status', 'coalesce(array_position(array[''pending'', ''active'', ''inactive''], p.status), 9); p.name; p.id'),
  ('tier', 'coalesce(array_position(array[''platinum'', ''gold'', ''silver'', ''registered''], p.tier), 9); p.name; p.id')
) as given (sort, keys)
cross join (values (false, false), (true, false), (false, true)) as way (descending, backwards);
select is((select count(*) from public.partners_page((select northwind from known), '{"search": "sAmE"}')), 4::bigint, 'a name is found in any case');
select is((select count(*) from public.partners_page((select northwind from known), '{"search": "100%_1"}')), 4::bigint, 'signs of patterns are letters like others');
select is(public.count_partners((select northwind from known)), 13::bigint, 'archived partners are not counted with the others');
select is((select array_agg(name) from public.partners_page((select northwind from known), '{"archived": true}', 'archived')), array['Zoë 100%_13'], 'and stand in a list of their own');
select is(
  public.count_partners((select northwind from known), '{"tiers": [""], "statuses": ["pending"]}'),
  (select count(*) from public.partners where tier is null and status = 'pending' and archived_at is null), 'an empty tier asks for those without'
);
select is(
  public.count_partners((select northwind from known), '{"owners": ["00000000-0000-0000-0000-000000000000"]}'),
  (select count(*) from public.partners where owner_id is null and archived_at is null), 'the id of zeros asks for those without an owner'
);
select is((select count(*) from public.partners_page((select northwind from known), '{"tags": ["at_risk"]}', 'tier', page_size => 2)), 2::bigint, 'filter, order and page together');
select throws_ok($$ select public.count_partners((select northwind from known), '{"salary": 1}') $$, 'PW052', null, 'an unknown filter is named');
select throws_ok($$ select * from public.partners_page((select northwind from known), sort => 'id; drop') $$, '22023', null, 'an unknown order is refused');
select throws_ok($$ select * from public.partners_page((select contoso from known)) $$, '42501', null, 'another organization''s list is refused');
select throws_ok($$ select public.count_partners(gen_random_uuid()) $$, '42501', null, 'as one that does not exist');

-- One's own
select lives_ok(
  $$ insert into public.partners (organization_id, name, owner_id) select northwind, 'Of the rep', rep from known $$,
  'a rep adds a partner of their own'
);
select is((select status from public.partners where name = 'Of the rep'), 'pending', 'a partner begins with the first status');
select throws_ok($$ insert into public.partners (organization_id, name) select northwind, 'Of nobody' from known $$, '42501', null, 'but none for nobody');
select throws_ok(
  $$ update public.partners set owner_id = (select sales from known) where name = 'Of the rep' $$, '42501', null, 'nor gives theirs away'
);
select is_empty($$ update public.partners set notes = 'Mine' where owner_id is null returning id $$, 'nor changes what is not theirs');
select is_empty($$ update public.partners set owner_id = (select rep from known) where name = 'Zoë 100%_5' returning id $$, 'nor takes it');
select throws_ok($$ delete from public.partners where name = 'Of the rep' $$, '42501', null, 'nobody deletes a partner');
select throws_ok($$ update public.partners set archived_at = now() where name = 'Of the rep' $$, '42501', null, 'archiving is a function');
select is(
  public.archive_partners((select northwind from known), array(select id from public.partners where name = 'Of the rep')) ->> 'code',
  '42501', 'which asks for a right of its own'
);
select is_empty($$ select from public.partner_commission_terms $$, 'a rep sees no terms');

-- Choices and values
reset role;
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select throws_ok(
  $$ update public.partners set status = 'nope' where name = 'Of the rep' $$, 'PW050',
  '“nope” is none of the partner statuses here: Pending, Active, Inactive.', 'a status that is not configured is named with those that are'
);
select throws_ok($$ update public.partners set tags = '{strategic,nope}' where name = 'Of the rep' $$, 'PW050', null, 'so is a tag');
select lives_ok($$ update public.partners set notes = 'Still there' where name = 'Zoë 100%_14' $$, 'a row with a status that is gone can be edited');
select throws_ok(
  $$ update public.partners set owner_id = (select stranger from known) where name = 'Of the rep' $$, 'PW051', null, 'an owner is a member'
);
select throws_ok($$ update public.partners set website = 'javascript:alert(1)' where name = 'Of the rep' $$, '23514', null, 'a link is http or https');
select throws_ok($$ update public.partners set website = E'https://a.example/\tx' where name = 'Of the rep' $$, '23514', null, 'without what browsers drop');
select throws_ok(
  $$ update public.partners set agreement_starts_on = '2026-02-01', agreement_ends_on = '2026-01-31' where name = 'Of the rep' $$, '23514', null,
  'an agreement does not end before it begins'
);
select throws_ok($$ update public.partners set relationship_health = 99 where name = 'Of the rep' $$, '42501', null, 'health is computed');

-- Many at once
select is(
  (select count(*) from public.bulk_update_partners(
    (select northwind from known), array(select id from public.partners where name = 'Same Name'),
    '{"tier": "gold", "add_tags": ["strategic", "at_risk"], "remove_tags": ["at_risk"]}')),
  4::bigint, 'four partners are changed in one go'
);
select is((select count(*) from public.partners where name = 'Same Name' and tier = 'gold' and tags = '{strategic}'), 4::bigint, 'as was said');
select throws_ok(
  $$ select * from public.bulk_update_partners((select northwind from known), array(select id from public.partners where name = 'Same Name') || gen_random_uuid(), '{"tier": null}') $$,
  'PW053', '1 of 5 partners cannot be changed by you, so none was.', 'one that is not there takes all back'
);
select is((select count(*) from public.partners where name = 'Same Name' and tier = 'gold'), 4::bigint, 'and nothing changed');
select throws_ok(
  $$ select * from public.bulk_update_partners((select northwind from known), '{}', '{"name": "All the same"}') $$, 'PW052', null, 'other columns are not changed in bulk'
);
reset role;
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select throws_ok(
  $$ select * from public.bulk_update_partners((select northwind from known), array(select id from public.partners where name like 'Zoë%' and archived_at is null), '{"tier": "gold"}') $$,
  'PW053', null, 'a rep cannot change what is not theirs in bulk either'
);
reset role;
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select is(
  jsonb_array_length(public.archive_partners((select northwind from known), array(select id from public.partners where name = 'Same Name'))),
  4, 'archived'
);
select is(
  jsonb_array_length(public.archive_partners((select northwind from known), array(select id from public.partners where name = 'Same Name'), false)),
  4, 'and brought back'
);
select throws_ok($$ select public.archive_partners((select northwind from known), array[gen_random_uuid()]) $$, 'PW012', null, 'one that is not there is named');

-- Terms
select throws_ok(
  $$ insert into public.partner_commission_terms (organization_id, partner_id, commission_type) select organization_id, id, 'referral' from public.partners limit 1 $$,
  '42501', null, 'terms are set by whoever configures commissions'
);
reset role;
select pg_temp.become('admin@northwind.test');
set local role authenticated;
select lives_ok(
  $$ insert into public.partner_commission_terms (organization_id, partner_id, commission_type, rate, currency, tiers)
     select organization_id, id, 'referral', 12.5, 'EUR', '[{"from": 1000, "rate": 13}]' from public.partners where name = 'Of the rep' $$,
  'an administrator sets them'
);
select throws_ok($$ update public.partner_commission_terms set rate = 'NaN' $$, '23514', null, 'a rate is a number');
select throws_ok($$ update public.partner_commission_terms set deal_minimum = 0.001 $$, '23514', null, 'a limit is no finer than the currency');
select throws_ok($$ update public.partner_commission_terms set deal_minimum = 100.0000001 $$, '23514', null, 'however much finer');
select throws_ok($$ update public.partner_commission_terms set rate = 12.3456 $$, '23514', null, 'nor is a rate rounded to what nobody said');
select throws_ok(
  $$ update public.partner_commission_terms set tiers = '[{"from": 10, "rate": 1}, {"from": 5, "rate": 2}]' $$, 'PW050', null, 'rates by volume ascend'
);

-- Strangers
reset role;
set local role anon;
select throws_ok($$ select * from public.partners $$, '42501', null, 'strangers read nothing');
select throws_ok($$ select public.count_partners((select northwind from known)) $$, '42501', null, 'and call nothing');

select * from finish();
rollback;
