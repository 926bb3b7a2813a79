-- The directory: one row for each company that we work with, and what everybody who works with it has to know. What it is paid
-- stands in a table of its own, because not everybody who sees partners may see that.

set local lock_timeout = '5s';

create table if not exists public.partners (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  name text not null,
  domain text,
  website text,
  status text not null,
  tier text,
  owner_id uuid,
  region text,
  tags text[] not null default '{}',
  relationship_health bigint not null default 50,
  primary_contact_name text,
  primary_contact_email text,
  primary_contact_phone text,
  primary_contact_role text,
  agreement_starts_on date,
  agreement_ends_on date,
  agreement_renews_on date,
  agreement_terms text,
  notes text,
  custom_fields jsonb not null default '{}',
  archived_at timestamptz,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partners_pkey primary key (id),
  constraint partners_organization_id_id_key unique (organization_id, id),
  constraint partners_organization_id_client_key_key unique (organization_id, client_key),
  constraint partners_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint partners_owner_id_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint partners_name_check check (private.is_line(name, 200)),
  constraint partners_website_check check (private.is_web_address(website)),
  constraint partners_tags_check check (
    cardinality(tags) <= 30 and array_position(tags, null) is null and coalesce(array_ndims(tags), 1) = 1
  ),
  constraint partners_relationship_health_check check (relationship_health between 0 and 100),
  constraint partners_primary_contact_name_check check (private.is_line(primary_contact_name, 200)),
  constraint partners_primary_contact_email_check check (private.is_mail_address(primary_contact_email)),
  constraint partners_primary_contact_phone_check check (private.is_phone_number(primary_contact_phone)),
  constraint partners_primary_contact_role_check check (private.is_line(primary_contact_role, 120)),
  constraint partners_agreement_dates_check check (
    agreement_ends_on >= agreement_starts_on and agreement_renews_on >= agreement_starts_on
  ),
  constraint partners_agreement_range_check check (
    agreement_starts_on between '1970-01-01' and '2200-01-01' and agreement_ends_on <= '2200-01-01' and agreement_renews_on <= '2200-01-01'
  ),
  constraint partners_agreement_terms_check check (private.is_prose(agreement_terms, 20000)),
  constraint partners_notes_check check (private.is_prose(notes, 20000)),
  constraint partners_custom_fields_check check (jsonb_typeof(custom_fields) = 'object' and octet_length(custom_fields::text) <= 65536)
);

comment on table public.partners is 'The companies we work with. Delete is absent on purpose: a partner is archived, by private.archive_partners.';
comment on column public.partners.domain is 'What they work in: a key of the setting partners.domains.';
comment on column public.partners.relationship_health is '0 to 100, computed. Not granted to clients for writing.';
comment on column public.partners.custom_fields is 'By id of the definition; checked by the trigger of custom_field_definitions.';
comment on column public.partners.client_key is 'Chosen by whoever creates the row, so that trying again makes no second one.';

-- One for each order that the directory offers; what is archived stands in a list of its own.
create index if not exists partners_organization_id_name_id_idx on public.partners (organization_id, name, id) where archived_at is null;
create index if not exists partners_organization_id_status_name_id_idx on public.partners (organization_id, status, name, id) where archived_at is null;
create index if not exists partners_organization_id_tier_name_id_idx on public.partners (organization_id, (coalesce(tier, '')), name, id)
  where archived_at is null;
create index if not exists partners_organization_id_health_id_idx on public.partners (organization_id, relationship_health, id) where archived_at is null;
create index if not exists partners_organization_id_updated_at_id_idx on public.partners (organization_id, updated_at, id) where archived_at is null;
create index if not exists partners_organization_id_agreement_end_id_idx on public.partners
  (organization_id, (coalesce(agreement_ends_on, 'infinity')), id) where archived_at is null;
create index if not exists partners_organization_id_archived_at_id_idx on public.partners (organization_id, archived_at, id)
  where archived_at is not null;
create index if not exists partners_organization_id_owner_id_name_id_idx on public.partners (organization_id, owner_id, name, id);
create index if not exists partners_organization_id_search_idx on public.partners using gin (
  organization_id,
  lower(name || E'\n' || coalesce(website, '') || E'\n' || coalesce(primary_contact_name, '') || E'\n' || coalesce(primary_contact_email, ''))
  extensions.gin_trgm_ops
);

alter table public.partners enable row level security;

create policy select_partner_reader on public.partners for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('partners.read'))::uuid[]));
create policy insert_partner_writer on public.partners for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('partners.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('partners.write'))::uuid[]) or owner_id = (select auth.uid()))
  );
-- Whoever may only write what is their own can neither take a partner nor give one away.
create policy update_partner_writer on public.partners for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('partners.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('partners.write'))::uuid[]) or owner_id = (select auth.uid()))
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('partners.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('partners.write'))::uuid[]) or owner_id = (select auth.uid()))
  );

grant select on public.partners to authenticated;
grant insert (
  organization_id, name, domain, website, status, tier, owner_id, region, tags, primary_contact_name, primary_contact_email,
  primary_contact_phone, primary_contact_role, agreement_starts_on, agreement_ends_on, agreement_renews_on, agreement_terms, notes,
  custom_fields, client_key
) on public.partners to authenticated;
grant update (
  name, domain, website, status, tier, owner_id, region, tags, primary_contact_name, primary_contact_email,
  primary_contact_phone, primary_contact_role, agreement_starts_on, agreement_ends_on, agreement_renews_on, agreement_terms, notes,
  custom_fields
) on public.partners to authenticated;

create or replace trigger _100_touch_version
before update on public.partners
for each row execute function private.touch_version();

-- Definer, because the first status may be one that the tenant has set.
create or replace function private.begin_partner() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  new.status := private.first_choice(new.organization_id, 'partners', 'statuses');
  return new;
end
$$;

create or replace trigger _100_begin_partner
before insert on public.partners
for each row when (new.status is null) execute function private.begin_partner();

-- Nobody who has left can be given a partner, and nobody is kept from editing one whose owner left earlier.
create or replace function private.check_owner_is_active() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from public.memberships as m
    where m.organization_id = new.organization_id and m.user_id = new.owner_id and m.status = 'active'
  ) then
    raise exception 'The owner has to be an active member of the organization.' using
      errcode = 'PW051', detail = '[{"path": "owner_id", "message": "Choose somebody who is an active member of the organization."}]';
  end if;
  return new;
end
$$;

comment on function private.check_owner_is_active is 'Definer, because whoever may write a row need not see all members.';

create or replace trigger _200_check_owner_on_insert
before insert on public.partners
for each row when (new.owner_id is not null) execute function private.check_owner_is_active();

create or replace trigger _200_check_owner_on_update
before update on public.partners
for each row when (new.owner_id is not null and new.owner_id is distinct from old.owner_id)
execute function private.check_owner_is_active();

select private.switch_on_choices(
  'public.partners', '{status,partners,statuses}', '{tier,partners,tiers}', '{domain,partners,domains}', '{region,partners,regions}',
  '{tags,partners,tags}'
);
select private.switch_on_audit('public.partners', label => 'r.name');
