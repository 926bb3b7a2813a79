-- The directory's list, in the manner of the list of members: the right is asked for once, filters and orders happen inside that
-- organization by its indexes, and pages follow each other by the partner they stand next to. Statuses and tiers come in the order
-- in which they are configured.

set local lock_timeout = '5s';

create type private.partner_filter as (
  organization_id uuid, pattern text, statuses text[], tiers text[], domains text[], regions text[], owners uuid[], tags text[], archived boolean
);

create or replace function private.partner_filter(organization uuid, filters jsonb) returns private.partner_filter
language plpgsql
stable
set search_path = ''
as $$
declare
  unknown constant text := (
    select min(key) from jsonb_object_keys(filters) as key where key <> all ('{search,statuses,tiers,domains,regions,owners,tags,archived}')
  );
  wanted private.partner_filter;
begin
  if unknown is not null then
    raise exception 'Partners cannot be filtered by "%".', unknown using errcode = 'PW052';
  end if;
  wanted := jsonb_populate_record(null::private.partner_filter, filters - 'search');
  wanted.organization_id := organization;
  wanted.pattern := private.member_search_pattern(filters ->> 'search');
  wanted.archived := coalesce(wanted.archived, false);
  return wanted;
end
$$;

-- Over p, with the filter as $1; only what somebody asked for, so that each has the plan it deserves.
create or replace function private.partner_conditions(wanted private.partner_filter) returns text
language sql
immutable
set search_path = ''
as $$
  select concat_ws(
    ' and ', 'p.organization_id = ($1).organization_id',
    case when (wanted).archived then 'p.archived_at is not null' else 'p.archived_at is null' end,
    case when (wanted).pattern is not null then
      'lower(p.name || E''\n'' || coalesce(p.website, '''') || E''\n'' || coalesce(p.primary_contact_name, '''') || E''\n'' || coalesce(p.primary_contact_email, '''')) like ($1).pattern'
    end,
    case when (wanted).statuses is not null then 'p.status = any (($1).statuses)' end,
    case when (wanted).tiers is not null then 'coalesce(p.tier, '''') = any (($1).tiers)' end,
    case when (wanted).domains is not null then 'coalesce(p.domain, '''') = any (($1).domains)' end,
    case when (wanted).regions is not null then 'coalesce(p.region, '''') = any (($1).regions)' end,
    case when (wanted).owners is not null then
      '(p.owner_id = any (($1).owners) or p.owner_id is null and ''00000000-0000-0000-0000-000000000000'' = any (($1).owners))'
    end,
    case when (wanted).tags is not null then 'p.tags && ($1).tags' end
  )
$$;

comment on function private.partner_conditions is 'An empty text asks for those without a tier, domain or region; the id of zeros for those without an owner.';

-- The ids of a page, in the order of the list. What few partners have is found first and sorted then; what many have is met soon
-- on the way through the list.
create or replace function private.partner_page_ids(
  wanted private.partner_filter, sort text, descending boolean, beside uuid, backwards boolean, page_size integer
) returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  most_found constant integer := 1000;
  rows_wanted constant integer := least(greatest(page_size, 1), 1000);
  conditions constant text := private.partner_conditions(wanted);
  keys constant text[] := case sort
    when 'name' then array['p.name', 'p.id']
    when 'status' then array['p.status', 'p.name', 'p.id']
    when 'tier' then array['coalesce(p.tier, '''')', 'p.name', 'p.id']
    when 'health' then array['p.relationship_health', 'p.id']
    when 'updated' then array['p.updated_at', 'p.id']
    when 'agreement_end' then array['coalesce(p.agreement_ends_on, ''infinity'')', 'p.id']
    when 'archived' then array['p.archived_at', 'p.id']
  end;
  way constant text := case when descending <> backwards then 'desc' else 'asc' end;
  further constant text := case way when 'desc' then '<' else '>' end;
  here constant text := array_to_string(keys, ', ');
  ordered constant text := array_to_string(keys, format(' %s, ', way)) || ' ' || way;
  begin_at public.partners;
  found uuid[];
  choices text[];
begin
  if keys is null then
    raise exception 'Partners cannot be sorted by "%".', sort using errcode = 'invalid_parameter_value';
  end if;
  if beside is not null then
    select * into begin_at from public.partners as p where p.organization_id = wanted.organization_id and p.id = beside;
  end if;
  if wanted.pattern is not null or wanted.owners is not null or wanted.tags is not null then
    execute format('select array(select p.id from public.partners as p where %s limit %s)', conditions, most_found + 1) into found using wanted;
  end if;
  if sort in ('status', 'tier') then
    choices := private.choices_of_partners(wanted, sort, descending <> backwards);
    if begin_at.id is not null then
      choices := choices[array_position(choices, case sort when 'status' then begin_at.status else coalesce(begin_at.tier, '') end):];
    end if;
    -- Choice by choice, and of each no more than a page: in their configured order they are in no index.
    execute format(
      'select array(
         select picked.id
         from unnest($3) with ordinality as each_choice (choice, place)
         cross join lateral (
           select p.id, p.name from public.partners as p
           where %1$s and %2$s = each_choice.choice %3$s
           order by p.name %4$s, p.id %4$s limit $4
         ) as picked
         order by each_choice.place, picked.name %4$s, picked.id %4$s limit $4
       )',
      case when cardinality(found) <= most_found then 'p.id = any ($5)' else conditions end, keys[1],
      case when begin_at.id is not null
        then format('and (each_choice.place > 1 or (p.name, p.id) %s (($2).name, ($2).id))', further) end,
      way
    ) into found using wanted, begin_at, choices, rows_wanted, found;
  else
    execute format(
      'select array(select p.id from public.partners as p where %s %s order by %s limit $3)',
      case when cardinality(found) <= most_found then 'p.id = any ($4)' else conditions end,
      case when begin_at.id is not null then format('and (%s) %s (%s)', here, further, replace(here, 'p.', '($2).')) end,
      ordered
    ) into found using wanted, begin_at, rows_wanted, found;
  end if;
  return case when backwards then array(select id from unnest(found) with ordinality as page (id, place) order by place desc) else found end;
end
$$;

-- Which statuses or tiers partners have, as they are configured: found by stepping through the index, not by reading all rows.
create or replace function private.choices_of_partners(wanted private.partner_filter, field text, reversed boolean) returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  configured constant jsonb := private.configuration_value(
    wanted.organization_id, 'partners', case field when 'status' then 'statuses' else 'tiers' end
  );
  expression constant text := case field when 'status' then 'p.status' else 'coalesce(p.tier, '''')' end;
  choices text[];
begin
  execute format(
    'with recursive step (choice) as (
       (select %1$s from public.partners as p where p.organization_id = $1 and %2$s order by 1 limit 1)
       union all
       select (select %1$s from public.partners as p where p.organization_id = $1 and %2$s and %1$s > step.choice order by 1 limit 1)
       from step where step.choice is not null
     )
     select array_agg(step.choice order by known.place %3$s, step.choice %3$s)
     from step
     left join lateral (
       select place from jsonb_array_elements($2) with ordinality as entry (item, place) where item ->> ''key'' = step.choice
     ) as known on true
     where step.choice is not null',
    expression, case when wanted.archived then 'p.archived_at is not null' else 'p.archived_at is null' end,
    case when reversed then 'desc' else 'asc' end
  ) into choices using wanted.organization_id, configured;
  return coalesce(choices, '{}');
end
$$;

-- Definer, because filters and keys under policies cannot use an index; so it asks for the right itself.
create or replace function private.partners_page(
  organization uuid, filters jsonb, sort text, descending boolean, beside uuid, backwards boolean, page_size integer
) returns setof public.partners
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'partners.read') then
    raise exception 'You may not see the partners of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return query
  select p.*
  from unnest(private.partner_page_ids(
    private.partner_filter(organization, filters), sort, descending, beside, backwards, page_size
  )) with ordinality as page (id, place)
  join public.partners as p on p.id = page.id
  order by page.place;
end
$$;

create or replace function public.partners_page(
  organization uuid, filters jsonb default '{}', sort text default 'name', descending boolean default false,
  beside uuid default null, backwards boolean default false, page_size integer default 50
) returns setof public.partners
language sql
stable
set search_path = ''
as $$
  select * from private.partners_page(organization, filters, sort, descending, beside, backwards, page_size)
$$;

comment on function public.partners_page is
  'Partners by name, status, tier, health, updated, agreement_end or archived: the page after the partner "beside", or before when backwards. Filters: search, statuses, tiers, domains, regions, owners, tags, archived.';

-- Definer for the same reason.
create or replace function private.count_partners(organization uuid, filters jsonb) returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted private.partner_filter;
  counted bigint;
begin
  if not private.can(organization, 'partners.read') then
    raise exception 'You may not see the partners of this organization.' using errcode = 'insufficient_privilege';
  end if;
  wanted := private.partner_filter(organization, filters);
  execute format('select count(*) from public.partners as p where %s', private.partner_conditions(wanted)) into counted using wanted;
  return counted;
end
$$;

create or replace function public.count_partners(organization uuid, filters jsonb default '{}') returns bigint
language sql
stable
set search_path = ''
as $$
  select private.count_partners(organization, filters)
$$;

comment on function public.count_partners is 'How many partners a list with these filters has.';

-- anon is deliberately absent, and so is what the definer functions call.
grant execute on function
  private.partners_page(uuid, jsonb, text, boolean, uuid, boolean, integer),
  public.partners_page(uuid, jsonb, text, boolean, uuid, boolean, integer),
  private.count_partners(uuid, jsonb), public.count_partners(uuid, jsonb)
to authenticated;
