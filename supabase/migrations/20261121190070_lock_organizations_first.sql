-- Invitations, memberships, roles and profiles were locked in whatever order each function came to them: when several people worked on
-- the same person or role at once, one in 350 calls ended in a deadlock, some in a raw error of a key. One order for all: one's own
-- profile, the organization, then its rows. Only who has the right, or holds the invitation, ever takes a lock.

set local lock_timeout = '5s';

-- The row that seats are counted under.
create or replace function private.lock_organization(organization uuid) returns void
language sql
volatile
set search_path = ''
as $$
  select from public.organizations as o where o.id = organization for no key update
$$;

-- Who comes or goes also changes where they work: a new name, too, goes from the profile to the memberships.
create or replace function private.lock_before_joining(organization uuid) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if organization is not null then
    perform from public.profiles as p where p.user_id = (select auth.uid()) for no key update;
    perform private.lock_organization(organization);
  end if;
end
$$;

-- Definer, here and below, as before: each function asks for the caller's right itself.
create or replace function private.invite_member(organization uuid, address text, role uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  normalized constant text := private.normalized_address(address);
  token constant text := encode(extensions.gen_random_bytes(32), 'hex');
  made public.invitations;
begin
  if not private.can(organization, 'members.manage') then
    return private.refuse(organization, 'invite_member', 'invitations', null);
  end if;
  perform private.lock_organization(organization);
  if not exists (select from public.roles as r where r.organization_id = organization and r.id = role) then
    raise exception 'This role does not exist in the organization.' using errcode = 'PW012';
  end if;
  if private.exceeds_my_rights(organization, private.permissions_of(role)) then
    return private.refuse(
      organization, 'invite_member', 'invitations', null, 'The role holds more rights than who invites.', 'PW009'
    );
  end if;
  perform private.check_allowed_domain(organization, normalized);
  if exists (
    select from public.memberships as m
    where m.organization_id = organization and m.email = normalized and m.status = 'active'
  ) then
    raise exception 'This person is a member already.' using errcode = 'PW005';
  end if;
  update public.invitations as i set revoked_at = now()
  where i.organization_id = organization and i.email = normalized
    and i.accepted_at is null and i.revoked_at is null and i.expires_at <= now();
  begin
    insert into public.invitations (organization_id, email, role_id, token_hash, invited_by, expires_at)
    values (
      organization, normalized, role, private.hash_of_token(token), (select auth.uid()),
      now() + private.invitation_lifetime(organization)
    )
    returning * into made;
  exception
    when unique_violation then
      raise exception 'This address has an open invitation already.' using errcode = 'PW005';
    when check_violation or not_null_violation then
      raise exception 'This is not an e-mail address.' using errcode = 'PW013';
  end;
  return jsonb_build_object('id', made.id, 'token', token, 'expires_at', made.expires_at);
end
$$;

create or replace function private.renew_invitation(organization uuid, invitation uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  token constant text := encode(extensions.gen_random_bytes(32), 'hex');
  asked public.invitations;
  made public.invitations;
begin
  if not private.can(organization, 'members.manage') then
    return private.refuse(organization, 'renew_invitation', 'invitations', invitation::text);
  end if;
  perform private.lock_organization(organization);
  select i.* into asked
  from public.invitations as i
  where i.organization_id = organization and i.id = invitation and i.accepted_at is null and i.revoked_at is null
  for update;
  if asked.id is null then
    raise exception 'This invitation is no longer open.' using errcode = 'PW003';
  end if;
  if private.exceeds_my_rights(organization, private.permissions_of(asked.role_id)) then
    return private.refuse(
      organization, 'renew_invitation', 'invitations', invitation::text, 'The role holds more rights than who invites.', 'PW009'
    );
  end if;
  perform private.check_allowed_domain(organization, asked.email);
  update public.invitations as i
  set token_hash = private.hash_of_token(token), invited_by = (select auth.uid()), expires_at = now() + private.invitation_lifetime(organization)
  where i.id = invitation
  returning i.* into made;
  return jsonb_build_object('id', made.id, 'token', token, 'expires_at', made.expires_at);
end
$$;

create or replace function private.revoke_invitation(organization uuid, invitation uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'members.manage') then
    return private.refuse(organization, 'revoke_invitation', 'invitations', invitation::text);
  end if;
  perform private.lock_organization(organization);
  update public.invitations as i set revoked_at = now()
  where i.organization_id = organization and i.id = invitation and i.accepted_at is null and i.revoked_at is null;
  if not found then
    raise exception 'This invitation is no longer open.' using errcode = 'PW003';
  end if;
  return jsonb_build_object('id', invitation);
end
$$;

create or replace function private.accept_invitation(token text) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  wanted public.invitations;
begin
  perform private.lock_before_joining(
    (select i.organization_id from public.invitations as i where i.token_hash = private.hash_of_token(token))
  );
  select i.* into wanted from public.invitations as i where i.token_hash = private.hash_of_token(token) for update;
  return private.accept(wanted);
end
$$;

create or replace function private.accept_my_invitation(invitation uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  wanted public.invitations;
begin
  perform private.lock_before_joining((
    select i.organization_id from public.invitations as i
    where i.id = invitation and i.email = private.my_confirmed_address()
  ));
  select i.* into wanted from public.invitations as i
  where i.id = invitation and i.email = private.my_confirmed_address()
  for update;
  return private.accept(wanted);
end
$$;

create or replace function private.member_to_change(organization uuid, member uuid, seen_version bigint) returns public.memberships
language plpgsql
volatile
set search_path = ''
as $$
declare
  target public.memberships;
begin
  perform private.lock_organization(organization);
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

create or replace function private.leave_organization(organization uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.lock_before_joining((
    select m.organization_id from public.memberships as m
    where m.organization_id = organization and m.user_id = (select auth.uid()) and m.status = 'active'
  ));
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

create or replace function private.delete_role(organization uuid, role uuid, seen_version bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  target public.roles;
begin
  if not private.can(organization, 'roles.manage') then
    return private.refuse(organization, 'delete_role', 'roles', role::text);
  end if;
  perform private.lock_organization(organization);
  target := private.role_to_change(organization, role, seen_version);
  if target.is_built_in then
    raise exception 'A built-in role cannot be deleted.' using errcode = 'PW008';
  end if;
  if private.exceeds_my_rights(organization, private.permissions_of(role)) then
    return private.refuse(organization, 'delete_role', 'roles', role::text, 'The role holds more rights than who deletes it.', 'PW009');
  end if;
  begin
    -- Invitations that ended need the role no longer.
    delete from public.invitations as i
    where i.organization_id = organization and i.role_id = role
      and (i.accepted_at is not null or i.revoked_at is not null or i.expires_at <= now());
    delete from public.roles as r where r.id = target.id;
  exception when foreign_key_violation then
    raise exception 'Members or open invitations still have this role.' using errcode = 'PW008';
  end;
  return jsonb_build_object('id', target.id);
end
$$;
