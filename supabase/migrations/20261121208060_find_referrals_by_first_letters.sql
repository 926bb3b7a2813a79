-- Among a million referrals, two letters that nobody has were looked for in every row, for seconds: too short for a trigram. They are
-- what a client's name begins with from now on, which an index knows. And where reads are not narrowed to an organization, or count
-- in one, the planner sorted everything, or took small indexes that have no figure.

set local lock_timeout = '5s';

-- Few rows as yet, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_referrals_organization_id_first_letters_idx on public.partner_referrals
  (organization_id, lower(coalesce(client_company, client_name)) text_pattern_ops);

-- For who reads across their organizations: 2,300 ms before, 1.3 now. The organization is the last column, so that it is asked for in
-- the index and not in each row.
-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_referrals_referred_at_id_organization_id_idx on public.partner_referrals (referred_at, id, organization_id);

-- Equal entries are stored once, which made these smaller than the index that has the answer, and so they were taken.
alter index public.partner_referrals_organization_id_client_key_key set (deduplicate_items = off);
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.partner_referrals_organization_id_opportunity_id_idx;
-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_referrals_organization_id_opportunity_id_idx on public.partner_referrals (organization_id, opportunity_id)
  with (deduplicate_items = off);

-- What a text is looked for by: anywhere in it, or with one or two letters at the beginning of the client's name.
create or replace function private.referral_search_pattern(search text) returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when char_length(btrim(left(search, 300))) < 3 then substr(private.member_search_pattern(search), 2)
    else private.member_search_pattern(search)
  end
$$;

-- The conditions of a list of referrals over r, without what nobody asked for, so that each has the plan it deserves.
-- $1 organization, $2 pattern, $3 partner, $4 stage, $5 outcome, $6 owner.
create or replace function private.referral_conditions(
  pattern text, in_partner uuid, referral_status text, referral_outcome text, owned_by uuid
) returns text
language sql
immutable
set search_path = ''
as $$
  select concat_ws(
    ' and ', 'r.organization_id = $1',
    case
      when pattern like '\%%' then
      'lower(r.client_name || E''\n'' || coalesce(r.client_company, '''') || E''\n'' || coalesce(r.client_email, '''') || E''\n''
        || coalesce(r.account_domain, '''')) like $2'
      when pattern is not null then 'lower(coalesce(r.client_company, r.client_name)) like $2'
    end,
    case when in_partner is not null then 'r.partner_id = $3' end,
    case when referral_status is not null then 'r.status = $4' end,
    case when referral_outcome is not null then 'r.outcome = $5' end,
    case when owned_by is not null then 'r.owner_id = $6' end
  )
$$;

-- The ids of a page, in the order of the list. A rare text is found first and sorted then; a common one is met soon on the way
-- through the list.
create or replace function private.referral_page_ids(
  organization uuid, search text, in_partner uuid, referral_status text, referral_outcome text, owned_by uuid,
  sort text, descending boolean, beside uuid, backwards boolean, page_size integer
) returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  most_found constant integer := 5000;
  rows_wanted constant integer := least(greatest(page_size, 1), 1000);
  pattern constant text := private.referral_search_pattern(search);
  conditions constant text := private.referral_conditions(pattern, in_partner, referral_status, referral_outcome, owned_by);
  -- Of the list and of the row to begin next to. The last key is unique.
  keys constant text[] := case sort
    when 'referred' then array['r.referred_at', 'r.id']
    when 'client' then array['coalesce(r.client_company, r.client_name)', 'r.id']
    when 'status' then array['r.status', 'r.referred_at', 'r.id']
  end;
  way constant text := case when descending <> backwards then 'desc' else 'asc' end;
  further constant text := case way when 'desc' then '<' else '>' end;
  here constant text := array_to_string(keys, ', ');
  begin_at public.partner_referrals;
  found uuid[];
begin
  if keys is null then
    raise exception 'Referrals cannot be sorted by "%".', sort using errcode = 'invalid_parameter_value';
  end if;
  if beside is not null then
    select * into begin_at from public.partner_referrals as r where r.organization_id = organization and r.id = beside;
  end if;
  if pattern is not null then
    execute format('select array(select r.id from public.partner_referrals as r where %s limit %s)', conditions, most_found + 1)
    into found using organization, pattern, in_partner, referral_status, referral_outcome, owned_by;
  end if;
  execute format(
    'select array(select r.id from public.partner_referrals as r where %s %s order by %s limit $8)',
    case when cardinality(found) <= most_found then 'r.id = any ($9)' else conditions end,
    case when begin_at.id is not null then format('and (%s) %s (%s)', here, further, replace(here, 'r.', '($7).')) end,
    array_to_string(keys, format(' %s, ', way)) || ' ' || way
  ) into found
  using organization, pattern, in_partner, referral_status, referral_outcome, owned_by, begin_at, rows_wanted, found;
  return case when backwards then array(select id from unnest(found) with ordinality as page (id, place) order by place desc) else found end;
end
$$;

-- Definer, because filters under policies cannot use an index; so it asks for the right itself.
create or replace function private.count_referrals(
  organization uuid, search text, in_partner uuid, referral_status text, referral_outcome text, owned_by uuid
) returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  pattern constant text := private.referral_search_pattern(search);
  counted bigint;
begin
  if not private.can(organization, 'referrals.read') then
    raise exception 'You may not see the referrals of this organization.' using errcode = 'insufficient_privilege';
  end if;
  execute format(
    'select count(*) from (select from public.partner_referrals as r where %s limit %s) as found',
    private.referral_conditions(pattern, in_partner, referral_status, referral_outcome, owned_by),
    case when pattern is not null then 1001 else 100001 end
  ) into counted using organization, pattern, in_partner, referral_status, referral_outcome, owned_by;
  return counted;
end
$$;
