-- What screens ask, measured with 200 organizations, 40,000 members in one of them and a million events. The list of who acted in
-- the audit log built a text for each of 40,000 members to find ten: 38 ms; the list of my organizations was planned anew at
-- each page: in plpgsql the plan is kept. Members sorted by address or date were all read and sorted for a page of 50.

set local lock_timeout = '5s';

-- Small tables, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_email_idx on public.memberships (organization_id, email);
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_joined_at_idx on public.memberships (organization_id, joined_at);

-- Definer, because suspended organizations and memberships that ended are hidden from their members by the policies.
create or replace function private.my_organizations()
returns table (
  organization_id uuid, name text, slug text, parent_id uuid, subscription_tier text, seat_limit bigint, is_active boolean,
  is_tenant boolean, membership_status text, role_key text, role_name text, permissions jsonb, platform_access_until timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
    with access as (
      select a.organization_id, max(a.expires_at) as expires_at
      from private.platform_access as a
      where a.user_id = (select auth.uid()) and a.expires_at > now()
      group by a.organization_id
    ),
    mine as (
      select
        o.*,
        o.is_active and coalesce(tenant.is_active, true) as is_open,
        m.status, r.key as role_key, r.name as role_name, r.id as role_id,
        access.expires_at
      from public.organizations as o
      left join public.organizations as tenant on tenant.id = o.parent_id
      left join public.memberships as m on m.organization_id = o.id and m.user_id = (select auth.uid())
      left join public.roles as r on r.id = m.role_id
      left join access on access.organization_id = o.id
      where o.id in (
        select own.organization_id from public.memberships as own where own.user_id = (select auth.uid())
        union
        select access.organization_id from access
      )
    )
    select
      mine.id, mine.name, mine.slug, mine.parent_id, mine.subscription_tier, mine.seat_limit, mine.is_open,
      exists (select from public.organizations as child where child.parent_id = mine.id),
      coalesce(mine.status, 'none'), mine.role_key, mine.role_name,
      coalesce(
        (
          select jsonb_object_agg(given.permission, given.scope)
          from (
            -- The wider scope wins: "all" sorts before "own".
            select held.permission, min(held.scope) as scope
            from (
              select rp.permission, rp.scope from public.role_permissions as rp
              where rp.role_id = mine.role_id and mine.status = 'active' and mine.is_open
              union all
              select p.key, 'all' from public.permissions as p where p.for_platform_staff and mine.expires_at is not null
            ) as held
            group by held.permission
          ) as given
        ),
        '{}'
      ),
      mine.expires_at
    from mine
    order by mine.name, mine.id;
end
$$;

-- Definer, because kinds and what waits to be sealed are closed to clients; so it asks for the right itself.
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
      select kind.actor, member.display_name as name
      from (select distinct kind.actor from kind) as kind
      left join public.memberships as member
        on member.organization_id = organization
        and member.user_id = case when kind.actor like 'user:%' then substr(kind.actor, 6)::uuid end
    )
    select jsonb_build_object(
      'tables', (select coalesce(jsonb_agg(distinct kind.table_name), '[]') from kind),
      'actions', (select coalesce(jsonb_agg(distinct kind.action), '[]') from kind),
      'actors', (select coalesce(jsonb_agg(jsonb_build_object('actor', actor, 'name', name) order by name, actor), '[]') from acting)
    )
  );
end
$$;
