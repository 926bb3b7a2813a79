-- A partner who brought a client can have the deal registered: for a while nobody else's is, for the same client and product. That
-- is held by an exclusion constraint, so that it is true however many decide at once; when the time is over it frees by itself.

set local lock_timeout = '5s';

create extension if not exists btree_gist with schema extensions;

create table if not exists public.deal_registrations (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  referral_id uuid not null,
  account_domain text not null,
  account_name text not null,
  product text not null,
  status text not null default 'requested',
  protected tstzrange,
  protected_from timestamptz generated always as (lower(protected)) stored,
  protected_until timestamptz generated always as (upper(protected)) stored,
  requested_at timestamptz not null default now(),
  requested_by uuid,
  decided_at timestamptz,
  decided_by uuid,
  reason text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint deal_registrations_pkey primary key (id),
  constraint deal_registrations_organization_id_id_key unique (organization_id, id),
  constraint deal_registrations_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint deal_registrations_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint deal_registrations_referral_id_fkey foreign key (organization_id, partner_id, referral_id)
    references public.partner_referrals (organization_id, partner_id, id) on delete cascade,
  constraint deal_registrations_account_domain_check check (
    account_domain = private.web_domain(account_domain) and not private.is_free_mail(account_domain)
  ),
  constraint deal_registrations_account_name_check check (private.is_line(account_name, 200)),
  constraint deal_registrations_status_check check (status in ('requested', 'registered', 'rejected', 'expired', 'withdrawn')),
  constraint deal_registrations_protected_check check (
    case
      when status in ('requested', 'rejected') then protected is null
      when status in ('registered', 'expired') then protected is not null
      else true
    end
    and not (isempty(protected) or lower_inf(protected) or upper_inf(protected) or upper_inc(protected) or not lower_inc(protected))
    and isfinite(lower(protected)) and isfinite(upper(protected))
  ),
  constraint deal_registrations_decided_at_check check ((status = 'requested') = (decided_at is null)),
  constraint deal_registrations_reason_check check (
    private.is_prose(reason, 1000) and (status <> 'rejected' or reason is not null)
  ),
  constraint deal_registrations_exclusive exclude using gist (
    organization_id with =, account_domain with =, product with =, protected with &&
  ) where (status = 'registered')
);

comment on table public.deal_registrations is
  'Which deal is whose, until when. Insert, update and delete are absent on purpose: functions only.';
comment on column public.deal_registrations.account_domain is 'The client, as a web domain; never one of a mail provider.';
comment on column public.deal_registrations.account_name is 'What the client was called when it was asked for.';
comment on column public.deal_registrations.product is 'A key of the setting partners.products.';
comment on column public.deal_registrations.protected is 'While it was registered. In force as long as the status says so.';
comment on column public.deal_registrations.requested_by is 'Without a foreign key: it may be somebody of the partner, and stays known.';
comment on column public.deal_registrations.decided_by is 'Who approved, rejected or withdrew it last. Without a foreign key: it stays known.';
comment on column public.deal_registrations.reason is 'Why it was decided so. Internal: it may speak of another partner.';

-- Asked for again while it waits, it is the same.
create unique index if not exists deal_registrations_organization_id_requested_key on public.deal_registrations
  (organization_id, referral_id, account_domain, product) where status = 'requested';
create index if not exists deal_registrations_organization_id_partner_id_referral_id_idx on public.deal_registrations
  (organization_id, partner_id, referral_id);
create index if not exists deal_registrations_organization_id_account_product_idx on public.deal_registrations
  (organization_id, account_domain, product);
create index if not exists deal_registrations_organization_id_status_requested_at_idx on public.deal_registrations
  (organization_id, status, requested_at, id);
create index if not exists deal_registrations_protected_until_idx on public.deal_registrations (protected_until) where status = 'registered';

alter table public.deal_registrations enable row level security;

create policy select_referral_reader on public.deal_registrations for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('referrals.read'))::uuid[]));

grant select on public.deal_registrations to authenticated;

create or replace trigger _100_touch_version
before update on public.deal_registrations
for each row execute function private.touch_version();

select private.switch_on_choices('public.deal_registrations', '{product,partners,products}');
select private.switch_on_audit('public.deal_registrations', label => 'concat_ws('': '', r.account_name, r.product)');
