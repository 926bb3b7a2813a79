-- Whoever reads all deals has no need to be asked for each of them whether it is one of those. Organizations where somebody reads their own only
-- are few, mostly none, and whether there are any is asked once. Counting 120,000 deals under the policy took 2.4 times as long as the
-- owner's count with the list of organizations that are read whole, and takes 1.4 times with this one.

set local lock_timeout = '5s';

alter policy select_opportunity_reader on public.opportunities
  using (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.read'))::uuid[])
    and (
      (select cardinality(private.organizations_where_i_own('opportunities.read')) = 0)
      or organization_id <> all ((select private.organizations_where_i_own('opportunities.read'))::uuid[])
      or owner_id = (select auth.uid())
    )
  );

alter policy select_opportunity_reader on public.opportunity_stage_history
  using (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.read'))::uuid[])
    and (
      (select cardinality(private.organizations_where_i_own('opportunities.read')) = 0)
      or organization_id <> all ((select private.organizations_where_i_own('opportunities.read'))::uuid[])
      or exists (
        select from public.opportunities as deal
        where deal.id = opportunity_stage_history.opportunity_id and deal.owner_id = (select auth.uid())
      )
    )
  );

-- For a read without its organization, which then finds the page in its order instead of sorting every deal that one may see. A migration is
-- one transaction, so it is not built beside writes.
-- squawk-ignore require-concurrent-index-creation
create index if not exists opportunities_name_id_organization_id_idx on public.opportunities (name, id, organization_id);
