-- The list of members and what counts beside it. Under the policies a search is a filter on every row, and the last page by offset
-- reads all before it: 260 and 140 ms in an organization of 40,000. Here the right is asked for once, everything else happens
-- inside that organization by its indexes, and pages follow each other by the member they stand next to.

set local lock_timeout = '5s';

create or replace function private.member_search_pattern(search text) returns text
language sql
immutable
set search_path = ''
as $$
  -- % and _ are letters like others. No name or address is longer than what is looked for.
  select '%' || regexp_replace(lower(nullif(btrim(left(search, 300)), '')), '([\\%_])', '\\\1', 'g') || '%'
$$;

-- The conditions of a list of members over m, without what nobody asked for, so that each has the plan it deserves.
-- $1 organization, $2 pattern, $3 role, $4 status.
create or replace function private.member_conditions(pattern text, in_role uuid, member_status text) returns text
language sql
immutable
set search_path = ''
as $$
  select concat_ws(
    ' and ', 'm.organization_id = $1',
    case when pattern is not null then 'lower(m.display_name || E''\n'' || coalesce(m.email, '''')) like $2' end,
    case when in_role is not null then 'm.role_id = $3' end,
    case when member_status is not null then 'm.status = $4' end
  )
$$;

-- The ids of a page, in the order of the list. A rare text is found first and sorted then; a common one is met soon on the way
-- through the list.
create or replace function private.member_page_ids(
  organization uuid, search text, in_role uuid, member_status text, sort text, descending boolean,
  beside uuid, backwards boolean, page_size integer
) returns uuid[]
language plpgsql
stable
set search_path = ''
as $$
declare
  most_found constant integer := 1000;
  rows_wanted constant integer := least(greatest(page_size, 1), 1000);
  pattern constant text := private.member_search_pattern(search);
  conditions constant text := private.member_conditions(pattern, in_role, member_status);
  -- Of the list and of the row to begin next to; r is the member's role. The last key is unique.
  keys constant text[] := case sort
    when 'name' then array['m.display_name', 'm.id']
    when 'email' then array['coalesce(m.email, '''')', 'm.id']
    when 'joined' then array['m.joined_at', 'm.id']
    when 'status' then array['m.status', 'm.display_name', 'm.id']
    when 'role' then array['r.position', 'r.id', 'm.display_name', 'm.id']
  end;
  way constant text := case when descending <> backwards then 'desc' else 'asc' end;
  further constant text := case way when 'desc' then '<' else '>' end;
  ordered constant text := array_to_string(keys, format(' %s, ', way)) || ' ' || way;
  here constant text := array_to_string(keys, ', ');
  there constant text := replace(replace(here, 'm.', '($5).'), 'r.', '($6).');
  begin_at public.memberships;
  begin_role public.roles;
  found uuid[];
  walk text;
begin
  if keys is null then
    raise exception 'Members cannot be sorted by "%".', sort using errcode = 'invalid_parameter_value';
  end if;
  if beside is not null then
    select * into begin_at from public.memberships as m where m.organization_id = organization and m.user_id = beside;
    select * into begin_role from public.roles as r where r.id = begin_at.role_id;
  end if;
  if pattern is not null then
    execute format('select array(select m.id from public.memberships as m where %s limit %s)', conditions, most_found + 1)
    into found using organization, pattern, in_role, member_status;
  end if;

  if sort = 'role' and (found is null or cardinality(found) > most_found) then
    -- Role by role, and of each no more than a page: together they are in no index.
    walk := format(
      'select picked.id
       from (
         select r.id, r.position from public.roles as r
         where r.organization_id = $1 %2$s order by r.position %1$s, r.id %1$s offset 0
       ) as r
       cross join lateral (
         select m.id, m.display_name from public.memberships as m where %3$s and m.role_id = r.id
         order by m.display_name %1$s, m.id %1$s limit $7
       ) as picked
       order by r.position %1$s, r.id %1$s, picked.display_name %1$s, picked.id %1$s limit $7',
      way,
      case when begin_at.id is not null then format('and (r.position, r.id) %s (($6).position, ($6).id)', further) end,
      conditions
    );
    if begin_at.id is not null then
      walk := format(
        '(
           select m.id from public.memberships as m
           where %2$s and m.role_id = ($6).id and (m.display_name, m.id) %3$s (($5).display_name, ($5).id)
           order by m.display_name %1$s, m.id %1$s limit $7
         )
         union all (%4$s)
         limit $7',
        way, conditions, further, walk
      );
    end if;
  else
    walk := format(
      'select m.id from public.memberships as m %s where %s %s order by %s limit $7',
      case sort when 'role' then 'join public.roles as r on r.id = m.role_id' end,
      case when cardinality(found) <= most_found then 'm.id = any ($8)' else conditions end,
      case when begin_at.id is not null
        then format('and (%s) %s (%s)', here, further, there)
      end,
      ordered
    );
  end if;
  execute format('select array(%s)', walk) into found
  using organization, pattern, in_role, member_status, begin_at, begin_role, rows_wanted, found;
  return case when backwards then array(select id from unnest(found) with ordinality as page (id, place) order by place desc) else found end;
end
$$;

-- Definer, because filters and keys under policies cannot use an index; so it asks for the right itself.
create or replace function private.members_page(
  organization uuid, search text, in_role uuid, member_status text, sort text, descending boolean,
  beside uuid, backwards boolean, page_size integer
) returns table (
  user_id uuid, display_name text, email text, avatar_color text, status text, joined_at timestamptz, version bigint,
  role_id uuid, role_name text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'members.read') then
    raise exception 'You may not see the members of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return query
  select m.user_id, m.display_name, m.email, m.avatar_color, m.status, m.joined_at, m.version, m.role_id, r.name
  from unnest(private.member_page_ids(
    organization, search, in_role, member_status, sort, descending, beside, backwards, page_size
  )) with ordinality as page (id, place)
  join public.memberships as m on m.id = page.id
  join public.roles as r on r.id = m.role_id
  order by page.place;
end
$$;

create or replace function public.members_page(
  organization uuid, search text default null, in_role uuid default null, member_status text default null,
  sort text default 'name', descending boolean default false,
  beside uuid default null, backwards boolean default false, page_size integer default 50
) returns table (
  user_id uuid, display_name text, email text, avatar_color text, status text, joined_at timestamptz, version bigint,
  role_id uuid, role_name text
)
language sql
stable
set search_path = ''
as $$
  select * from private.members_page(organization, search, in_role, member_status, sort, descending, beside, backwards, page_size)
$$;

comment on function public.members_page is
  'Members of an organization by name, email, role, status or joined: the page after the person "beside", or before when backwards; at most 1,000.';

-- Definer for the same reason.
create or replace function private.count_members(organization uuid, search text, in_role uuid, member_status text) returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  pattern constant text := private.member_search_pattern(search);
  counted bigint;
begin
  if not private.can(organization, 'members.read') then
    raise exception 'You may not see the members of this organization.' using errcode = 'insufficient_privilege';
  end if;
  execute format(
    'select count(*) from (select from public.memberships as m where %s limit %L) as found',
    private.member_conditions(pattern, in_role, member_status), case when pattern is not null then 1001 end
  ) into counted using organization, pattern, in_role, member_status;
  return counted;
end
$$;

create or replace function public.count_members(
  organization uuid, search text default null, in_role uuid default null, member_status text default null
) returns bigint
language sql
stable
set search_path = ''
as $$
  select private.count_members(organization, search, in_role, member_status)
$$;

comment on function public.count_members is 'How many members a list has. Of a search no more than 1,001 are counted: nobody turns so many pages.';

-- anon is deliberately absent, and so is what the definer functions call.
grant execute on function
  private.members_page(uuid, text, uuid, text, text, boolean, uuid, boolean, integer),
  public.members_page(uuid, text, uuid, text, text, boolean, uuid, boolean, integer),
  private.count_members(uuid, text, uuid, text), public.count_members(uuid, text, uuid, text)
to authenticated;
