-- Counting members, in all or by role, walks the index of the roles: it is the smallest, because every role's key is kept once. The
-- one by role and name is eight times as large, and under the policies another large one was chosen as often: 1.5 times the time.

set local lock_timeout = '5s';

-- Few rows while there are few members, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_role_id_idx on public.memberships (organization_id, role_id);
