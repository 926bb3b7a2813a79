-- The list of deals, in the manner of the directory's: the right is asked for once, filters and orders happen inside that organization
-- by its indexes, and pages follow each other by the deal they stand next to. Whoever sees only their own deals gets, counts and sums
-- only those.

set local lock_timeout = '5s';

create type private.opportunity_filter as (
  organization_id uuid, only_owner uuid, pattern text, stages text[], statuses text[], partners uuid[], owners uuid[], customers uuid[],
  sources text[], closes_from date, closes_until date
);

create or replace function private.opportunity_filter(organization uuid, only_owner uuid, filters jsonb)
returns private.opportunity_filter
language plpgsql
stable
set search_path = ''
as $$
declare
  unknown constant text := (
    select min(key) from jsonb_object_keys(filters) as key
    where key <> all ('{search,stages,statuses,partners,owners,customers,sources,closes_from,closes_until}')
  );
  wanted private.opportunity_filter;
begin
  if unknown is not null then
    raise exception 'Deals cannot be filtered by "%".', unknown using errcode = 'PW052';
  end if;
  wanted := jsonb_populate_record(null::private.opportunity_filter, filters - 'search');
  wanted.organization_id := organization;
  wanted.only_owner := only_owner;
  wanted.pattern := private.member_search_pattern(filters ->> 'search');
  return wanted;
end
$$;

-- Over d, with the filter as $1; only what somebody asked for, so that each has the plan it deserves. What is searched for is left
-- to the caller.
create or replace function private.opportunity_conditions(wanted private.opportunity_filter) returns text
language sql
immutable
set search_path = ''
as $$
  select concat_ws(
    ' and ', 'd.organization_id = ($1).organization_id',
    case when (wanted).only_owner is not null then 'd.owner_id = ($1).only_owner' end,
    case when (wanted).stages is not null then 'd.stage = any (($1).stages)' end,
    case when (wanted).statuses is not null then 'd.status = any (($1).statuses)' end,
    case when (wanted).partners is not null then
      '(d.partner_id = any (($1).partners) or d.partner_id is null and ''00000000-0000-0000-0000-000000000000'' = any (($1).partners))'
    end,
    case when (wanted).owners is not null then
      '(d.owner_id = any (($1).owners) or d.owner_id is null and ''00000000-0000-0000-0000-000000000000'' = any (($1).owners))'
    end,
    case when (wanted).customers is not null then 'd.customer_id = any (($1).customers)' end,
    case when (wanted).sources is not null then 'coalesce(d.source, '''') = any (($1).sources)' end,
    case when (wanted).closes_from is not null then 'coalesce(d.closes_on, ''infinity'') >= ($1).closes_from' end,
    case when (wanted).closes_until is not null then 'coalesce(d.closes_on, ''infinity'') <= ($1).closes_until' end
  )
$$;

comment on function private.opportunity_conditions is
  'An empty text asks for those without a source; the id of zeros for those without a partner or an owner.';

create or replace function private.opportunity_search() returns text
language sql
immutable
set search_path = ''
as $$
  select '(lower(d.name) like ($1).pattern or exists (
    select from public.customers as c
    where c.organization_id = d.organization_id and c.id = d.customer_id and lower(c.name) like ($1).pattern
  ))'
$$;

-- What few deals have, by name or by customer, as one query of ids: at most as many as asked for and one more, by each of the two.
-- One or two letters have no trigram to be found by.
create or replace function private.found_opportunities(wanted private.opportunity_filter, most bigint) returns text
language sql
immutable
set search_path = ''
as $$
  select format(
    case when char_length((wanted).pattern) >= char_length('%abc%') then
      '(select d.id from public.opportunities as d where %1$s and lower(d.name) like ($1).pattern limit %2$s)
       union
       (select d.id from public.customers as c
        join public.opportunities as d on d.organization_id = c.organization_id and d.customer_id = c.id
        where c.organization_id = ($1).organization_id and lower(c.name) like ($1).pattern and %1$s limit %2$s)'
    when (wanted).pattern is not null then '(select d.id from public.opportunities as d where %1$s and %3$s limit %2$s)'
    else '(select d.id from public.opportunities as d where %1$s limit %2$s)' end,
    private.opportunity_conditions(wanted), most + 1, private.opportunity_search()
  )
$$;

-- Which stages deals stand in, as they are configured, those that are no longer at the end: found by stepping through the index,
-- not by reading all rows.
create or replace function private.stages_of_opportunities(organization uuid, reversed boolean) returns text[]
language sql
stable
set search_path = ''
as $$
  with recursive step (stage) as (
    (select d.stage from public.opportunities as d where d.organization_id = $1 order by d.stage limit 1)
    union all
    select (select d.stage from public.opportunities as d where d.organization_id = $1 and d.stage > step.stage order by d.stage limit 1)
    from step where step.stage is not null
  )
  select coalesce(array_agg(listed.stage order by listed.number * case when reversed then -1 else 1 end), '{}')
  from (
    select step.stage, row_number() over (order by known.place, step.stage) as number
    from step
    left join lateral (
      select place from jsonb_array_elements(private.configuration_value($1, 'pipeline', 'stages')) with ordinality as entry (item, place)
      where item ->> 'key' = step.stage
    ) as known on true
    where step.stage is not null
  ) as listed
$$;

-- The ids of a page, in the order of the list. What few deals have is found first and sorted then; what many have is met soon on the
-- way through the list. Amounts are in the order of their currencies first: they cannot be compared with each other.
create or replace function private.opportunity_page_ids(
  wanted private.opportunity_filter, sort text, descending boolean, beside uuid, backwards boolean, page_size integer
) returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  most_found constant integer := 1000;
  rows_wanted constant integer := least(greatest(page_size, 1), 1000);
  keys constant text[] := case sort
    when 'name' then array['d.name', 'd.id']
    when 'value' then array['coalesce(d.currency, '''')', 'coalesce(d.value, -1)', 'd.id']
    when 'closing' then array['coalesce(d.closes_on, ''infinity'')', 'd.id']
    when 'probability' then array['d.probability', 'd.id']
    when 'updated' then array['d.updated_at', 'd.id']
    when 'stage' then array['coalesce(d.closes_on, ''infinity'')', 'd.id']
  end;
  way constant text := case when descending <> backwards then 'desc' else 'asc' end;
  further constant text := case way when 'desc' then '<' else '>' end;
  here constant text := array_to_string(keys, ', ');
  there constant text := replace(here, 'd.', '($2).');
  ordered constant text := array_to_string(keys, format(' %s, ', way)) || ' ' || way;
  conditions text := concat_ws(
    ' and ', private.opportunity_conditions(wanted), case when wanted.pattern is not null then private.opportunity_search() end
  );
  begin_at public.opportunities;
  found uuid[];
  stages text[];
begin
  if keys is null then
    raise exception 'Deals cannot be sorted by "%".', sort using errcode = 'invalid_parameter_value';
  end if;
  if beside is not null then
    select * into begin_at from public.opportunities as d
    where d.organization_id = wanted.organization_id and d.id = beside and (wanted.only_owner is null or d.owner_id = wanted.only_owner);
  end if;
  if char_length(wanted.pattern) >= char_length('%abc%')
    or wanted.only_owner is not null or wanted.owners is not null or wanted.partners is not null or wanted.customers is not null
  then
    execute format('select array(%s)', private.found_opportunities(wanted, most_found)) into found using wanted;
    if cardinality(found) <= most_found then
      conditions := 'd.id = any ($5)';
    end if;
  end if;
  if sort = 'stage' then
    stages := private.stages_of_opportunities(wanted.organization_id, descending <> backwards);
    if begin_at.id is not null then
      stages := stages[array_position(stages, begin_at.stage):];
    end if;
    -- Stage by stage, and of each no more than a page: in their configured order they are in no index. The one to begin in is read
    -- apart, so that its index is entered where the page begins.
    execute format(
      'select array(
         select picked.id
         from (
           (
             select 1 as place, %2$s as first_key, d.id from public.opportunities as d
             where %1$s and d.stage = ($4)[1] %3$s order by %5$s limit $3
           )
           union all
           select each_stage.place + 1, inside.first_key, inside.id
           from unnest(($4)[2:]) with ordinality as each_stage (stage, place)
           cross join lateral (
             select %2$s as first_key, d.id from public.opportunities as d
             where %1$s and d.stage = each_stage.stage order by %5$s limit $3
           ) as inside
         ) as picked
         order by picked.place, picked.first_key %4$s, picked.id %4$s limit $3
       )',
      conditions, keys[1],
      case when begin_at.id is not null then format('and (%s) %s (%s)', here, further, there) end,
      way, ordered
    ) into found using wanted, begin_at, rows_wanted, stages, found;
  else
    execute format(
      'select array(select d.id from public.opportunities as d where %s %s order by %s limit $3)',
      conditions, case when begin_at.id is not null then format('and (%s) %s (%s)', here, further, there) end, ordered
    ) into found using wanted, begin_at, rows_wanted, stages, found;
  end if;
  return case when backwards then array(select id from unnest(found) with ordinality as page (id, place) order by place desc) else found end;
end
$$;

-- Whose deals somebody sees: everybody's (null) or their own. Refuses who sees none.
create or replace function private.owner_of_visible_opportunities(organization uuid) returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  own_only constant boolean := private.only_own(organization, 'opportunities.read');
begin
  if own_only is null then
    raise exception 'You may not see the deals of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return case when own_only then (select auth.uid()) end;
end
$$;

-- Definer, because filters and keys under policies cannot use an index; so it asks for the right itself.
create or replace function private.opportunities_page(
  organization uuid, filters jsonb, sort text, descending boolean, beside uuid, backwards boolean, page_size integer
) returns setof public.opportunities
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted constant private.opportunity_filter := private.opportunity_filter(
    organization, private.owner_of_visible_opportunities(organization), filters
  );
begin
  return query
  select d.*
  from unnest(private.opportunity_page_ids(wanted, sort, descending, beside, backwards, page_size)) with ordinality as page (id, place)
  join public.opportunities as d on d.id = page.id
  order by page.place;
end
$$;

create or replace function public.opportunities_page(
  organization uuid, filters jsonb default '{}', sort text default 'closing', descending boolean default false,
  beside uuid default null, backwards boolean default false, page_size integer default 50
) returns setof public.opportunities
language sql
stable
set search_path = ''
as $$
  select * from private.opportunities_page(organization, filters, sort, descending, beside, backwards, page_size)
$$;

comment on function public.opportunities_page is
  'Deals by name, value, closing, probability, updated or stage: the page after the deal "beside", or before when backwards. Filters: search, stages, statuses, partners, owners, customers, sources, closes_from, closes_until.';

-- Definer for the same reason.
create or replace function private.count_opportunities(organization uuid, filters jsonb) returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  most_found constant bigint := 1000;
  wanted constant private.opportunity_filter := private.opportunity_filter(
    organization, private.owner_of_visible_opportunities(organization), filters
  );
  counted bigint;
begin
  execute case when wanted.pattern is null
    then format('select count(*) from public.opportunities as d where %s', private.opportunity_conditions(wanted))
    else format('select least(count(*), %s) from (%s) as found', most_found + 1, private.found_opportunities(wanted, most_found))
  end into counted using wanted;
  return counted;
end
$$;

create or replace function public.count_opportunities(organization uuid, filters jsonb default '{}') returns bigint
language sql
stable
set search_path = ''
as $$
  select private.count_opportunities(organization, filters)
$$;

comment on function public.count_opportunities is
  'How many deals a list with these filters has. Of a search no more than 1,001 are counted: nobody turns so many pages.';

-- Definer for the same reason. One line for each currency and status: what is in different currencies is never added up.
create or replace function private.pipeline_summary(organization uuid, partner uuid)
returns table (currency text, status text, deals bigint, value numeric, weighted numeric)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  only_owner constant uuid := private.owner_of_visible_opportunities(organization);
begin
  return query execute format(
    'select d.currency, d.status, count(*), sum(d.value),
       round(sum(d.value * d.probability) / 100, private.currency_exponent(d.currency))
     from public.opportunities as d
     where %s
     group by d.currency, d.status
     order by d.currency nulls last, d.status',
    concat_ws(
      ' and ', 'd.organization_id = $1',
      case when partner is not null then 'd.partner_id = $2' end,
      case when only_owner is not null then 'd.owner_id = $3' end
    )
  ) using organization, partner, only_owner;
end
$$;

create or replace function public.pipeline_summary(organization uuid, partner uuid default null)
returns table (currency text, status text, deals bigint, value numeric, weighted numeric)
language sql
stable
set search_path = ''
as $$
  select * from private.pipeline_summary(organization, partner)
$$;

comment on function public.pipeline_summary is
  'Deals, their amount and that amount by its probability, for each currency and status; the line without a currency counts deals without an amount.';

-- anon is deliberately absent, and so is what the definer functions call.
grant execute on function
  private.opportunities_page(uuid, jsonb, text, boolean, uuid, boolean, integer),
  public.opportunities_page(uuid, jsonb, text, boolean, uuid, boolean, integer),
  private.count_opportunities(uuid, jsonb), public.count_opportunities(uuid, jsonb),
  private.pipeline_summary(uuid, uuid), public.pipeline_summary(uuid, uuid)
to authenticated;
