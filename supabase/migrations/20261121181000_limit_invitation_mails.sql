-- Every invitation, and every one that is sent again, is a mail to somebody who may not know us. An organization sends many on its
-- first day and few later; more than that, or the same address over and over, is somebody misusing us to mail strangers.

set local lock_timeout = '5s';

create table if not exists private.invitation_mails (
  id bigint generated always as identity,
  organization_id uuid not null,
  email text not null,
  asked_at timestamptz not null default now(),
  constraint invitation_mails_pkey primary key (id),
  constraint invitation_mails_organization_id_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade
);

comment on table private.invitation_mails is 'Mails of the last hour, counted to limit them. No policies on purpose: a trigger only.';

create index if not exists invitation_mails_organization_id_asked_at_idx on private.invitation_mails (organization_id, asked_at);

alter table private.invitation_mails enable row level security;

create or replace function private.limit_invitation_mails() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  most_for_organization constant bigint := 200;
  most_for_address constant bigint := 5;
  for_organization bigint;
  for_address bigint;
begin
  -- The organization's row is the lock, so that of many at once no more than the limit get through.
  perform from public.organizations as o where o.id = new.organization_id for no key update;
  -- What no longer counts is not kept: these are addresses of people.
  delete from private.invitation_mails as m
  where m.organization_id = new.organization_id and m.asked_at <= now() - interval '1 hour';
  select count(*), count(*) filter (where m.email = new.email) into for_organization, for_address
  from private.invitation_mails as m
  where m.organization_id = new.organization_id;
  if for_organization >= most_for_organization then
    raise exception 'At most % invitations can be sent in an hour.', most_for_organization using errcode = 'PW030';
  end if;
  if for_address >= most_for_address then
    raise exception 'At most % invitations can be sent to one address in an hour.', most_for_address using errcode = 'PW030';
  end if;
  insert into private.invitation_mails (organization_id, email) values (new.organization_id, new.email);
  return new;
end
$$;

create or replace trigger _300_limit_mails
before insert on public.invitations
for each row execute function private.limit_invitation_mails();

create or replace trigger _300_limit_mails_again
before update on public.invitations
for each row when (old.token_hash is distinct from new.token_hash) execute function private.limit_invitation_mails();
