-- Inviting, and accepting. Nobody can hand out more than they hold themselves, and nobody learns whether an address has an account.

set local lock_timeout = '5s';

-- Whether a set of permissions, {key: scope}, holds more than I do in this organization.
create or replace function private.exceeds_my_rights(organization uuid, wanted jsonb) returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from jsonb_each_text(wanted) as asked (permission, scope)
    where not exists (
      select from public.memberships as m
      join public.role_permissions as held on held.role_id = m.role_id
      where m.organization_id = organization
        and m.user_id = (select auth.uid())
        and m.status = 'active'
        and held.permission = asked.permission
        and (held.scope = 'all' or asked.scope = 'own')
    )
  )
$$;

create or replace function private.permissions_of(role uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(held.permission, held.scope), '{}')
  from public.role_permissions as held
  where held.role_id = role
$$;

-- The address in the form it is stored and compared in.
create or replace function private.normalized_address(address text) returns text
language sql
immutable
set search_path = ''
as $$
  select lower(btrim(address, E' \t\r\n'))
$$;

create or replace function private.hash_of_token(token text) returns bytea
language sql
immutable
set search_path = ''
as $$
  select sha256(convert_to(token, 'UTF8'))
$$;

create or replace function private.invitation_lifetime(organization uuid) returns interval
language sql
stable
set search_path = ''
as $$
  select make_interval(days => (private.configuration_value(organization, 'team', 'invitation_days'))::integer)
$$;

-- Definer, here and below: clients have no right to write these tables; each function asks for the caller's itself.
create or replace function private.invite_member(organization uuid, address text, role uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  normalized constant text := private.normalized_address(address);
  domains jsonb;
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
  domains := private.configuration_value(organization, 'organization', 'allowed_domains');
  if jsonb_array_length(domains) > 0 and not domains ? split_part(normalized, '@', 2) then
    raise exception 'Addresses at "%" may not be invited.', split_part(normalized, '@', 2)
      using errcode = 'PW004', detail = domains::text;
  end if;
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
  role uuid;
  made public.invitations;
begin
  if not private.can(organization, 'members.manage') then
    return private.refuse(organization, 'renew_invitation', 'invitations', invitation::text);
  end if;
  select i.role_id into role
  from public.invitations as i
  where i.organization_id = organization and i.id = invitation and i.accepted_at is null and i.revoked_at is null
  for update;
  if role is null then
    raise exception 'This invitation is no longer open.' using errcode = 'PW003';
  end if;
  if private.exceeds_my_rights(organization, private.permissions_of(role)) then
    return private.refuse(
      organization, 'renew_invitation', 'invitations', invitation::text, 'The role holds more rights than who invites.', 'PW009'
    );
  end if;
  update public.invitations as i
  set token_hash = private.hash_of_token(token), expires_at = now() + private.invitation_lifetime(organization)
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
  update public.invitations as i set revoked_at = now()
  where i.organization_id = organization and i.id = invitation and i.accepted_at is null and i.revoked_at is null;
  if not found then
    raise exception 'This invitation is no longer open.' using errcode = 'PW003';
  end if;
  return jsonb_build_object('id', invitation);
end
$$;

-- The confirmed address of who is signed in: read where Auth keeps it, not where a token repeats it.
create or replace function private.my_confirmed_address() returns text
language sql
stable
set search_path = ''
as $$
  select lower(u.email) from auth.users as u where u.id = (select auth.uid()) and u.email_confirmed_at is not null
$$;

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
  join public.organizations as o on o.id = i.organization_id and o.is_active
  join public.roles as r on r.id = i.role_id
  join public.memberships as m on m.organization_id = i.organization_id and m.user_id = i.invited_by
  where i.email = private.my_confirmed_address()
    and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
  order by i.expires_at
$$;

-- Takes the seat that the invitation held. A member who was deactivated comes back with the new role.
create or replace function private.join_by_invitation(invitation public.invitations) returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  me constant uuid := (select auth.uid());
begin
  update public.invitations as i set accepted_at = now(), accepted_by = me where i.id = invitation.id;
  -- Not an upsert: its insert would ask for a seat also where the membership is there already.
  update public.memberships as m
  set role_id = invitation.role_id, status = 'active', deactivated_at = null
  where m.organization_id = invitation.organization_id and m.user_id = me and m.status = 'deactivated';
  if not found then
    insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color)
    select invitation.organization_id, p.user_id, invitation.role_id, p.display_name, p.email, p.avatar_color
    from public.profiles as p
    where p.user_id = me;
  end if;
  update public.profiles as p set active_organization_id = invitation.organization_id where p.user_id = me;
  return invitation.organization_id;
end
$$;

-- One answer for an unknown, used, expired, revoked invitation and one for somebody else: nothing can be learnt by trying.
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
    or not exists (select from public.organizations as o where o.id = invitation.organization_id and o.is_active)
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

create or replace function private.accept_invitation(token text) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  wanted public.invitations;
begin
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
  select i.* into wanted from public.invitations as i
  where i.id = invitation and i.email = private.my_confirmed_address()
  for update;
  return private.accept(wanted);
end
$$;

create or replace function public.invite_member(organization uuid, address text, role uuid) returns jsonb
language sql volatile set search_path = '' as $$ select private.invite_member(organization, address, role) $$;
create or replace function public.renew_invitation(organization uuid, invitation uuid) returns jsonb
language sql volatile set search_path = '' as $$ select private.renew_invitation(organization, invitation) $$;
create or replace function public.revoke_invitation(organization uuid, invitation uuid) returns jsonb
language sql volatile set search_path = '' as $$ select private.revoke_invitation(organization, invitation) $$;
create or replace function public.my_invitations()
returns table (invitation_id uuid, organization_name text, role_name text, invited_by_name text, expires_at timestamptz)
language sql stable set search_path = '' as $$ select * from private.my_invitations() $$;
create or replace function public.accept_invitation(token text) returns jsonb
language sql volatile set search_path = '' as $$ select private.accept_invitation(token) $$;
create or replace function public.accept_my_invitation(invitation uuid) returns jsonb
language sql volatile set search_path = '' as $$ select private.accept_my_invitation(invitation) $$;

comment on function public.invite_member is 'Invites an address as a role. Answers with the token, this once. Needs members.manage.';
comment on function public.renew_invitation is 'A new token and a new term for an open or expired invitation. Needs members.manage.';
comment on function public.revoke_invitation is 'Withdraws an open invitation. Needs members.manage.';
comment on function public.my_invitations is 'Open invitations to my confirmed address.';
comment on function public.accept_invitation is 'Joins by the token of a mail; answers with the organization''s id.';
comment on function public.accept_my_invitation is 'Joins by an invitation from my_invitations; answers with the organization''s id.';

grant execute on function
  private.invite_member(uuid, text, uuid), public.invite_member(uuid, text, uuid),
  private.renew_invitation(uuid, uuid), public.renew_invitation(uuid, uuid),
  private.revoke_invitation(uuid, uuid), public.revoke_invitation(uuid, uuid),
  private.my_invitations(), public.my_invitations(),
  private.accept_invitation(text), public.accept_invitation(text),
  private.accept_my_invitation(uuid), public.accept_my_invitation(uuid)
to authenticated;
