-- Two things that the timeline owed since people of partners and deals of one's own are there. Events of somebody's place in a partner's
-- portal are called by their name, and an erasure did not find them by it. And whoever reads their own deals only was told of them, but
-- not that the timeline can be filtered by such events. A period in the middle of it was looked for from its end; and an erasure asked three
-- functions of every event, ten minutes in a million: now one expression says which are worth asking.

set local lock_timeout = '5s';

create or replace function private.erase_from_timeline(person uuid, reason text, addresses text[], texts text[]) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  -- Where they stand beside a partner: what is told of that is told of them.
  places constant uuid[] := array(select m.id from public.partner_members as m where m.user_id = person);
  -- Whatever could name them, as it stands in a text or in JSON.
  hint constant text := (
    select string_agg(distinct regexp_replace(form.value, '([^[:alnum:]@])', '\\\1', 'g'), '|')
    from unnest(person::text || addresses || texts) as wanted
    cross join lateral (values (wanted), (regexp_replace(to_json(wanted)::text, '^"|"$', '', 'g'))) as form (value)
  );
  affected record;
  told bigint;
  erased bigint := 0;
begin
  for affected in
    select e.organization_id, array_agg(e.source_key) as keys
    from public.partner_activity_log as e
    where e.actor = 'user:' || person and e.actor_name is not null
      or e.subject_table = 'partner_members' and e.subject_id = any (places)
      or case when concat_ws(E'\n', e.actor_name, e.subject_label, e.before::text, e.after::text, e.details::text) ~* hint then
        private.names_person(e.actor_name, person, addresses, texts)
        or private.names_person(e.subject_label, person, addresses, texts)
        or private.names_person(concat_ws(E'\n', e.before::text, e.after::text, e.details::text), person, addresses, texts)
      end
    group by e.organization_id
  loop
    told := private.record_audit(
      affected.organization_id, 'personal_data_erased', 'partner_activity_log', person::text,
      jsonb_build_object('reason', left(reason, 300), 'events', cardinality(affected.keys))
    );
    insert into private.activity_erasures (organization_id, source_key, audit_id)
    select affected.organization_id, key, told from unnest(affected.keys) as key;
    update public.partner_activity_log as e
    set
      actor_name = case when e.actor <> 'user:' || person and not private.names_person(e.actor_name, person, addresses, texts) then e.actor_name end,
      subject_label = case when not is_theirs and not private.names_person(e.subject_label, person, addresses, texts) then e.subject_label end,
      before = case when not is_theirs and not private.names_person(e.before::text, person, addresses, texts) then e.before end,
      after = case when not is_theirs and not private.names_person(e.after::text, person, addresses, texts) then e.after end,
      details = case when not is_theirs and not private.names_person(e.details::text, person, addresses, texts) then e.details end
    from (
      select found.source_key, found.subject_table = 'partner_members' and found.subject_id = any (places) as is_theirs
      from public.partner_activity_log as found
      where found.organization_id = affected.organization_id and found.source_key = any (affected.keys)
    ) as judged
    where e.organization_id = affected.organization_id and e.source_key = judged.source_key;
    erased := erased + cardinality(affected.keys);
  end loop;
  return erased;
end
$$;

-- The kinds that the caller may be told of in the organization, of all rows or of their own.
create or replace function private.kinds_to_filter_by(organization uuid) returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return private.my_activity_kinds(organization) || case
    when organization = any (private.organizations_where_i_own('opportunities.read'))
      then array(select k.kind::text from private.activity_kinds as k where k.permission = 'opportunities.read')
    else '{}'
  end;
end
$$;

-- Definer, because the timeline is closed to clients; so it asks for the right itself. The actors are found by leaping from one to the
-- next in their index.
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
        from private.activity_kinds as k where k.kind = any (private.kinds_to_filter_by(organization))
      ),
      'actors', (select coalesce(jsonb_agg(jsonb_build_object('actor', n.actor, 'name', n.name) order by n.name, n.actor), '[]') from named as n)
    )
  );
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
  -- One upper bound, so that every index is entered at it: the end of the period, or the event that the page before ended with.
  last_at constant timestamptz := coalesce(least(until, before_at), 'infinity');
  last_id constant bigint := case
    when before_at <= coalesce(until, 'infinity') then coalesce(before_id, 0)
    when until is not null then 0
    else 9223372036854775807
  end;
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
        and l.occurred_at >= from_at and (l.occurred_at, l.id) < (last_at, last_id)
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
          and l.occurred_at >= from_at and (l.occurred_at, l.id) < (last_at, last_id)
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
          and l.occurred_at >= from_at and (l.occurred_at, l.id) < (last_at, last_id)
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
        and l.occurred_at >= from_at and (l.occurred_at, l.id) < (last_at, last_id)
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
