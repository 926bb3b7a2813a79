-- Changing what members are. A membership is only written here: the right, the version that was seen, and that nobody moves
-- somebody who holds more than themselves are asked in one place; that an administrator stays is the table's own trigger.

set local lock_timeout = '5s';

-- The membership to be changed, locked. Raises when it is not the one that was seen.
create or replace function private.member_to_change(organization uuid, member uuid, seen_version bigint) returns public.memberships
language plpgsql
volatile
set search_path = ''
as $$
declare
  target public.memberships;
begin
  select m.* into target from public.memberships as m
  where m.organization_id = organization and m.user_id = member
  for update;
  if target.id is null then
    raise exception 'This person is not a member of the organization.' using errcode = 'PW012';
  end if;
  if target.version is distinct from seen_version then
    raise exception 'Somebody else changed this member in the meantime.' using errcode = 'PW006';
  end if;
  return target;
end
$$;

-- Definer, here and below: clients have no right to write memberships; each function asks for the caller's itself.
create or replace function private.change_member_role(organization uuid, member uuid, role uuid, seen_version bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  target public.memberships;
begin
  if not private.can(organization, 'members.manage') then
    return private.refuse(organization, 'change_member_role', 'memberships', member::text);
  end if;
  if not exists (select from public.roles as r where r.organization_id = organization and r.id = role) then
    raise exception 'This role does not exist in the organization.' using errcode = 'PW012';
  end if;
  target := private.member_to_change(organization, member, seen_version);
  if private.exceeds_my_rights(organization, private.permissions_of(role))
    or private.exceeds_my_rights(organization, private.permissions_of(target.role_id))
  then
    return private.refuse(
      organization, 'change_member_role', 'memberships', target.id::text, 'A role holds more rights than who changes it.', 'PW009'
    );
  end if;
  update public.memberships as m set role_id = role where m.id = target.id returning m.* into target;
  return jsonb_build_object('user_id', target.user_id, 'role_id', target.role_id, 'version', target.version);
end
$$;

create or replace function private.set_member_status(
  organization uuid, member uuid, seen_version bigint, new_status text, attempted text
) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  target public.memberships;
begin
  if not private.can(organization, 'members.manage') then
    return private.refuse(organization, attempted, 'memberships', member::text);
  end if;
  target := private.member_to_change(organization, member, seen_version);
  if private.exceeds_my_rights(organization, private.permissions_of(target.role_id)) then
    return private.refuse(
      organization, attempted, 'memberships', target.id::text, 'The member holds more rights than who changes it.', 'PW009'
    );
  end if;
  update public.memberships as m
  set status = new_status, deactivated_at = case new_status when 'deactivated' then coalesce(m.deactivated_at, now()) end
  where m.id = target.id
  returning m.* into target;
  return jsonb_build_object('user_id', target.user_id, 'status', target.status, 'version', target.version);
end
$$;

create or replace function private.deactivate_member(organization uuid, member uuid, seen_version bigint) returns jsonb
language sql volatile security definer set search_path = ''
as $$ select private.set_member_status(organization, member, seen_version, 'deactivated', 'deactivate_member') $$;

create or replace function private.reactivate_member(organization uuid, member uuid, seen_version bigint) returns jsonb
language sql volatile security definer set search_path = ''
as $$ select private.set_member_status(organization, member, seen_version, 'active', 'reactivate_member') $$;

-- One's own membership needs no right.
create or replace function private.leave_organization(organization uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.memberships as m set status = 'deactivated', deactivated_at = now()
  where m.organization_id = organization and m.user_id = (select auth.uid()) and m.status = 'active';
  if not found then
    return private.answer_with_error(403, '42501', 'You do not have the right to do this.');
  end if;
  update public.profiles as p set active_organization_id = null
  where p.user_id = (select auth.uid()) and p.active_organization_id = organization;
  return jsonb_build_object('organization_id', organization);
end
$$;

create or replace function public.change_member_role(organization uuid, member uuid, role uuid, seen_version bigint) returns jsonb
language sql volatile set search_path = '' as $$ select private.change_member_role(organization, member, role, seen_version) $$;
create or replace function public.deactivate_member(organization uuid, member uuid, seen_version bigint) returns jsonb
language sql volatile set search_path = '' as $$ select private.deactivate_member(organization, member, seen_version) $$;
create or replace function public.reactivate_member(organization uuid, member uuid, seen_version bigint) returns jsonb
language sql volatile set search_path = '' as $$ select private.reactivate_member(organization, member, seen_version) $$;
create or replace function public.leave_organization(organization uuid) returns jsonb
language sql volatile set search_path = '' as $$ select private.leave_organization(organization) $$;

comment on function public.change_member_role is 'Gives a member another role. Needs members.manage and the version that was seen.';
comment on function public.deactivate_member is 'The member sees nothing of the organization from the next request on. Needs members.manage.';
comment on function public.reactivate_member is 'The member is back, if there is a seat. Needs members.manage.';
comment on function public.leave_organization is 'Ends my own membership, unless I am the last administrator.';

grant execute on function
  private.change_member_role(uuid, uuid, uuid, bigint), public.change_member_role(uuid, uuid, uuid, bigint),
  private.deactivate_member(uuid, uuid, bigint), public.deactivate_member(uuid, uuid, bigint),
  private.reactivate_member(uuid, uuid, bigint), public.reactivate_member(uuid, uuid, bigint),
  private.leave_organization(uuid), public.leave_organization(uuid)
to authenticated;

-- As before, and no longer for a person who was deleted: their right to be forgotten comes before an organization's wish for an
-- administrator.
create or replace function private.keep_an_administrator() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  admin_role uuid;
begin
  perform from public.organizations as o where o.id = old.organization_id for no key update;
  admin_role := (select r.id from public.roles as r where r.organization_id = old.organization_id and r.key = 'org_admin');
  if old.role_id = admin_role
    and exists (select from auth.users as u where u.id = old.user_id)
    and not exists (
      select from public.memberships as m
      where m.organization_id = old.organization_id and m.role_id = admin_role and m.status = 'active' and m.id <> old.id
    )
  then
    raise exception 'An organization needs at least one administrator.' using errcode = 'PW002';
  end if;
  return new;
end
$$;

-- A person who is deleted disappears from what colleagues see, and keeps no access; what they did stays, without their name.
-- Definer, because it is Auth that deletes.
create or replace function private.forget_person() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.memberships as m set status = 'deactivated', deactivated_at = now()
  where m.user_id = old.id and m.status = 'active';
  update public.profiles as p
  set display_name = 'Former member', email = null, avatar_color = 'slate', locale = null, time_zone = null,
    notification_preferences = '{}', active_organization_id = null
  where p.user_id = old.id;
  delete from private.platform_staff as s where s.user_id = old.id;
  return null;
end
$$;

create or replace trigger _500_forget_person
after delete on auth.users
for each row execute function private.forget_person();
