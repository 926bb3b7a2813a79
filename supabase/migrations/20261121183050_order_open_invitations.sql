-- The screen lists the invitations that are open, and nobody lists the others. An index of all of them in this order is passed over
-- under the policies for a smaller one that has no order; one of the open ones alone is the smallest that answers, and has it.

set local lock_timeout = '5s';

-- Few rows, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists invitations_organization_id_created_at_id_open_idx on public.invitations (organization_id, created_at, id)
  where accepted_at is null and revoked_at is null;
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.invitations_organization_id_created_at_id_idx;
