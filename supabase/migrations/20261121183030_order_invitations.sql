-- The list of invitations, newest first: two sent in one statement have the same time, so their order needs the id as well. Without
-- it in the index, the rows of an organization are gathered by another index and sorted.

set local lock_timeout = '5s';

-- Few rows, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists invitations_organization_id_created_at_id_idx on public.invitations (organization_id, created_at, id);
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.invitations_organization_id_created_at_idx;
