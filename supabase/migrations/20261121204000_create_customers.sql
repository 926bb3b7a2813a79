-- Whom we sell to. A deal stands on a customer, so that two deals with one company are seen as that, whoever brought them.

set local lock_timeout = '5s';

create table if not exists public.customers (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  name text not null,
  website text,
  web_domain text,
  region text,
  contact_name text,
  contact_email text,
  contact_phone text,
  owner_id uuid,
  notes text,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customers_pkey primary key (id),
  constraint customers_organization_id_id_key unique (organization_id, id),
  constraint customers_organization_id_client_key_key unique (organization_id, client_key),
  constraint customers_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint customers_owner_id_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint customers_name_check check (private.is_line(name, 200)),
  constraint customers_website_check check (private.is_web_address(website)),
  constraint customers_web_domain_check check (web_domain is null or private.web_domain(web_domain) is not distinct from web_domain),
  constraint customers_contact_name_check check (private.is_line(contact_name, 200)),
  constraint customers_contact_email_check check (private.is_mail_address(contact_email)),
  constraint customers_contact_phone_check check (private.is_phone_number(contact_phone)),
  constraint customers_notes_check check (private.is_prose(notes, 20000))
);

comment on table public.customers is 'Whom we sell to. Delete is absent on purpose: deals stand on them.';
comment on column public.customers.web_domain is
  'By which the company is known again. Follows the website, else the contact''s address, until somebody writes another.';
comment on column public.customers.client_key is 'Chosen by whoever creates the row, so that trying again makes no second one.';

create index if not exists customers_organization_id_name_id_idx on public.customers (organization_id, name, id);
create index if not exists customers_organization_id_owner_id_idx on public.customers (organization_id, owner_id);
create index if not exists customers_organization_id_web_domain_idx on public.customers (organization_id, web_domain);
create index if not exists customers_organization_id_search_idx on public.customers
  using gin (organization_id, lower(name) extensions.gin_trgm_ops);

alter table public.customers enable row level security;

-- Whoever sees deals, if only their own, has to see whom the next one may be with.
create policy select_opportunity_reader on public.customers for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_hold('opportunities.read'))::uuid[]));
create policy insert_opportunity_writer on public.customers for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('opportunities.write'))::uuid[]) or owner_id = (select auth.uid()))
  );
-- Whoever may only write what is their own can neither take a customer nor give one away.
create policy update_opportunity_writer on public.customers for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('opportunities.write'))::uuid[]) or owner_id = (select auth.uid()))
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('opportunities.write'))::uuid[]) or owner_id = (select auth.uid()))
  );

grant select on public.customers to authenticated;
grant insert (
  organization_id, name, website, web_domain, region, contact_name, contact_email, contact_phone, owner_id, notes, client_key
) on public.customers to authenticated;
grant update (
  name, website, web_domain, region, contact_name, contact_email, contact_phone, owner_id, notes
) on public.customers to authenticated;

create or replace function private.known_web_domain(website text, address text) returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(private.web_domain(website), mail.domain)
  from (select private.web_domain(address) as domain) as given
  cross join lateral (select case when not private.is_free_mail(given.domain) then given.domain end as domain) as mail
$$;

comment on function private.known_web_domain is 'Under which domain a company is known that has this website, or else this address.';

-- Definer, because what it asks is no client's business. What somebody typed is only written the one way.
create or replace function private.keep_web_domain() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if new.web_domain is null
    or (
      tg_op = 'UPDATE' and new.web_domain = old.web_domain
      and old.web_domain is not distinct from private.known_web_domain(old.website, old.contact_email)
    )
  then
    new.web_domain := private.known_web_domain(new.website, new.contact_email);
  else
    new.web_domain := coalesce(private.web_domain(new.web_domain), new.web_domain);
  end if;
  return new;
end
$$;

-- Before the version is counted: what follows by itself belongs to the same edit.
create or replace trigger _050_keep_web_domain
before insert or update on public.customers
for each row execute function private.keep_web_domain();

create or replace trigger _100_touch_version
before update on public.customers
for each row execute function private.touch_version();

create or replace trigger _200_check_owner_on_insert
before insert on public.customers
for each row when (new.owner_id is not null) execute function private.check_owner_is_active();

create or replace trigger _200_check_owner_on_update
before update on public.customers
for each row when (new.owner_id is not null and new.owner_id is distinct from old.owner_id)
execute function private.check_owner_is_active();

select private.switch_on_choices('public.customers', '{region,partners,regions}');
select private.switch_on_audit('public.customers', label => 'r.name');
