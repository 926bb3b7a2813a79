-- Approving a deal that somebody asked for, rejecting or withdrawing it, and the end of its time. Staff are told who else holds a
-- deal, until when and why; what partners are told stands in the functions of the portal.

set local lock_timeout = '5s';

-- Who holds a deal within a span of time.
create or replace function private.deal_holder(organization uuid, account text, product text, span tstzrange)
returns public.deal_registrations
language sql
stable
set search_path = ''
as $$
  select d from public.deal_registrations as d
  where d.organization_id = organization and d.account_domain = account and d.product = $3
    and d.status = 'registered' and d.protected && span
  order by d.protected_until desc
  limit 1
$$;

-- From now on for as long as the organization protects deals. In hours: a day of the calendar can have 23 or 25.
create or replace function private.protection_from_now(organization uuid) returns tstzrange
language sql
stable
set search_path = ''
as $$
  select tstzrange(
    now(), now() + make_interval(hours => 24 * (private.configuration_value(organization, 'partners', 'protection_days'))::integer)
  )
$$;

create or replace function private.registration_to_change(
  organization uuid, registration uuid, expected text[], seen_version bigint
) returns public.deal_registrations
language plpgsql
volatile
set search_path = ''
as $$
declare
  target public.deal_registrations;
begin
  select d.* into target from public.deal_registrations as d
  where d.organization_id = organization and d.id = registration
  for update;
  if target.id is null then
    raise exception 'This registration does not exist in the organization.' using errcode = 'PW012';
  end if;
  -- Before the version: of many who decide at once, all but the first hear that it is decided.
  if target.status <> all (expected) then
    raise exception 'This registration is % already.', target.status using errcode = 'PW056';
  end if;
  if target.version is distinct from seen_version then
    raise exception 'Somebody else changed this registration in the meantime.' using errcode = 'PW006';
  end if;
  return target;
end
$$;

-- The constraint would refuse a second one as well, but two who wait for each other at it end in a deadlock: so they queue.
create or replace function private.protect_deal(target public.deal_registrations) returns tstzrange
language plpgsql
volatile
set search_path = ''
as $$
declare
  span tstzrange;
  holder public.deal_registrations;
  holder_name text;
begin
  perform from public.partner_referrals as r
  where r.organization_id = target.organization_id and r.id = target.referral_id and r.outcome = 'lost'
  for share;
  if found then
    raise exception 'The referral is lost: there is no deal to register.' using errcode = 'PW056';
  end if;
  perform pg_advisory_xact_lock(
    hashtextextended(concat_ws(' ', 'deal', target.organization_id, target.account_domain, target.product), 0)
  );
  span := private.protection_from_now(target.organization_id);
  holder := private.deal_holder(target.organization_id, target.account_domain, target.product, span);
  if holder.id is not null then
    holder_name := (select p.name from public.partners as p where p.id = holder.partner_id);
    raise exception '% is registered for % until %.', target.account_domain, holder_name,
      to_char(holder.protected_until at time zone 'UTC', 'FMDD FMMonth YYYY, HH24:MI "UTC"') using
      errcode = 'PW054', detail = jsonb_build_object(
        'registration_id', holder.id, 'partner_id', holder.partner_id, 'partner_name', holder_name,
        'protected_until', holder.protected_until, 'reason', holder.reason
      )::text;
  end if;
  return span;
end
$$;

-- Definer, here and below: clients have no right to write registrations; each function asks for the caller's itself.
create or replace function private.decide_deal_registration(
  organization uuid, registration uuid, approve boolean, reason text, seen_version bigint
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  target public.deal_registrations;
  made public.deal_registrations;
  span tstzrange;
begin
  if not private.can(organization, 'referrals.decide') then
    return private.refuse(organization, 'decide_deal_registration', 'deal_registrations', registration::text);
  end if;
  target := private.registration_to_change(organization, registration, '{requested}', seen_version);
  -- Nothing said is not yes.
  if approve is not true and private.given_reason(reason) is null then
    raise exception 'A registration is not rejected without a reason.' using
      errcode = 'PW076', detail = '[{"path": "reason", "message": "Say why it is rejected."}]';
  end if;
  if approve then
    span := private.protect_deal(target);
  end if;
  update public.deal_registrations as d
  set status = case when approve then 'registered' else 'rejected' end, protected = span,
    decided_at = now(), decided_by = (select auth.uid()), reason = private.given_reason($4)
  where d.id = target.id
  returning d.* into made;
  return private.answer_of_registration(made);
end
$$;

create or replace function public.decide_deal_registration(
  organization uuid, registration uuid, approve boolean, seen_version bigint, reason text default null
) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.decide_deal_registration(organization, registration, approve, reason, seen_version)
$$;

comment on function public.decide_deal_registration is
  'Approves a request, from now for as long as the setting protection_days says, or rejects it for a reason. PW054 when another one holds the deal.';

-- Whoever may write the referral takes a request back; what is registered is given up only by who could have registered it.
create or replace function private.withdraw_deal_registration(
  organization uuid, registration uuid, reason text, seen_version bigint
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  about constant public.deal_registrations := (
    select d from public.deal_registrations as d where d.organization_id = organization and d.id = registration
  );
  target public.deal_registrations;
  made public.deal_registrations;
begin
  if not private.may_write_referral(organization, about.referral_id)
    or (about.status = 'registered' and not private.can(organization, 'referrals.decide')) then
    return private.refuse(organization, 'withdraw_deal_registration', 'deal_registrations', registration::text);
  end if;
  target := private.registration_to_change(
    organization, registration,
    case when private.can(organization, 'referrals.decide') then '{requested,registered}' else '{requested}' end::text[], seen_version
  );
  update public.deal_registrations as d
  set status = 'withdrawn', decided_at = now(), decided_by = (select auth.uid()), reason = private.given_reason($3)
  where d.id = target.id
  returning d.* into made;
  return private.answer_of_registration(made);
end
$$;

create or replace function public.withdraw_deal_registration(
  organization uuid, registration uuid, seen_version bigint, reason text default null
) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.withdraw_deal_registration(organization, registration, reason, seen_version)
$$;

comment on function public.withdraw_deal_registration is
  'Takes a request back, or gives a registered deal up: from then on it is free.';

-- What stands in the way of a request now. Definer, because names of partners and colleagues are for whoever may see those.
create or replace function private.deal_conflict(organization uuid, registration uuid)
returns table (
  registration_id uuid, referral_id uuid, partner_id uuid, partner_name text, protected_from timestamptz, protected_until timestamptz,
  decided_by uuid, decided_by_name text, reason text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'referrals.read') then
    raise exception 'You may not see the referrals of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return query
  select holder.id, holder.referral_id, holder.partner_id,
    (select p.name from public.partners as p where p.id = holder.partner_id and private.can(organization, 'partners.read')),
    holder.protected_from, holder.protected_until, holder.decided_by,
    (select m.display_name from public.memberships as m
     where m.organization_id = organization and m.user_id = holder.decided_by and private.can(organization, 'members.read')),
    holder.reason
  from public.deal_registrations as asked
  cross join lateral private.deal_holder(
    organization, asked.account_domain, asked.product, private.protection_from_now(organization)
  ) as holder
  where asked.organization_id = organization and asked.id = registration and asked.status = 'requested' and holder.id is not null;
end
$$;

create or replace function public.deal_conflict(organization uuid, registration uuid)
returns table (
  registration_id uuid, referral_id uuid, partner_id uuid, partner_name text, protected_from timestamptz, protected_until timestamptz,
  decided_by uuid, decided_by_name text, reason text
)
language sql
stable
set search_path = ''
as $$
  select * from private.deal_conflict(organization, registration)
$$;

comment on function public.deal_conflict is 'Who holds the deal that somebody else asks for: partner, until when, and why. No row where it is free.';

-- The deal is free from the moment that its time ends; this only says so. As a job, whoever runs it.
create or replace function private.expire_deal_registrations() returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform set_config('app.job', 'expire-deal-registrations', true);
  update public.deal_registrations as d set status = 'expired'
  where d.status = 'registered' and d.protected_until <= now();
end
$$;

insert into private.schedules (name, schedule, function_name, description)
values ('expire-deal-registrations', '* * * * *', 'expire_deal_registrations', 'Says of registered deals that their time is over.')
on conflict (name) do nothing;

-- anon is deliberately absent.
grant execute on function
  private.decide_deal_registration(uuid, uuid, boolean, text, bigint), public.decide_deal_registration(uuid, uuid, boolean, bigint, text),
  private.withdraw_deal_registration(uuid, uuid, text, bigint), public.withdraw_deal_registration(uuid, uuid, bigint, text),
  private.deal_conflict(uuid, uuid), public.deal_conflict(uuid, uuid)
to authenticated;
