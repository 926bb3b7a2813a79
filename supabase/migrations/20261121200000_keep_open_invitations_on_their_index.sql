-- The list of open invitations was read by the index of who invited, or of the role, and sorted afterwards: their equal entries are
-- stored once, which makes them smaller, and the planner takes the smallest that begins with the organization. With every entry
-- stored by itself they are larger than the index of the open ones, which has the order of the list.

set local lock_timeout = '5s';

-- Few rows, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.invitations_organization_id_invited_by_idx, public.invitations_organization_id_role_id_idx;
-- squawk-ignore require-concurrent-index-creation
create index if not exists invitations_organization_id_invited_by_idx on public.invitations (organization_id, invited_by)
  with (deduplicate_items = off);
-- squawk-ignore require-concurrent-index-creation
create index if not exists invitations_organization_id_role_id_idx on public.invitations (organization_id, role_id)
  with (deduplicate_items = off);
