-- The list of members, in an organization of 40,000 of them: each order it offers is one that an index has, and a text is found by
-- its trigrams. The organization stands in every index, also in that of the trigrams: what is common elsewhere must not slow
-- a search here.

set local lock_timeout = '5s';

create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gin with schema extensions;

-- Quick while there are few members, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_search_idx on public.memberships
  using gin (organization_id, lower(display_name || E'\n' || coalesce(email, '')) extensions.gin_trgm_ops);
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_email_id_idx on public.memberships (organization_id, coalesce(email, ''), id);
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_joined_at_id_idx on public.memberships (organization_id, joined_at, id);
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_status_display_name_id_idx on public.memberships
  (organization_id, status, display_name, id);
-- squawk-ignore require-concurrent-index-creation
create index if not exists memberships_organization_id_role_id_display_name_id_idx on public.memberships
  (organization_id, role_id, display_name, id);

-- Each is the beginning of one above.
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.memberships_organization_id_email_idx;
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.memberships_organization_id_joined_at_idx;
-- squawk-ignore require-concurrent-index-deletion
drop index if exists public.memberships_organization_id_role_id_idx;
