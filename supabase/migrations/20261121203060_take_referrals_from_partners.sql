-- What the portal may do with referrals, for functions that have found out who asks and for which partner. None of it is for
-- clients. Of a request for a deal a partner hears that it is under review, whoever else may hold the deal, and never a reason.

set local lock_timeout = '5s';

-- The partner's owner here gets the referral. Sent again with the same key, by whoever of the partner, it is the same referral.
create or replace function private.submit_referral(
  organization uuid, partner uuid, submitted_by uuid, client_name text, client_email text, client_company text, client_website text,
  estimated_value numeric, currency text, message text, client_key uuid
) returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  made uuid;
begin
  insert into public.partner_referrals (
    organization_id, partner_id, client_name, client_email, client_company, client_website, estimated_value, currency, notes,
    owner_id, source, submitted_by, client_key
  )
  select p.organization_id, p.id, $4, $5, $6, $7, $8, $9, private.given_reason(message),
    (select m.user_id from public.memberships as m
     where m.organization_id = p.organization_id and m.user_id = p.owner_id and m.status = 'active'),
    'portal', $3, $11
  from public.partners as p
  where p.organization_id = organization and p.id = partner
  on conflict on constraint partner_referrals_organization_id_client_key_key do nothing
  returning id into made;
  if made is null then
    made := (
      select r.id from public.partner_referrals as r
      where r.organization_id = organization and r.partner_id = partner and r.client_key = $11 and r.source = 'portal'
    );
  end if;
  if made is null then
    raise exception 'This referral could not be taken: send it again.' using errcode = 'PW012';
  end if;
  return made;
end
$$;

comment on function private.submit_referral is 'For functions of the portal, which say who submits for which partner. Checks no right.';

create or replace function private.request_registration(
  organization uuid, partner uuid, requested_by uuid, referral uuid, product text, account text default null
) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  made constant public.deal_registrations := private.add_deal_request(organization, partner, referral, requested_by, product, account);
begin
  return jsonb_build_object('id', made.id, 'status', 'under_review');
end
$$;

comment on function private.request_registration is
  'For functions of the portal, which say who asks for which partner. Checks no right. The answer is the same whoever holds the deal.';

-- A partner's own registrations. That one was rejected, and why, may say something of another partner: it is told by people.
create or replace function private.registrations_of_partner(organization uuid, partner uuid)
returns table (
  id uuid, referral_id uuid, account_domain text, account_name text, product text, status text, requested_at timestamptz,
  protected_until timestamptz
)
language sql
stable
set search_path = ''
as $$
  select d.id, d.referral_id, d.account_domain, d.account_name, d.product,
    case when d.status in ('requested', 'rejected') then 'under_review' else d.status end,
    d.requested_at,
    case when d.status in ('registered', 'expired') then d.protected_until end
  from public.deal_registrations as d
  where d.organization_id = organization and d.partner_id = partner
  order by d.requested_at desc, d.id desc
$$;

comment on function private.registrations_of_partner is
  'For functions of the portal. Checks no right. A rejected request looks like one that waits.';
