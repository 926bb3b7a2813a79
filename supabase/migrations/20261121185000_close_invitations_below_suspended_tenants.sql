-- A suspended tenant closes everything below it. Its organizations were closed to their members already; an invitation still let
-- somebody in, who would then have stood at a closed door. Such an invitation is neither shown nor accepted until the tenant is back.

set local lock_timeout = '5s';

create or replace function private.organization_is_open(organization uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.organizations as o
    left join public.organizations as tenant on tenant.id = o.parent_id
    where o.id = organization and o.is_active and coalesce(tenant.is_active, true)
  )
$$;

comment on function private.organization_is_open is 'Whether neither it nor the tenant above it is suspended.';

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
