-- Asking for a deal to be registered, by staff or by the partner. Whether somebody else holds it is nothing that asking tells.

set local lock_timeout = '5s';

-- Whether I may write this referral: all of them, or those that are mine.
create or replace function private.may_write_referral(organization uuid, referral uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select private.can(organization, 'referrals.write') or (
    organization = any (private.organizations_where_i_own('referrals.write'))
    and exists (
      select from public.partner_referrals as r
      where r.organization_id = organization and r.id = referral and r.owner_id = (select auth.uid())
    )
  )
$$;

-- The request itself, for staff and portal alike. A second one for the same while the first waits is the first.
create or replace function private.add_deal_request(
  organization uuid, partner uuid, referral uuid, asked_by uuid, wanted_product text, account text
) returns public.deal_registrations
language plpgsql
volatile
set search_path = ''
as $$
declare
  asked public.partner_referrals;
  wanted text;
  made public.deal_registrations;
begin
  select r.* into asked from public.partner_referrals as r
  where r.organization_id = organization and r.id = referral and (partner is null or r.partner_id = partner)
  for share;
  if asked.id is null then
    raise exception 'This referral does not exist in the organization.' using errcode = 'PW012';
  end if;
  if asked.outcome = 'lost' then
    raise exception 'This referral is lost: there is no deal to register.' using errcode = 'PW056';
  end if;
  wanted := private.chosen_account(coalesce(private.given_reason(account), asked.account_domain));
  insert into public.deal_registrations (organization_id, partner_id, referral_id, account_domain, account_name, product, requested_by)
  values (organization, asked.partner_id, asked.id, wanted, coalesce(asked.client_company, asked.client_name), wanted_product, asked_by)
  on conflict (organization_id, referral_id, account_domain, product) where status = 'requested' do nothing
  returning * into made;
  if made.id is null then
    select d.* into made from public.deal_registrations as d
    where d.organization_id = organization and d.referral_id = asked.id and d.account_domain = wanted and d.product = wanted_product
      and d.status = 'requested';
  end if;
  return made;
end
$$;

create or replace function private.answer_of_registration(registration public.deal_registrations) returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', registration.id, 'status', registration.status, 'account_domain', registration.account_domain,
    'protected_until', registration.protected_until, 'version', registration.version
  )
$$;

-- Definer, because clients have no right to write registrations; it asks for the caller's itself.
create or replace function private.request_deal_registration(
  organization uuid, referral uuid, product text, account text
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not private.may_write_referral(organization, referral) then
    return private.refuse(organization, 'request_deal_registration', 'partner_referrals', referral::text);
  end if;
  return private.answer_of_registration(
    private.add_deal_request(organization, null, referral, (select auth.uid()), product, account)
  );
end
$$;

create or replace function public.request_deal_registration(
  organization uuid, referral uuid, product text, account text default null
) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.request_deal_registration(organization, referral, product, account)
$$;

comment on function public.request_deal_registration is
  'Asks for the deal of a referral to be registered. The account is that of the referral; without one, or for another, it is named.';

-- anon is deliberately absent.
grant execute on function
  private.request_deal_registration(uuid, uuid, text, text), public.request_deal_registration(uuid, uuid, text, text)
to authenticated;
