-- An organization that is deleted takes everything along, but its people only once nothing names them any more. What hangs on the
-- organization itself goes first, what hangs on a partner second: documents and people of partners named colleagues for too long, and
-- the deletion was refused.

set local lock_timeout = '5s';

-- The tables are new and small.
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table public.partner_documents add constraint partner_documents_organization_id_fkey
  foreign key (organization_id) references public.organizations (id) on delete cascade;
-- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
alter table public.partner_members add constraint partner_members_organization_id_fkey
  foreign key (organization_id) references public.organizations (id) on delete cascade;
