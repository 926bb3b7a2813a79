-- A scale rounds what is too fine before any check sees it: a limit of 100.00001 euros was taken for 100, a rate of 12.3456 percent for
-- 12.346. What nobody meant is refused instead.

set local lock_timeout = '5s';

-- The table is new and small.
-- squawk-ignore changing-column-type
alter table public.partner_commission_terms alter column deal_minimum type numeric;
-- squawk-ignore changing-column-type
alter table public.partner_commission_terms alter column deal_maximum type numeric;
-- squawk-ignore changing-column-type
alter table public.partner_commission_terms alter column rate type numeric;

alter table public.partner_commission_terms drop constraint if exists partner_commission_terms_rate_check;
-- squawk-ignore constraint-missing-not-valid
alter table public.partner_commission_terms add constraint partner_commission_terms_rate_check
  check (rate between 0 and 100 and rate = round(rate, 3));

-- Its statements are built for the types of the columns.
select private.switch_on_audit(
  'public.partner_commission_terms',
  label => '(select p.name from public.partners as p where p.organization_id = r.organization_id and p.id = r.partner_id)'
);
