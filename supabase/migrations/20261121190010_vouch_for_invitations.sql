-- An invitation is worth what its inviter may give at the moment it is accepted. An administrator who was about to be let go could
-- invite a second address of their own and come back with it, as administrator, weeks later. Whoever sends an invitation again
-- vouches for it from then on, and under the domains that are allowed by then.

set local lock_timeout = '5s';

create or replace function private.may_invite_as(inviter uuid, organization uuid, role uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.memberships as m
    join public.role_permissions as held
      on held.role_id = m.role_id and held.permission = 'members.manage' and held.scope = 'all'
    where m.organization_id = organization
      and m.user_id = inviter
      and m.status = 'active'
      and not exists (
        select from public.role_permissions as given
        where given.role_id = role and not exists (
          select from public.role_permissions as own
          where own.role_id = m.role_id and own.permission = given.permission and (own.scope = 'all' or given.scope = 'own')
        )
      )
  )
$$;

comment on function private.may_invite_as is 'Whether this person may, now, invite somebody as this role.';

create or replace function private.check_allowed_domain(organization uuid, address text) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  domains constant jsonb := private.configuration_value(organization, 'organization', 'allowed_domains');
begin
  if jsonb_array_length(domains) > 0 and not domains ? split_part(address, '@', 2) then
    raise exception 'Addresses at "%" may not be invited.', split_part(address, '@', 2)
      using errcode = 'PW004', detail = domains::text;
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

-- Definer as before: invitations are closed to whom they are for.
create or replace function private.my_invitations()
returns table (
  invitation_id uuid, organization_name text, role_name text, invited_by_name text, expires_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select i.id, o.name, r.name, m.display_name, i.expires_at
  from public.invitations as i
  join public.organizations as o on o.id = i.organization_id
  join public.roles as r on r.id = i.role_id
  join public.memberships as m on m.organization_id = i.organization_id and m.user_id = i.invited_by
  where i.email = private.my_confirmed_address()
    and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
    and private.organization_is_open(i.organization_id)
    and private.may_invite_as(i.invited_by, i.organization_id, i.role_id)
  order by i.expires_at
$$;

create or replace function private.accept(invitation public.invitations) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  refusal constant text := 'This invitation cannot be used: it was for another address, was used already, was withdrawn or has expired.';
  me constant uuid := (select auth.uid());
begin
  if exists (select from auth.users as u where u.id = me and u.email_confirmed_at is null) then
    raise exception 'Confirm your e-mail address first.' using errcode = 'PW010';
  end if;
  if invitation.id is null
    or invitation.accepted_at is not null or invitation.revoked_at is not null or invitation.expires_at <= now()
    or invitation.email is distinct from private.my_confirmed_address()
    or not private.organization_is_open(invitation.organization_id)
    or not private.may_invite_as(invitation.invited_by, invitation.organization_id, invitation.role_id)
  then
    if invitation.id is not null then
      perform private.record_denied(
        invitation.organization_id, 'accept_invitation', 'invitations', invitation.id::text, 'The invitation was not valid for this person.'
      );
    end if;
    return private.answer_with_error(400, 'PW003', refusal);
  end if;
  if exists (
    select from public.memberships as m
    where m.organization_id = invitation.organization_id and m.user_id = me and m.status = 'active'
  ) then
    raise exception 'You are a member already.' using errcode = 'PW005';
  end if;
  return to_jsonb(private.join_by_invitation(invitation));
end
$$;
