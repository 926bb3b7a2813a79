-- What partners bring: a client, what the business may be worth, and how far it got. The stages are the organization's own
-- (setting partners.referral_stages); what a stage means, open, won or lost, is kept beside it, so that figures need not ask.

set local lock_timeout = '5s';

create table if not exists public.partner_referrals (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  client_name text not null,
  client_email text,
  client_company text,
  client_website text,
  account_domain text,
  -- Without a scale on purpose: a scale would round what is too fine where it has to be refused.
  estimated_value numeric,
  currency text,
  status text not null,
  outcome text not null default 'open',
  referred_at timestamptz not null default now(),
  decided_at timestamptz,
  decision_reason text,
  owner_id uuid,
  source text not null default 'staff',
  submitted_by uuid,
  notes text,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_referrals_pkey primary key (id),
  constraint partner_referrals_organization_id_id_key unique (organization_id, id),
  -- What hangs on a referral names its partner too, and so cannot name another's.
  constraint partner_referrals_organization_id_partner_id_id_key unique (organization_id, partner_id, id),
  constraint partner_referrals_organization_id_client_key_key unique (organization_id, client_key),
  constraint partner_referrals_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint partner_referrals_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_referrals_owner_id_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint partner_referrals_client_name_check check (private.is_line(client_name, 200)),
  constraint partner_referrals_client_email_check check (private.is_mail_address(client_email)),
  constraint partner_referrals_client_company_check check (private.is_line(client_company, 200)),
  constraint partner_referrals_client_website_check check (private.is_web_address(client_website)),
  constraint partner_referrals_account_domain_check check (
    account_domain = private.web_domain(account_domain) and not private.is_free_mail(account_domain)
  ),
  constraint partner_referrals_estimated_value_check check (private.is_amount(estimated_value, currency)),
  constraint partner_referrals_outcome_check check (outcome in ('open', 'won', 'lost')),
  constraint partner_referrals_decided_at_check check ((outcome = 'open') = (decided_at is null)),
  constraint partner_referrals_decision_reason_check check (
    private.is_prose(decision_reason, 1000) and (outcome <> 'lost' or decision_reason is not null)
  ),
  constraint partner_referrals_source_check check (source in ('staff', 'portal', 'import')),
  constraint partner_referrals_notes_check check (private.is_prose(notes, 20000))
);

comment on table public.partner_referrals is
  'What partners bring. Delete is absent on purpose: a referral that comes to nothing is lost, for a reason.';
comment on column public.partner_referrals.account_domain is
  'Whom it is about, as a web domain: of the website, else of the address unless its provider gives addresses to everybody, else chosen.';
comment on column public.partner_referrals.status is 'A key of the setting partners.referral_stages; moved by public.advance_referral only.';
comment on column public.partner_referrals.outcome is 'What the stage counted as when it was reached; kept by trigger.';
comment on column public.partner_referrals.referred_at is 'When the partner brought it, which may be before it was entered.';
comment on column public.partner_referrals.decision_reason is 'Why the stage was changed last. A referral cannot be lost without.';
comment on column public.partner_referrals.submitted_by is 'Without a foreign key: it may be somebody of the partner, and stays known.';
comment on column public.partner_referrals.notes is 'Internal: the portal never shows them.';
comment on column public.partner_referrals.client_key is 'Chosen by whoever creates the row, so that trying again makes no second one.';

-- One for each order and filter that lists offer. Pages follow each other by the moment of the referral, or by the client.
create index if not exists partner_referrals_organization_id_referred_at_id_idx on public.partner_referrals (organization_id, referred_at, id);
create index if not exists partner_referrals_organization_id_partner_referred_at_idx on public.partner_referrals
  (organization_id, partner_id, referred_at, id);
create index if not exists partner_referrals_organization_id_status_referred_at_idx on public.partner_referrals
  (organization_id, status, referred_at, id);
create index if not exists partner_referrals_organization_id_outcome_referred_at_idx on public.partner_referrals
  (organization_id, outcome, referred_at, id);
create index if not exists partner_referrals_organization_id_owner_referred_at_idx on public.partner_referrals
  (organization_id, owner_id, referred_at, id);
create index if not exists partner_referrals_organization_id_client_id_idx on public.partner_referrals
  (organization_id, (coalesce(client_company, client_name)), id);
create index if not exists partner_referrals_organization_id_search_idx on public.partner_referrals using gin (
  organization_id,
  lower(client_name || E'\n' || coalesce(client_company, '') || E'\n' || coalesce(client_email, '') || E'\n' || coalesce(account_domain, ''))
  extensions.gin_trgm_ops
);

alter table public.partner_referrals enable row level security;

create policy select_referral_reader on public.partner_referrals for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('referrals.read'))::uuid[]));
create policy insert_referral_writer on public.partner_referrals for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('referrals.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('referrals.write'))::uuid[]) or owner_id = (select auth.uid()))
  );
-- Whoever may only write what is their own can neither take a referral nor give one away.
create policy update_referral_writer on public.partner_referrals for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('referrals.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('referrals.write'))::uuid[]) or owner_id = (select auth.uid()))
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('referrals.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('referrals.write'))::uuid[]) or owner_id = (select auth.uid()))
  );

-- Stage, outcome, decision and source are absent on purpose: functions write them. When it was brought is said once.
grant select on public.partner_referrals to authenticated;
grant insert (
  organization_id, partner_id, client_name, client_email, client_company, client_website, account_domain, estimated_value, currency,
  referred_at, owner_id, notes, client_key
) on public.partner_referrals to authenticated;
grant update (
  client_name, client_email, client_company, client_website, account_domain, estimated_value, currency, owner_id, notes
) on public.partner_referrals to authenticated;

create or replace trigger _100_touch_version
before update on public.partner_referrals
for each row execute function private.touch_version();

-- Definer, because the stages may be ones that the tenant has set.
create or replace function private.keep_referral_outcome() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    new.status := coalesce(new.status, private.first_choice(new.organization_id, 'partners', 'referral_stages'));
  end if;
  -- A stage that is none is refused when the statement ends, with what the stages are.
  new.outcome := coalesce(
    private.configured_choice(new.organization_id, 'partners', 'referral_stages', new.status) ->> 'outcome', 'open'
  );
  if new.outcome = 'open' then
    new.decided_at := null;
  elsif tg_op = 'INSERT' then
    new.decided_at := coalesce(new.decided_at, now());
  -- What is imported says itself when it was decided.
  elsif new.outcome <> old.outcome and new.decided_at is not distinct from old.decided_at then
    new.decided_at := now();
  end if;
  return new;
end
$$;

create or replace trigger _110_keep_outcome_of_new
before insert on public.partner_referrals
for each row execute function private.keep_referral_outcome();

create or replace trigger _110_keep_outcome
before update on public.partner_referrals
for each row when (new.status is distinct from old.status)
execute function private.keep_referral_outcome();

create or replace function private.begin_referral() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if new.source = 'staff' then
    new.submitted_by := coalesce((select auth.uid()), new.submitted_by);
  end if;
  -- A day is left for clocks that are wrong.
  if new.referred_at not between '1970-01-01' and now() + interval '1 day' then
    raise exception 'A referral cannot be of a day that is still to come.' using
      errcode = 'check_violation', detail = '[{"path": "referred_at", "message": "Enter the day on which the partner brought it."}]';
  end if;
  return new;
end
$$;

create or replace trigger _120_begin_referral
before insert on public.partner_referrals
for each row execute function private.begin_referral();

-- Whom a website and an address belong to; nobody where everybody can have such an address.
create or replace function private.account_of(website text, address text) returns text
language sql
immutable
set search_path = ''
as $$
  select domain
  from unnest(array[private.web_domain(website), private.web_domain(address)]) with ordinality as given (domain, place)
  where not private.is_free_mail(domain)
  order by place
  limit 1
$$;

-- An account that somebody names, as it is compared.
create or replace function private.chosen_account(account text) returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  domain constant text := private.web_domain(account);
begin
  if domain is null or private.is_free_mail(domain) then
    raise exception '“%” does not say which company it is.', left(account, 100) using
      errcode = 'PW055',
      detail = '[{"path": "account_domain", "message": "Enter the web domain of the client, such as example.com, not one of a mail provider."}]';
  end if;
  return domain;
end
$$;

-- What was chosen by hand stays; what follows from website and address goes on following from them. Definer, because what it
-- calls is nothing for clients.
create or replace function private.keep_referral_account() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.account_domain is not distinct from old.account_domain then
    if old.account_domain is distinct from private.account_of(old.client_website, old.client_email) then
      return new;
    end if;
    new.account_domain := null;
  end if;
  new.account_domain := case
    when new.account_domain is null then private.account_of(new.client_website, new.client_email)
    else private.chosen_account(new.account_domain)
  end;
  return new;
end
$$;

create or replace trigger _130_keep_account_of_new
before insert on public.partner_referrals
for each row execute function private.keep_referral_account();

create or replace trigger _130_keep_account
before update on public.partner_referrals
for each row when (
  new.account_domain is distinct from old.account_domain
  or new.client_website is distinct from old.client_website
  or new.client_email is distinct from old.client_email
)
execute function private.keep_referral_account();

create or replace trigger _200_check_owner_on_insert
before insert on public.partner_referrals
for each row when (new.owner_id is not null) execute function private.check_owner_is_active();

create or replace trigger _200_check_owner_on_update
before update on public.partner_referrals
for each row when (new.owner_id is not null and new.owner_id is distinct from old.owner_id)
execute function private.check_owner_is_active();

select private.switch_on_choices('public.partner_referrals', '{status,partners,referral_stages}');
select private.switch_on_audit('public.partner_referrals', label => 'coalesce(r.client_company, r.client_name)');

-- Removed stages are counted with the other choices. A stage that comes to mean something else is told here.
create or replace function private.referrals_with_other_outcome(organization uuid, before jsonb, after jsonb)
returns table (amount bigint, message text)
language sql
stable
set search_path = ''
as $$
  select count(*), case count(*)
    when 1 then '1 referral is in a stage whose outcome changes here, and keeps the outcome it has until it is moved.'
    else count(*) || ' referrals are in stages whose outcome changes here, and keep the outcome they have until they are moved.'
  end
  from jsonb_array_elements(before) as old_stage
  join jsonb_array_elements(after) as new_stage on new_stage ->> 'key' = old_stage ->> 'key'
  join public.partner_referrals as r on r.organization_id = organization and r.status = new_stage ->> 'key'
  where r.outcome <> new_stage ->> 'outcome'
$$;

insert into private.configuration_effects (category, key, function_name, description)
values ('partners', 'referral_stages', 'referrals_with_other_outcome', 'Referrals in stages that come to mean something else.')
on conflict do nothing;
