-- What the screen asks: a page of events by any filter, what there is to filter by, and how the chain stands. Each function
-- checks the right to the one organization once and reads inside it, because filters under policies cannot use an index.

set local lock_timeout = '5s';

-- The id that events had reached at a moment, give or take ten minutes of a clock that was set: time grows with the id, so the
-- place is found by halving, without an index that every writer would pay for.
create or replace function private.audit_id_at(organization uuid, moment timestamptz) returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  low bigint;
  high bigint;
  middle bigint;
  found record;
begin
  select min(e.id), max(e.id) + 1 into low, high from public.audit_log as e where e.organization_id = organization;
  while low < high loop
    middle := (low + high) / 2;
    select e.id, e.occurred_at into found from public.audit_log as e
    where e.organization_id = organization and e.id >= middle order by e.id limit 1;
    if found.id is null or found.occurred_at >= moment then high := middle; else low := found.id + 1; end if;
  end loop;
  return low;
end
$$;

-- Definer, because seals and kinds are closed to clients and the filters need their indexes; so it asks for the right itself.
create or replace function private.audit_page(
  organization uuid, tables text[], actions text[], actors text[], subject text, since timestamptz, until timestamptz,
  before_id bigint, page_size integer
) returns table (
  id bigint, occurred_at timestamptz, actor text, actor_id uuid, actor_name text, action text, table_name text, row_id text,
  label text, changes json, txid text, sequence bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  rows_wanted constant integer := least(greatest(page_size, 1), 1000);
  slack constant interval := '10 minutes';
  from_id bigint;
  end_id bigint;
  kinds bigint[];
  row_hashes bigint[];
begin
  if not private.can(organization, 'audit.read') then
    raise exception 'You may not read the audit log of this organization.' using errcode = 'insufficient_privilege';
  end if;
  from_id := coalesce(case when since is not null then private.audit_id_at(organization, since - slack) end, 0);
  end_id := coalesce(least(before_id, case when until is not null then private.audit_id_at(organization, until + slack) end), 9223372036854775807);
  if coalesce(tables, actions, actors) is not null or subject is not null then
    kinds := array(
      select k.id from private.audit_kinds as k
      where k.organization_id = organization
        and (tables is null or k.table_name = any (tables))
        and (actions is null or k.action = any (actions))
        and (actors is null or k.actor = any (actors))
    );
  end if;
  if subject is not null then
    row_hashes := array(
      select distinct private.audit_row_hash(k.table_name, subject) from private.audit_kinds as k where k.id = any (kinds)
    );
  end if;

  return query
  with chosen as (
    -- Not filtered: the log itself, from its end.
    (
      select e.id from public.audit_log as e
      where kinds is null and e.organization_id = organization and e.id >= from_id and e.id < end_id
        and (since is null or e.occurred_at >= since) and (until is null or e.occurred_at < until)
      order by e.id desc limit rows_wanted
    )
    union all
    -- The history of a row.
    (
      select s.audit_id
      from unnest(row_hashes) as wanted (hash)
      cross join lateral (
        select s.audit_id from private.audit_seals as s
        join public.audit_log as e on e.organization_id = organization and e.id = s.audit_id
        where s.organization_id = organization and s.row_hash = wanted.hash and s.audit_id >= from_id and s.audit_id < end_id
          and s.kind = any (kinds) and e.row_id = subject
          and (since is null or e.occurred_at >= since) and (until is null or e.occurred_at < until)
        order by s.audit_id desc limit rows_wanted
      ) as s
      where row_hashes is not null
      order by s.audit_id desc limit rows_wanted
    )
    union all
    -- The newest of each kind asked for.
    (
      select s.audit_id
      from unnest(kinds) as wanted (kind)
      cross join lateral (
        select s.audit_id from private.audit_seals as s
        join public.audit_log as e on e.organization_id = organization and e.id = s.audit_id
        where s.organization_id = organization and s.kind = wanted.kind and s.audit_id >= from_id and s.audit_id < end_id
          and (since is null or e.occurred_at >= since) and (until is null or e.occurred_at < until)
        order by s.audit_id desc limit rows_wanted
      ) as s
      where row_hashes is null
      order by s.audit_id desc limit rows_wanted
    )
    union all
    -- What is not sealed yet is in none of those indexes; it is little.
    (
      select e.id
      from private.audit_pending as p
      join public.audit_log as e
        on e.organization_id = p.organization_id and e.id between p.first_id and p.last_id and e.txid = p.txid
      where kinds is not null and p.organization_id = organization and e.id >= from_id and e.id < end_id
        and (tables is null or e.table_name = any (tables)) and (actions is null or e.action = any (actions))
        and (actors is null or e.actor = any (actors)) and (subject is null or e.row_id = subject)
        and (since is null or e.occurred_at >= since) and (until is null or e.occurred_at < until)
      order by e.id desc limit rows_wanted
    )
  )
  select
    e.id, e.occurred_at, e.actor, person.id, coalesce(member.display_name, e.actor_name), e.action, e.table_name, e.row_id,
    e.label, e.changes, e.txid::text, s.sequence
  from (select c.id from chosen as c order by c.id desc limit rows_wanted) as page
  join public.audit_log as e on e.organization_id = organization and e.id = page.id
  cross join lateral (select case when e.actor like 'user:%' then substr(e.actor, 6)::uuid end as id) as person
  left join public.memberships as member on member.organization_id = organization and member.user_id = person.id
  left join private.audit_seals as s on s.organization_id = organization and s.audit_id = e.id
  order by e.id desc;
end
$$;

create or replace function public.audit_page(
  organization uuid, tables text[] default null, actions text[] default null, actors text[] default null,
  subject text default null, since timestamptz default null, until timestamptz default null,
  before_id bigint default null, page_size integer default 50
) returns table (
  id bigint, occurred_at timestamptz, actor text, actor_id uuid, actor_name text, action text, table_name text, row_id text,
  label text, changes json, txid text, sequence bigint
)
language sql
stable
set search_path = ''
as $$
  select * from private.audit_page(organization, tables, actions, actors, subject, since, until, before_id, page_size)
$$;

comment on function public.audit_page is
  'Events of an organization, newest first, before before_id; at most 1,000. sequence is empty while an event is not sealed.';

-- Definer for the same reason.
create or replace function private.audit_facets(organization uuid) returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'audit.read') then
    raise exception 'You may not read the audit log of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return (
    with kind as (
      select k.table_name, k.action, k.actor from private.audit_kinds as k where k.organization_id = organization
      union
      select e.table_name, e.action, e.actor
      from private.audit_pending as p
      join public.audit_log as e
        on e.organization_id = p.organization_id and e.id between p.first_id and p.last_id and e.txid = p.txid
      where p.organization_id = organization
    ),
    acting as (
      select distinct kind.actor, member.display_name as name
      from kind
      left join public.memberships as member
        on member.organization_id = organization and 'user:' || member.user_id = kind.actor
    )
    select jsonb_build_object(
      'tables', (select coalesce(jsonb_agg(distinct kind.table_name), '[]') from kind),
      'actions', (select coalesce(jsonb_agg(distinct kind.action), '[]') from kind),
      'actors', (select coalesce(jsonb_agg(jsonb_build_object('actor', actor, 'name', name) order by name, actor), '[]') from acting)
    )
  );
end
$$;

create or replace function public.audit_facets(organization uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.audit_facets(organization)
$$;

comment on function public.audit_facets is 'What an organization''s audit log can be filtered by: {tables, actions, actors: [{actor, name}]}.';

-- Definer for the same reason.
create or replace function private.audit_chain_state(organization uuid) returns table (
  head bigint, sealed_at timestamptz, unsealed bigint, oldest_unsealed timestamptz, anchored bigint, anchored_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'audit.read') then
    raise exception 'You may not read the audit log of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return query
  select coalesce(last_seal.sequence, 0), last_seal.sealed_at, tail.unsealed, tail.oldest, coalesce(last_anchor.sequence, 0),
    last_anchor.anchored_at
  from (
    select count(*) as unsealed, min(e.occurred_at) as oldest
    from private.audit_pending as p
    join public.audit_log as e
      on e.organization_id = p.organization_id and e.id between p.first_id and p.last_id and e.txid = p.txid
    where p.organization_id = organization
  ) as tail
  left join lateral (
    select s.sequence, s.sealed_at from private.audit_seals as s where s.organization_id = organization
    order by s.sequence desc limit 1
  ) as last_seal on true
  left join lateral (
    select a.sequence, a.anchored_at from private.audit_anchors as a where a.organization_id = organization
    order by a.sequence desc limit 1
  ) as last_anchor on true;
end
$$;

create or replace function public.audit_chain_state(organization uuid) returns table (
  head bigint, sealed_at timestamptz, unsealed bigint, oldest_unsealed timestamptz, anchored bigint, anchored_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select * from private.audit_chain_state(organization)
$$;

comment on function public.audit_chain_state is 'How far the chain is sealed, what is not yet, and how far its head was put outside.';

-- anon is deliberately absent.
grant execute on function
  private.audit_page(uuid, text[], text[], text[], text, timestamptz, timestamptz, bigint, integer),
  public.audit_page(uuid, text[], text[], text[], text, timestamptz, timestamptz, bigint, integer),
  private.audit_facets(uuid), public.audit_facets(uuid),
  private.audit_chain_state(uuid), public.audit_chain_state(uuid)
to authenticated;
