-- What a partner is paid, where that differs from the configured default. Without a row the partner inherits. Apart from the
-- partner itself: whoever sees the directory need not see rates, and whoever edits partners does not set them.

set local lock_timeout = '5s';

create table if not exists public.partner_commission_terms (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  commission_type text not null,
  rate numeric(6, 3),
  payment_model text,
  currency text,
  deal_minimum numeric(20, 4),
  deal_maximum numeric(20, 4),
  tiers jsonb not null default '[]',
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_commission_terms_pkey primary key (id),
  constraint partner_commission_terms_organization_id_partner_id_key unique (organization_id, partner_id),
  constraint partner_commission_terms_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_commission_terms_rate_check check (rate between 0 and 100),
  constraint partner_commission_terms_payment_model_check check (payment_model in ('one-time', 'recurring', 'hybrid')),
  constraint partner_commission_terms_minimum_check check (deal_minimum is null or private.is_amount(deal_minimum, currency)),
  constraint partner_commission_terms_maximum_check check (deal_maximum is null or private.is_amount(deal_maximum, currency)),
  constraint partner_commission_terms_limits_check check (deal_maximum > deal_minimum),
  constraint partner_commission_terms_currency_check check (private.currency_exponent(currency) is not null or currency is null)
);

comment on table public.partner_commission_terms is 'What a partner is paid where it differs from the configured default.';
comment on column public.partner_commission_terms.rate is 'In percent; empty: the rate of the type.';
comment on column public.partner_commission_terms.tiers is 'From which yearly volume on, in this currency, which rate: [{"from": "100000", "rate": 12.5}].';

alter table public.partner_commission_terms enable row level security;

create policy select_commission_reader on public.partner_commission_terms for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('commissions.read'))::uuid[]));
create policy insert_commission_configurer on public.partner_commission_terms for insert to authenticated
  with check (organization_id = any ((select private.organizations_where_i_can('commissions.configure'))::uuid[]));
create policy update_commission_configurer on public.partner_commission_terms for update to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('commissions.configure'))::uuid[]))
  with check (organization_id = any ((select private.organizations_where_i_can('commissions.configure'))::uuid[]));
-- Deleting the row lets the partner inherit again.
create policy delete_commission_configurer on public.partner_commission_terms for delete to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('commissions.configure'))::uuid[]));

grant select, delete on public.partner_commission_terms to authenticated;
grant insert (organization_id, partner_id, commission_type, rate, payment_model, currency, deal_minimum, deal_maximum, tiers)
  on public.partner_commission_terms to authenticated;
grant update (commission_type, rate, payment_model, currency, deal_minimum, deal_maximum, tiers) on public.partner_commission_terms to authenticated;

create or replace trigger _100_touch_version
before update on public.partner_commission_terms
for each row execute function private.touch_version();

-- Definer, because the validator's own helpers are closed to clients.
create or replace function private.check_commission_tiers() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  schema constant jsonb := '{"type": "array", "title": "Rates by volume", "maxItems": 20, "x-item": "step", "x-ascending": {"property": "from"},
    "items": {"type": "object", "additionalProperties": false, "required": ["from", "rate"], "x-fields": ["from", "rate"],
      "properties": {
        "from": {"type": "number", "title": "From", "minimum": 0, "maximum": 999999999999, "multipleOf": 0.001},
        "rate": {"type": "number", "title": "Rate", "minimum": 0, "maximum": 100, "multipleOf": 0.001}}}}';
  problems jsonb;
begin
  select jsonb_agg(jsonb_build_object('path', 'tiers' || p.path, 'message', p.message)) into problems
  from private.json_schema_problems(schema, new.tiers) as p;
  if problems is null and new.tiers <> '[]' and new.currency is null then
    problems := '[{"path": "currency", "message": "Rates by volume need the currency that the volume is counted in."}]';
  end if;
  if problems is not null then
    raise exception '%', problems #>> '{0,message}' using errcode = 'PW050', detail = problems::text;
  end if;
  return new;
end
$$;

create or replace trigger _200_check_tiers
before insert or update on public.partner_commission_terms
for each row execute function private.check_commission_tiers();

select private.switch_on_choices('public.partner_commission_terms', '{commission_type,commission,types}');
select private.switch_on_audit(
  'public.partner_commission_terms',
  label => '(select p.name from public.partners as p where p.organization_id = r.organization_id and p.id = r.partner_id)'
);
