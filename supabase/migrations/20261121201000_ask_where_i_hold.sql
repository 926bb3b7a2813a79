-- Writes that may be limited to one's own rows ask two things: is the permission held there at all, which is the index condition,
-- and is it held for all rows, else the row has to be one's own. The first question in one go.

set local lock_timeout = '5s';

-- Definer, because it reads memberships, which are under policies that ask these very functions. The platform's staff only read,
-- so an access of theirs counts where the permission is one of reading.
create or replace function private.organizations_where_i_hold(permission text) returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  me constant uuid := (select auth.uid());
begin
  return array(
    select m.organization_id
    from public.memberships as m
    where m.user_id = me
      and m.status = 'active'
      and exists (select from public.role_permissions as held where held.role_id = m.role_id and held.permission = $1)
      and not exists (select from private.suspended_organizations as s where s.id = m.organization_id)
    union all
    select a.organization_id
    from private.platform_access as a
    join public.permissions as p on p.key = $1 and p.for_platform_staff
    where a.user_id = me and a.expires_at > now()
  );
end
$$;

comment on function private.organizations_where_i_hold is 'Where I have this permission, on all rows or on my own.';

grant execute on function private.organizations_where_i_hold(text) to authenticated;
