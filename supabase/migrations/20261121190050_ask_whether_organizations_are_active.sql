-- Without saying whether it is to be active, Postgres refused the row and showed all of it in the error, settings included, to staff
-- who have no access open.

set local lock_timeout = '5s';

-- Definer as before: staff have no right on the table.
create or replace function private.set_organization_active(organization uuid, active boolean, reason text) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not private.i_am_platform_staff() then
    return private.refuse(organization, 'set_organization_active', 'organizations', organization::text);
  end if;
  if active is null then
    raise exception 'Say whether the organization is active.' using errcode = 'PW017';
  end if;
  if char_length(btrim(coalesce(reason, ''))) < 10 then
    raise exception 'Say why, in at least 10 characters.' using errcode = 'PW017';
  end if;
  update public.organizations as o set is_active = active where o.id = organization;
  if not found then
    raise exception 'This organization does not exist.' using errcode = 'PW012';
  end if;
  perform private.record_audit(
    organization, case when active then 'organization_reactivated' else 'organization_suspended' end,
    'organizations', organization::text, jsonb_build_object('reason', left(btrim(reason), 500))
  );
  return jsonb_build_object('organization_id', organization, 'is_active', active);
end
$$;
