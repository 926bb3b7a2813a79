-- A referral can become a deal. The link is for whoever may write the referral and see the deal, and never joins one partner's
-- referral to another partner's deal, also not when the deal is moved afterwards.

set local lock_timeout = '5s';

alter table public.partner_referrals add column if not exists opportunity_id uuid;

comment on column public.partner_referrals.opportunity_id is 'The deal that came of it; set by public.link_referral only.';

-- Before the constraint, and on a column that is empty: there is nothing to wait for.
-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_referrals_organization_id_opportunity_id_idx on public.partner_referrals (organization_id, opportunity_id);

-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table public.partner_referrals add constraint partner_referrals_opportunity_id_fkey
  foreign key (organization_id, opportunity_id) references public.opportunities (organization_id, id)
  on delete set null (opportunity_id);

-- Definer, because the link is not granted to clients for writing; it asks for the caller's rights itself.
create or replace function private.link_referral(organization uuid, referral uuid, opportunity uuid, seen_version bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  -- Of deals; null where they may see none.
  sees_own_only constant boolean := private.only_own(organization, 'opportunities.read');
  target public.partner_referrals;
  deal public.opportunities;
begin
  if not private.may_write_referral(organization, referral) then
    return private.refuse(organization, 'link_referral', 'partner_referrals', referral::text);
  end if;
  if opportunity is not null then
    -- Locked before the referral, as by whoever moves the deal.
    select d.* into deal from public.opportunities as d
    where d.organization_id = organization and d.id = opportunity
      and case when sees_own_only then d.owner_id = (select auth.uid()) else sees_own_only is not null end
    for share;
    if deal.id is null then
      raise exception 'This deal does not exist in the organization.' using errcode = 'PW012';
    end if;
  end if;
  target := private.referral_to_change(organization, referral, seen_version);
  if deal.partner_id <> target.partner_id then
    perform private.refuse_field('PW056', 'opportunity', 'This deal belongs to another partner than the referral.');
  end if;
  update public.partner_referrals as r set opportunity_id = deal.id where r.id = target.id returning r.* into target;
  return jsonb_build_object('id', target.id, 'opportunity_id', target.opportunity_id, 'version', target.version);
end
$$;

create or replace function public.link_referral(organization uuid, referral uuid, opportunity uuid, seen_version bigint) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.link_referral(organization, referral, opportunity, seen_version)
$$;

comment on function public.link_referral is 'Says which deal a referral became; without one, that it is none.';

-- Definer, because whoever moves a deal need not be allowed to write referrals.
create or replace function private.unlink_moved_opportunities() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.partner_referrals as r set opportunity_id = null
  from new_rows as n
  join old_rows as o on o.id = n.id
  where n.partner_id is distinct from o.partner_id
    and r.organization_id = n.organization_id and r.opportunity_id = n.id and r.partner_id <> n.partner_id;
  return null;
end
$$;

create or replace trigger _300_unlink_referrals
after update on public.opportunities referencing old table as old_rows new table as new_rows
for each statement execute function private.unlink_moved_opportunities();

-- anon is deliberately absent.
grant execute on function
  private.link_referral(uuid, uuid, uuid, bigint), public.link_referral(uuid, uuid, uuid, bigint)
to authenticated;
