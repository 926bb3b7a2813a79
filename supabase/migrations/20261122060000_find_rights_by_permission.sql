-- What every policy asks, found from the permission on: an index that has the organizations beside the roles answers for all roles of a person
-- in one scan, where each membership had its right looked up before. For somebody in 20 organizations 0.19 → 0.17 ms a question; their own
-- rows only, which deals are asked for beside it, 0.13 → 0.09 ms among the few rights that reach no further. A role and the memberships that
-- have it are of the same organization by their foreign keys.

set local lock_timeout = '5s';

-- A migration is one transaction, so they are not built beside writes.
-- squawk-ignore require-concurrent-index-creation
create index if not exists role_permissions_permission_role_id_idx on public.role_permissions (permission, role_id)
  include (organization_id, scope);
-- squawk-ignore require-concurrent-index-creation
create index if not exists role_permissions_own_idx on public.role_permissions (permission, role_id) include (organization_id) where scope = 'own';
-- The first of them begins with the same column.
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.role_permissions_permission_idx;

create or replace function private.organizations_where_i_hold(permission text) returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me constant uuid := auth.uid();
begin
  return array(
    select held.organization_id
    from public.role_permissions as held
    where held.permission = $1
      and held.role_id = any (array(select m.role_id from public.memberships as m where m.user_id = me and m.status = 'active'))
      and not exists (select from private.suspended_organizations as s where s.id = held.organization_id)
    union all
    select a.organization_id
    from private.platform_access as a
    join public.permissions as p on p.key = $1 and p.for_platform_staff
    where a.user_id = me and a.expires_at > now()
  );
end
$$;

create or replace function private.organizations_where_i_can(permission text) returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me constant uuid := auth.uid();
begin
  return array(
    select held.organization_id
    from public.role_permissions as held
    where held.permission = $1
      and held.scope = 'all'
      and held.role_id = any (array(select m.role_id from public.memberships as m where m.user_id = me and m.status = 'active'))
      and not exists (select from private.suspended_organizations as s where s.id = held.organization_id)
    union all
    select a.organization_id
    from private.platform_access as a
    join public.permissions as p on p.key = $1 and p.for_platform_staff
    where a.user_id = me and a.expires_at > now()
  );
end
$$;

create or replace function private.organizations_where_i_own(permission text) returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me constant uuid := auth.uid();
begin
  return array(
    select held.organization_id
    from public.role_permissions as held
    where held.permission = $1
      and held.scope = 'own'
      and held.role_id = any (array(select m.role_id from public.memberships as m where m.user_id = me and m.status = 'active'))
      and not exists (select from private.suspended_organizations as s where s.id = held.organization_id)
  );
end
$$;
