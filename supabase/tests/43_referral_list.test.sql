-- The list of referrals: that its pages hold every referral once in each order, what it filters by, and who may read it.
begin;
create extension if not exists pgtap with schema extensions;
select plan(27);

-- As the owner: a person sees no profile but their own.
create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind, gen_random_uuid() as partner, gen_random_uuid() as other;
grant select on known to authenticated;
insert into public.partners (id, organization_id, name)
select partner, northwind, 'Listed Co' from known union all select other, northwind, 'Other Co' from known;

-- Names repeat, some have no company, several came in the same moment.
insert into public.partner_referrals (
  organization_id, partner_id, client_name, client_company, client_email, status, decision_reason, referred_at, owner_id
)
select northwind, case when n < 12 then partner else other end, 'Client ' || n % 3, case when n % 2 = 0 then 'Zoë 100%_' || n % 4 end,
  'client' || n || '@listed.example', (array['submitted', 'won', 'lost'])[1 + n % 3], 'Because.',
  now() - (n / 4) * interval '1 day', case when n % 5 = 0 then pg_temp.id_of('rep@northwind.test') end
from known cross join generate_series(1, 16) as n;

-- Page by page there and, from the last one, back; both must be the whole list in its order.
create function pg_temp.walked(sort text, descending boolean, backwards boolean, partner uuid default null) returns uuid[] language plpgsql as $$
declare
  seen uuid[] := '{}';
  page uuid[];
begin
  loop
    page := array(select id from public.referrals_page(
      (select northwind from known), in_partner => walked.partner, sort => walked.sort, descending => walked.descending,
      beside => case when walked.backwards then seen[1] else seen[cardinality(seen)] end, backwards => walked.backwards, page_size => 5
    ));
    exit when page = '{}';
    seen := case when walked.backwards then page || seen else seen || page end;
  end loop;
  return seen;
end
$$;
grant execute on all functions in schema pg_temp to authenticated;

select pg_temp.become('rep@northwind.test');
set local role authenticated;
select results_eq(
  format('select unnest(pg_temp.walked(%L, %L, %L))', sort, descending, backwards),
  format(
    'select r.id from public.partner_referrals as r where r.organization_id = (select northwind from known) order by %s',
    replace(keys, ';', case when descending then ' desc,' else ',' end) || case when descending then ' desc' else '' end
  ),
  format('by %s%s, %s: every referral once', sort, case when descending then ' downwards' else '' end, case when backwards then 'from the end' else 'from the beginning' end)
)
from (values
  ('referred', 'r.referred_at; r.id'), ('client', 'coalesce(r.client_company, r.client_name); r.id'), ('status', 'r.status; r.referred_at; r.id')
) as given (sort, keys)
cross join (values (false, false), (true, false), (false, true), (true, true)) as way (descending, backwards);

select is(cardinality(pg_temp.walked('referred', true, false, (select partner from known))), 11, 'of one partner');
select results_eq(
  $$ select distinct p.status, p.outcome, p.partner_name from public.referrals_page(
       (select northwind from known), in_partner => (select partner from known), referral_status => 'won') as p $$,
  $$ values ('won', 'won', 'Listed Co') $$, 'in one stage'
);
select results_eq(
  $$ select distinct p.outcome from public.referrals_page((select northwind from known), in_partner => (select other from known), referral_outcome => 'lost') as p $$,
  $$ values ('lost') $$, 'with one outcome'
);
select results_eq(
  $$ select count(*), count(distinct p.owner_id), min(p.owner_name) from public.referrals_page(
       (select northwind from known), owned_by => pg_temp.id_of('rep@northwind.test'), search => '@listed.example') as p $$,
  $$ select 3::bigint, 1::bigint, (select display_name from public.profiles) $$, 'of one owner'
);
select is((select count(*) from public.referrals_page((select northwind from known), search => 'CLIENT7@LIS')), 1::bigint, 'an address is found in any case');
select is((select count(*) from public.referrals_page((select northwind from known), search => '100%_2')), 4::bigint, 'signs of patterns are letters like others');
select is((select count(*) from public.referrals_page((select northwind from known), search => '_2')), 0::bigint, 'alone, too');
select results_eq(
  $$ select distinct p.client_company from public.referrals_page((select northwind from known), search => 'zO', in_partner => (select other from known)) as p order by 1 $$,
  $$ values ('Zoë 100%_0'), ('Zoë 100%_2') $$, 'one or two letters are what a name begins with'
);
select is(public.count_referrals((select northwind from known), search => ' zo '), 8::bigint, 'and counted so');
select is(
  public.count_referrals((select northwind from known), search => '@listed', referral_status => 'won'), 6::bigint, 'search and stage together are counted alike'
);
select is(
  public.count_referrals((select northwind from known)), (select count(*) from public.partner_referrals where organization_id = (select northwind from known)),
  'without either, all are counted'
);
select throws_ok(
  $$ select * from public.referrals_page((select northwind from known), sort => 'referred; drop table x') $$, '22023', null, 'an order that is not offered is refused'
);
select throws_ok(
  $$ select * from public.referrals_page((select id from public.organizations where slug = 'contoso')) $$, '42501', null, 'another organization''s is not told'
);
select throws_ok($$ select public.count_referrals(gen_random_uuid()) $$, '42501', null, 'nor counted');
select is((select count(*) from public.referrals_page((select northwind from known), page_size => 0)), 1::bigint, 'a page holds at least one');

select * from finish();
rollback;
