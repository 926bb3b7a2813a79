-- What screens ask of the timeline: a page of one partner's events or of the whole organization's, by any filter, and what there is to
-- filter by. Each function asks once for the right to the one organization and reads inside it by indexes; under a policy each filter
-- would be tried on every event, and an event of a deal would be told to those who may not see the deal.

set local lock_timeout = '5s';

-- The table is new and empty. Two indexes, paid by each write, answer for an organization of millions of events: every kind, and
-- every kind of every actor, in the order of time. Its whole timeline is the newest of each kind.
-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_activity_log_kind_idx on public.partner_activity_log (organization_id, kind, occurred_at, id);
-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_activity_log_actor_idx on public.partner_activity_log (organization_id, actor, kind, occurred_at, id);

-- The kinds that the caller may be told of in the organization.
create or replace function private.my_activity_kinds(organization uuid) returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  held constant text[] := array(
    select asked.permission from (select distinct k.permission from private.activity_kinds as k) as asked
    where private.can(organization, asked.permission)
  );
begin
  return array(select k.kind from private.activity_kinds as k where k.permission = any (held));
end
$$;

-- Definer, because the timeline is closed to clients; so it asks for the right itself. Its plans are kept, so they may not be made for
-- the values of the first calls: the order of an index is always the way.
create or replace function private.partner_timeline(
  organization uuid, partner uuid, kinds text[], actors text[], since timestamptz, until timestamptz,
  before_at timestamptz, before_id bigint, page_size integer
) returns table (
  id bigint, occurred_at timestamptz, partner_id uuid, partner_name text, kind text, actor text, actor_id uuid, actor_name text,
  subject_table text, subject_id uuid, subject_label text, is_visible_to_partner boolean,
  before jsonb, after jsonb, details jsonb, recorded_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
set enable_bitmapscan = off
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
set jit = off
as $$
declare
  rows_wanted constant integer := least(greatest(coalesce(page_size, 50), 1), 200);
  from_at constant timestamptz := coalesce(since, '-infinity');
  to_at constant timestamptz := coalesce(until, 'infinity');
  last_at constant timestamptz := coalesce(before_at, 'infinity');
  last_id constant bigint := coalesce(before_id, case when before_at is null then 9223372036854775807 else 0 end);
  me constant uuid := (select auth.uid());
  wanted_kinds text[];
  kinds_of_my_deals text[] := '{}';
  sees_partners boolean;
begin
  if not private.can(organization, 'activity.read') then
    raise exception 'You may not read the activity of this organization.' using errcode = 'insufficient_privilege';
  elsif cardinality(actors) > 50 then
    raise exception 'The timeline can be filtered by at most 50 people.' using errcode = 'invalid_parameter_value';
  end if;
  wanted_kinds := array(
    select mine.kind from unnest(private.my_activity_kinds(organization)) as mine (kind) where kinds is null or mine.kind = any (kinds)
  );
  -- Who reads their own deals only is told of those.
  if organization = any (private.organizations_where_i_own('opportunities.read')) then
    kinds_of_my_deals := array(
      select k.kind from private.activity_kinds as k where k.permission = 'opportunities.read' and (kinds is null or k.kind = any (kinds))
    );
  end if;
  sees_partners := private.can(organization, 'partners.read');

  return query
  with chosen as (
    -- One partner's: its own events, from the newest on.
    (
      select l.kind, l.occurred_at, l.id
      from public.partner_activity_log as l
      where partner is not null and l.organization_id = organization and l.partner_id = partner
        and l.occurred_at >= from_at and l.occurred_at < to_at and (l.occurred_at, l.id) < (last_at, last_id)
        and (l.kind = any (wanted_kinds) or l.kind = any (kinds_of_my_deals) and exists (
          select from public.opportunities as deal
          where deal.organization_id = organization and deal.id = l.subject_id and deal.owner_id = me
        ))
        and (actors is null or l.actor = any (actors))
      order by l.occurred_at desc, l.id desc limit rows_wanted
    )
    union all
    -- The organization's: the newest of each kind.
    (
      select newest.*
      from unnest(wanted_kinds) as wanted (kind)
      cross join lateral (
        select l.kind, l.occurred_at, l.id
        from public.partner_activity_log as l
        where l.organization_id = organization and l.kind = wanted.kind
          and l.occurred_at >= from_at and l.occurred_at < to_at and (l.occurred_at, l.id) < (last_at, last_id)
        order by l.occurred_at desc, l.id desc limit rows_wanted
      ) as newest
      where partner is null and actors is null
      order by newest.occurred_at desc, newest.id desc limit rows_wanted
    )
    union all
    -- What somebody did there: the newest of each kind of theirs.
    (
      select newest.*
      from unnest(actors) as who (actor)
      cross join unnest(wanted_kinds) as wanted (kind)
      cross join lateral (
        select l.kind, l.occurred_at, l.id
        from public.partner_activity_log as l
        where l.organization_id = organization and l.actor = who.actor and l.kind = wanted.kind
          and l.occurred_at >= from_at and l.occurred_at < to_at and (l.occurred_at, l.id) < (last_at, last_id)
        order by l.occurred_at desc, l.id desc limit rows_wanted
      ) as newest
      where partner is null
      order by newest.occurred_at desc, newest.id desc limit rows_wanted
    )
    union all
    -- What became of my own deals, of which the timeline keeps the keys together.
    (
      select l.kind, l.occurred_at, l.id
      from public.opportunities as deal
      join public.partner_activity_log as l on l.organization_id = deal.organization_id
        and l.source_key > 'opportunities:' || deal.id || ':' and l.source_key < 'opportunities:' || deal.id || ';'
      where partner is null and cardinality(kinds_of_my_deals) > 0
        and deal.organization_id = organization and deal.owner_id = me
        and l.occurred_at >= from_at and l.occurred_at < to_at and (l.occurred_at, l.id) < (last_at, last_id)
        and l.kind = any (kinds_of_my_deals) and (actors is null or l.actor = any (actors))
      order by l.occurred_at desc, l.id desc limit rows_wanted
    )
  )
  select
    l.id, l.occurred_at, l.partner_id, case when sees_partners then p.name end, l.kind::text, l.actor::text, person.id,
    coalesce(member.display_name, l.actor_name), l.subject_table, l.subject_id, l.subject_label, l.is_visible_to_partner,
    l.before, l.after, l.details, l.recorded_at
  from (select c.* from chosen as c order by c.occurred_at desc, c.id desc limit rows_wanted) as page
  join public.partner_activity_log as l
    on l.organization_id = organization and l.kind = page.kind and l.occurred_at = page.occurred_at and l.id = page.id
  cross join lateral (select case when l.actor like 'user:%' then substr(l.actor, 6)::uuid end as id) as person
  left join public.memberships as member on member.organization_id = organization and member.user_id = person.id
  left join public.partners as p on p.organization_id = organization and p.id = l.partner_id
  order by l.occurred_at desc, l.id desc;
end
$$;

create or replace function public.partner_timeline(
  organization uuid, partner uuid default null, kinds text[] default null, actors text[] default null,
  since timestamptz default null, until timestamptz default null,
  before_at timestamptz default null, before_id bigint default null, page_size integer default 50
) returns table (
  id bigint, occurred_at timestamptz, partner_id uuid, partner_name text, kind text, actor text, actor_id uuid, actor_name text,
  subject_table text, subject_id uuid, subject_label text, is_visible_to_partner boolean,
  before jsonb, after jsonb, details jsonb, recorded_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select * from private.partner_timeline(organization, partner, kinds, actors, since, until, before_at, before_id, page_size)
$$;

comment on function public.partner_timeline is
  'Events of a partner, or of the organization without one, newest first, after the one of before_at and before_id; at most 200. Tells only what the caller may see in its place, too.';

-- Definer for the same reason. The actors are found by leaping from one to the next in their index.
create or replace function private.timeline_facets(organization uuid) returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'activity.read') then
    raise exception 'You may not read the activity of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return (
    with recursive acting as (
      (select l.actor from public.partner_activity_log as l where l.organization_id = organization order by l.actor limit 1)
      union all
      select (
        select l.actor from public.partner_activity_log as l
        where l.organization_id = organization and l.actor > a.actor order by l.actor limit 1
      )
      from acting as a where a.actor is not null
    ),
    named as (
      select a.actor::text as actor, coalesce(member.display_name, told.actor_name) as name
      from acting as a
      left join public.memberships as member
        on member.organization_id = organization and 'user:' || member.user_id = a.actor
      left join lateral (
        select l.actor_name from public.partner_activity_log as l
        where l.organization_id = organization and l.actor = a.actor order by l.kind desc, l.occurred_at desc, l.id desc limit 1
      ) as told on true
      where a.actor is not null
    )
    select jsonb_build_object(
      'kinds', (
        select coalesce(jsonb_agg(jsonb_build_object('kind', k.kind, 'label', k.label, 'area', k.area) order by k."position"), '[]')
        from private.activity_kinds as k where k.kind = any (private.my_activity_kinds(organization))
      ),
      'actors', (select coalesce(jsonb_agg(jsonb_build_object('actor', n.actor, 'name', n.name) order by n.name, n.actor), '[]') from named as n)
    )
  );
end
$$;

create or replace function public.timeline_facets(organization uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.timeline_facets(organization)
$$;

comment on function public.timeline_facets is
  'What the timeline of an organization can be filtered by: {kinds: [{kind, label, area}], actors: [{actor, name}]}.';

-- anon is deliberately absent.
grant execute on function
  private.partner_timeline(uuid, uuid, text[], text[], timestamptz, timestamptz, timestamptz, bigint, integer),
  public.partner_timeline(uuid, uuid, text[], text[], timestamptz, timestamptz, timestamptz, bigint, integer),
  private.timeline_facets(uuid), public.timeline_facets(uuid)
to authenticated;
