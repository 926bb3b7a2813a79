-- Who of a partner is let into the portal, and who no longer: whoever may write the partner decides. Nobody learns whether an address
-- has an account.

set local lock_timeout = '5s';

-- Whether I may write this partner: all of them, or those that are mine.
create or replace function private.may_write_partner(organization uuid, partner uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select private.can(organization, 'partners.write') or (
    organization = any (private.organizations_where_i_own('partners.write'))
    and exists (
      select from public.partners as p
      where p.organization_id = organization and p.id = partner and p.owner_id = (select auth.uid())
    )
  )
$$;

-- Definer, here and below: clients have no right to write partner_members; each function asks for the caller's itself.
create or replace function private.invite_partner_member(organization uuid, partner uuid, address text, name text) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  most constant bigint := 50;
  normalized constant text := lower(btrim(address, E' \t\r\n') collate "C");
  person constant text := btrim(name, E' \t\r\n');
  target public.partners;
  made public.partner_members;
begin
  if not private.may_write_partner(organization, partner) then
    return private.refuse(organization, 'invite_partner_member', 'partners', partner::text);
  end if;
  if private.is_mail_address(normalized) is not true then
    raise exception 'This is not an e-mail address.' using errcode = 'PW013';
  elsif private.is_line(person, 120) is not true then
    raise exception 'Enter the name of the person, in one line of at most 120 characters.' using
      errcode = 'PW075', detail = '[{"path": "name", "message": "Enter the name of the person, in one line of at most 120 characters."}]';
  end if;
  -- The partner's row is the lock, so that of many at once no more than the limit get in.
  select p.* into target from public.partners as p
  where p.organization_id = organization and p.id = partner and p.archived_at is null
  for no key update;
  if target.id is null then
    raise exception 'This partner does not exist in the organization, or is archived.' using errcode = 'PW012';
  end if;
  if exists (
    select from public.memberships as m
    where m.organization_id = organization and m.email = normalized and m.status = 'active'
    union all
    select from public.invitations as i
    where i.organization_id = organization and i.email = normalized and i.accepted_at is null and i.revoked_at is null
  ) then
    raise exception 'This address belongs to a colleague, or to somebody who is invited as one.' using errcode = 'PW071';
  end if;
  if (
    select count(*) from public.partner_members as m
    where m.organization_id = target.organization_id and m.partner_id = target.id and m.status <> 'removed'
  ) >= most then
    raise exception 'A partner can have at most % people in the portal.', most using errcode = 'PW073';
  end if;
  insert into public.partner_members (organization_id, partner_id, email, display_name, invited_by)
  values (organization, target.id, normalized, person, (select auth.uid()))
  on conflict (organization_id, partner_id, email) where status <> 'removed' do nothing
  returning * into made;
  if made.id is null then
    raise exception 'This address is in the portal of the partner already.' using errcode = 'PW070';
  end if;
  return jsonb_build_object('id', made.id, 'email', made.email, 'status', made.status, 'version', made.version);
end
$$;

create or replace function private.remove_partner_member(organization uuid, member uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  target public.partner_members;
begin
  select m.* into target from public.partner_members as m where m.organization_id = organization and m.id = member;
  if not private.may_write_partner(organization, target.partner_id) then
    return private.refuse(organization, 'remove_partner_member', 'partner_members', member::text);
  end if;
  update public.partner_members as m set status = 'removed', removed_at = now()
  where m.id = target.id and m.status <> 'removed'
  returning m.* into target;
  if not found then
    raise exception 'This person is not in the portal of a partner of this organization.' using errcode = 'PW012';
  end if;
  return jsonb_build_object('id', target.id, 'status', target.status, 'version', target.version);
end
$$;

create or replace function public.invite_partner_member(organization uuid, partner uuid, address text, name text) returns jsonb
language sql volatile set search_path = '' as $$ select private.invite_partner_member(organization, partner, address, name) $$;
create or replace function public.remove_partner_member(organization uuid, member uuid) returns jsonb
language sql volatile set search_path = '' as $$ select private.remove_partner_member(organization, member) $$;

comment on function public.invite_partner_member is
  'Lets whoever signs in with this confirmed address into the portal of a partner. Needs partners.write, on all or on this partner.';
comment on function public.remove_partner_member is
  'Closes the portal of a partner to one of its people, from their next request on. Needs partners.write, on all or on this partner.';

-- anon is deliberately absent.
grant execute on function
  private.invite_partner_member(uuid, uuid, text, text), public.invite_partner_member(uuid, uuid, text, text),
  private.remove_partner_member(uuid, uuid), public.remove_partner_member(uuid, uuid)
to authenticated;
