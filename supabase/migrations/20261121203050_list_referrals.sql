-- The list of all referrals of an organization, in one of a million. As with members: the right is asked for once, everything else
-- happens inside that organization by its indexes, and pages follow each other by the referral they stand next to.

set local lock_timeout = '5s';

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
    case when pattern is not null then
      'lower(r.client_name || E''\n'' || coalesce(r.client_company, '''') || E''\n'' || coalesce(r.client_email, '''') || E''\n''
        || coalesce(r.account_domain, '''')) like $2'
    end,
    case when in_partner is not null then 'r.partner_id = $3' end,
    case when referral_status is not null then 'r.status = $4' end,
    case when referral_outcome is not null then 'r.outcome = $5' end,
    case when owned_by is not null then 'r.owner_id = $6' end
  )
$$;

-- The ids of a page, in the order of the list. A rare text is found first and sorted then; a common one is met soon on the way
-- through the list, and so is one of two letters, which has no trigram to be found by.
create or replace function private.referral_page_ids(
  organization uuid, search text, in_partner uuid, referral_status text, referral_outcome text, owned_by uuid,
  sort text, descending boolean, beside uuid, backwards boolean, page_size integer
) returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  most_found constant integer := 1000;
  rows_wanted constant integer := least(greatest(page_size, 1), 1000);
  pattern constant text := private.member_search_pattern(search);
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
  if char_length(pattern) >= char_length('%abc%') then
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

-- Definer, because filters and keys under policies cannot use an index; so it asks for the right itself. Names of partners and
-- colleagues are for whoever may see those.
create or replace function private.referrals_page(
  organization uuid, search text, in_partner uuid, referral_status text, referral_outcome text, owned_by uuid,
  sort text, descending boolean, beside uuid, backwards boolean, page_size integer
) returns table (
  id uuid, partner_id uuid, partner_name text, client_name text, client_company text, client_email text, account_domain text,
  estimated_value numeric, currency text, status text, outcome text, referred_at timestamptz, decided_at timestamptz,
  owner_id uuid, owner_name text, source text, version bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  sees_partners boolean;
  sees_members boolean;
begin
  if not private.can(organization, 'referrals.read') then
    raise exception 'You may not see the referrals of this organization.' using errcode = 'insufficient_privilege';
  end if;
  sees_partners := private.can(organization, 'partners.read');
  sees_members := private.can(organization, 'members.read');
  return query
  select r.id, r.partner_id, p.name, r.client_name, r.client_company, r.client_email, r.account_domain, r.estimated_value, r.currency,
    r.status, r.outcome, r.referred_at, r.decided_at, r.owner_id, m.display_name, r.source, r.version
  from unnest(private.referral_page_ids(
    organization, search, in_partner, referral_status, referral_outcome, owned_by, sort, descending, beside, backwards, page_size
  )) with ordinality as page (id, place)
  join public.partner_referrals as r on r.id = page.id
  left join public.partners as p on sees_partners and p.id = r.partner_id
  left join public.memberships as m on sees_members and m.organization_id = organization and m.user_id = r.owner_id
  order by page.place;
end
$$;

create or replace function public.referrals_page(
  organization uuid, search text default null, in_partner uuid default null, referral_status text default null,
  referral_outcome text default null, owned_by uuid default null, sort text default 'referred', descending boolean default true,
  beside uuid default null, backwards boolean default false, page_size integer default 50
) returns table (
  id uuid, partner_id uuid, partner_name text, client_name text, client_company text, client_email text, account_domain text,
  estimated_value numeric, currency text, status text, outcome text, referred_at timestamptz, decided_at timestamptz,
  owner_id uuid, owner_name text, source text, version bigint
)
language sql
stable
set search_path = ''
as $$
  select * from private.referrals_page(
    organization, search, in_partner, referral_status, referral_outcome, owned_by, sort, descending, beside, backwards, page_size
  )
$$;

comment on function public.referrals_page is
  'Referrals of an organization by referred, client or status: the page after the referral "beside", or before when backwards; at most 1,000.';

-- Definer for the same reason.
create or replace function private.count_referrals(
  organization uuid, search text, in_partner uuid, referral_status text, referral_outcome text, owned_by uuid
) returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  pattern constant text := private.member_search_pattern(search);
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

create or replace function public.count_referrals(
  organization uuid, search text default null, in_partner uuid default null, referral_status text default null,
  referral_outcome text default null, owned_by uuid default null
) returns bigint
language sql
stable
set search_path = ''
as $$
  select private.count_referrals(organization, search, in_partner, referral_status, referral_outcome, owned_by)
$$;

comment on function public.count_referrals is
  'How many referrals a list has: of a search no more than 1,001 are counted, else no more than 100,001. Nobody turns so many pages.';

-- anon is deliberately absent, and so is what the definer functions call.
grant execute on function
  private.referrals_page(uuid, text, uuid, text, text, uuid, text, boolean, uuid, boolean, integer),
  public.referrals_page(uuid, text, uuid, text, text, uuid, text, boolean, uuid, boolean, integer),
  private.count_referrals(uuid, text, uuid, text, text, uuid), public.count_referrals(uuid, text, uuid, text, text, uuid)
to authenticated;
