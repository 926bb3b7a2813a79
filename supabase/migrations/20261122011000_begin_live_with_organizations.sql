-- Where following begins is said with the organizations, before a screen reads anything in them: what changed afterwards is asked for,
-- and nothing that a screen has just read is read a second time when it begins to listen.

set local lock_timeout = '5s';

-- Two more columns make it another function.
drop function public.my_organizations();
drop function private.my_organizations();

-- Definer, because suspended organizations and memberships that ended are hidden from their members by the policies.
create or replace function private.my_organizations()
returns table (
  organization_id uuid, name text, slug text, parent_id uuid, subscription_tier text, seat_limit bigint, is_active boolean,
  is_tenant boolean, membership_status text, role_key text, role_name text, permissions jsonb, platform_access_until timestamptz,
  live_cursor text, live_epoch bigint
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
      mine.expires_at,
      pg_snapshot_xmin(pg_current_snapshot())::text,
      case when mine.is_open and (mine.status = 'active' or mine.expires_at is not null) then private.live_epoch_of(mine.id) end
    from mine
    order by mine.name, mine.id;
end
$$;

create function public.my_organizations()
returns table (
  organization_id uuid, name text, slug text, parent_id uuid, subscription_tier text, seat_limit bigint, is_active boolean,
  is_tenant boolean, membership_status text, role_key text, role_name text, permissions jsonb, platform_access_until timestamptz,
  live_cursor text, live_epoch bigint
)
language sql stable set search_path = '' as $$ select * from private.my_organizations() $$;

comment on function public.my_organizations is
  'Where I belong, as what, what I may do there ({permission: scope}), and from where on changes_since tells what I have not read.';

-- anon is deliberately absent.
grant execute on function private.my_organizations(), public.my_organizations() to authenticated;
