-- Moving a referral on, back, or to its end. Every move says which version it saw; losing one says why.

set local lock_timeout = '5s';

create or replace function private.referral_to_change(organization uuid, referral uuid, seen_version bigint)
returns public.partner_referrals
language plpgsql
volatile
set search_path = ''
as $$
declare
  target public.partner_referrals;
begin
  select r.* into target from public.partner_referrals as r
  where r.organization_id = organization and r.id = referral
  for update;
  if target.id is null then
    raise exception 'This referral does not exist in the organization.' using errcode = 'PW012';
  end if;
  if target.version is distinct from seen_version then
    raise exception 'Somebody else changed this referral in the meantime.' using errcode = 'PW006';
  end if;
  return target;
end
$$;

-- What somebody wrote as a reason; nothing where there is none.
create or replace function private.given_reason(reason text) returns text
language sql
immutable
set search_path = ''
as $$
  select nullif(btrim(reason, E' \t\r\n'), '')
$$;

-- Definer, because stages are written by functions only; it asks for the caller's right itself.
create or replace function private.advance_referral(
  organization uuid, referral uuid, status text, reason text, seen_version bigint
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  target public.partner_referrals;
  made public.partner_referrals;
begin
  if not private.can(organization, 'referrals.decide') then
    return private.refuse(organization, 'advance_referral', 'partner_referrals', referral::text);
  end if;
  target := private.referral_to_change(organization, referral, seen_version);
  if private.given_reason(reason) is null
    and private.configured_choice(organization, 'partners', 'referral_stages', $3) ->> 'outcome' = 'lost' then
    raise exception 'A referral is not lost without a reason.' using
      errcode = 'PW076', detail = '[{"path": "reason", "message": "Say why it was lost."}]';
  end if;
  -- A stage that is none is refused by the table.
  update public.partner_referrals as r set status = $3, decision_reason = private.given_reason(reason)
  where r.id = target.id
  returning r.* into made;
  return jsonb_build_object('id', made.id, 'status', made.status, 'outcome', made.outcome, 'version', made.version);
end
$$;

create or replace function public.advance_referral(
  organization uuid, referral uuid, status text, seen_version bigint, reason text default null
) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.advance_referral(organization, referral, status, reason, seen_version)
$$;

comment on function public.advance_referral is
  'Moves a referral to a stage, also back to an open one. A stage whose outcome is lost needs a reason. Answers id, status, outcome and version.';

-- anon is deliberately absent.
grant execute on function
  private.advance_referral(uuid, uuid, text, text, bigint), public.advance_referral(uuid, uuid, text, bigint, text)
to authenticated;
