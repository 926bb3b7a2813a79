-- Referrals in the portal: what became of those of one's own company, a new one, and the wish to have a deal registered. Of that a
-- partner hears that it is under review, whoever else holds it, and as often as they ask.

set local lock_timeout = '5s';

-- Definer, here and below: people of partners have no right on any table.
create or replace function private.portal_referrals(partner uuid, after uuid, page_size integer)
returns table (
  id uuid, client_name text, client_email text, client_company text, client_website text, estimated_value numeric, currency text,
  outcome text, stage text, referred_at timestamptz, decided_at timestamptz, submitted_by_name text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
  stages constant jsonb := private.configuration_value(guest.organization_id, 'partners', 'referral_stages');
  last_seen public.partner_referrals;
begin
  select r.* into last_seen from public.partner_referrals as r
  where r.organization_id = guest.organization_id and r.partner_id = guest.partner_id and r.id = after;
  return query
  select r.id, r.client_name, r.client_email, r.client_company, r.client_website, r.estimated_value, r.currency, r.outcome,
    coalesce((select entry.item ->> 'label' from jsonb_array_elements(stages) as entry (item) where entry.item ->> 'key' = r.status), initcap(r.outcome)),
    r.referred_at, r.decided_at,
    -- Colleagues of theirs, also former ones; what we entered ourselves says nothing about who.
    (select m.display_name from public.partner_members as m
     where m.organization_id = r.organization_id and m.partner_id = r.partner_id and m.user_id = r.submitted_by
     order by m.created_at desc limit 1)
  from public.partner_referrals as r
  where r.organization_id = guest.organization_id and r.partner_id = guest.partner_id
    and (after is null or (r.referred_at, r.id) < (last_seen.referred_at, last_seen.id))
  order by r.referred_at desc, r.id desc
  limit least(greatest(coalesce(page_size, 50), 1), 200);
end
$$;

create or replace function private.portal_submit_referral(
  partner uuid, client_name text, client_email text, client_company text, client_website text,
  estimated_value numeric, currency text, message text, client_key uuid
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal_to_write(partner);
  given_name constant text := private.portal_entry(client_name);
  given_email constant text := private.portal_entry(client_email);
  given_company constant text := private.portal_entry(client_company);
  given_website constant text := private.portal_entry(client_website);
  given_message constant text := private.portal_entry(message);
begin
  perform private.refuse_portal_entry(jsonb_agg(jsonb_build_object('path', checked.path, 'message', checked.message)))
  from (values
    ('client_name', 'Enter the client''s name, in one line of at most 200 characters.', private.is_line(given_name, 200)),
    ('client_email', 'Enter an e-mail address such as name@company.com, or none.',
      given_email is null or private.is_mail_address(given_email)),
    ('client_company', 'Enter the company in one line of at most 200 characters.',
      given_company is null or private.is_line(given_company, 200)),
    ('client_website', 'Enter a web address that begins with https:// or http://, or none.',
      given_website is null or private.is_web_address(given_website)),
    ('estimated_value', 'Enter an amount with its currency, no finer than the currency''s coins, or neither.',
      private.is_amount(estimated_value, currency)),
    ('message', 'Write at most 5,000 characters.', given_message is null or private.is_prose(given_message, 5000))
  ) as checked (path, message, is_fine)
  where checked.is_fine is not true;
  return jsonb_build_object('id', private.submit_referral(
    guest.organization_id, guest.partner_id, guest.user_id, given_name, given_email, given_company, given_website,
    estimated_value, currency, given_message, private.portal_key(guest, client_key)
  ));
end
$$;

-- A request that was rejected looks like one that waits. The newest of several for the same stands for all that wait.
create or replace function private.portal_registrations(partner uuid)
returns table (
  id uuid, referral_id uuid, account_domain text, account_name text, product text, status text, requested_at timestamptz,
  protected_until timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
begin
  return query
  select d.id, d.referral_id, d.account_domain, d.account_name,
    private.choice_label(guest.organization_id, 'partners', 'products', d.product), d.status, d.requested_at, d.protected_until
  from (
    select given.*, row_number() over (
      partition by given.referral_id, given.account_domain, given.product order by given.requested_at desc, given.id desc
    ) as place
    from private.registrations_of_partner(guest.organization_id, guest.partner_id) as given
  ) as d
  where d.place = 1 or d.status <> 'under_review'
  order by d.requested_at desc, d.id desc
  limit 1000;
end
$$;

-- Asked again while it waits, or after it was rejected, it is the same request and the same answer: otherwise asking twice would
-- tell that somebody else has the deal. After a rejection we ask anew ourselves, for the partner.
create or replace function private.portal_request_registration(partner uuid, referral uuid, product text, account text) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal_to_write(partner);
  wanted_product constant text := private.portal_entry(product);
  asked public.partner_referrals;
  wanted_account text;
  earlier public.deal_registrations;
begin
  select r.* into asked from public.partner_referrals as r
  where r.organization_id = guest.organization_id and r.partner_id = guest.partner_id and r.id = referral
  for share;
  if asked.id is null then
    raise exception 'This referral is no longer there.' using errcode = 'PW012';
  elsif asked.outcome = 'lost' then
    raise exception 'This referral is lost: there is no deal to register.' using errcode = 'PW056';
  elsif wanted_product is null then
    perform private.refuse_portal_entry('[{"path": "product", "message": "Choose the product."}]');
  end if;
  wanted_account := private.chosen_account(coalesce(private.portal_entry(account), asked.account_domain));
  select d.* into earlier from public.deal_registrations as d
  where d.organization_id = guest.organization_id and d.partner_id = asked.partner_id and d.referral_id = asked.id
    and d.account_domain = wanted_account and d.product = wanted_product
  order by d.requested_at desc, d.id desc
  limit 1;
  if earlier.status in ('requested', 'rejected') then
    return jsonb_build_object('id', earlier.id, 'status', 'under_review');
  end if;
  return private.request_registration(
    guest.organization_id, guest.partner_id, guest.user_id, asked.id, wanted_product, wanted_account
  );
end
$$;

create or replace function public.portal_referrals(partner uuid, after uuid default null, page_size integer default 50)
returns table (
  id uuid, client_name text, client_email text, client_company text, client_website text, estimated_value numeric, currency text,
  outcome text, stage text, referred_at timestamptz, decided_at timestamptz, submitted_by_name text
)
language sql stable set search_path = '' as $$ select * from private.portal_referrals(partner, after, page_size) $$;
create or replace function public.portal_submit_referral(
  partner uuid, client_name text, client_email text default null, client_company text default null, client_website text default null,
  estimated_value numeric default null, currency text default null, message text default null, client_key uuid default null
) returns jsonb
language sql volatile set search_path = '' as $$
  select private.portal_submit_referral(
    partner, client_name, client_email, client_company, client_website, estimated_value, currency, message, client_key
  )
$$;
create or replace function public.portal_registrations(partner uuid)
returns table (
  id uuid, referral_id uuid, account_domain text, account_name text, product text, status text, requested_at timestamptz,
  protected_until timestamptz
)
language sql stable set search_path = '' as $$ select * from private.portal_registrations(partner) $$;
create or replace function public.portal_request_registration(partner uuid, referral uuid, product text, account text default null)
returns jsonb
language sql volatile set search_path = '' as $$ select private.portal_request_registration(partner, referral, product, account) $$;

comment on function public.portal_referrals is
  'Referrals of my company, newest first, after the referral "after"; at most 200 a page.';
comment on function public.portal_submit_referral is
  'Brings a client. Sent again with the same client_key it is the same referral. Answers with its id.';
comment on function public.portal_registrations is 'Deals of my company: under_review, registered, expired or withdrawn.';
comment on function public.portal_request_registration is
  'Asks for the deal of a referral to be registered. The answer is always that it is under review.';

-- anon is deliberately absent.
grant execute on function
  private.portal_referrals(uuid, uuid, integer), public.portal_referrals(uuid, uuid, integer),
  private.portal_submit_referral(uuid, text, text, text, text, numeric, text, text, uuid),
  public.portal_submit_referral(uuid, text, text, text, text, numeric, text, text, uuid),
  private.portal_registrations(uuid), public.portal_registrations(uuid),
  private.portal_request_registration(uuid, uuid, text, text), public.portal_request_registration(uuid, uuid, text, text)
to authenticated;
