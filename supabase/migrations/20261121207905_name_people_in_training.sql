-- Training says whose it is by name. Where that person is one of the partner's people in the portal, it says which, so that they find
-- it there: a person of the same partner, by the foreign key.

set local lock_timeout = '5s';

-- The column is new and empty: there is nothing to wait for.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table public.partner_training add constraint partner_training_partner_member_id_fkey
  foreign key (organization_id, partner_id, partner_member_id) references public.partner_members (organization_id, partner_id, id)
  on delete set null (partner_member_id);

-- squawk-ignore require-concurrent-index-creation
create index if not exists partner_training_partner_member_id_idx on public.partner_training
  (organization_id, partner_id, partner_member_id);

grant insert (partner_member_id), update (partner_member_id) on public.partner_training to authenticated;
