-- Deals. Where one stands is its stage, a choice that each organization makes for itself; whether it is open, won or lost, how
-- probable it is and when it closed follow from the stage and are kept here, so that no client can say one thing and mean another.

set local lock_timeout = '5s';

create table if not exists public.opportunities (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid,
  customer_id uuid not null,
  name text not null,
  value numeric,
  currency text,
  stage text not null,
  status text not null,
  probability numeric(5, 2) not null,
  expected_close_on date,
  closed_at timestamptz,
  closes_on date,
  owner_id uuid,
  source text,
  reason text,
  next_step text,
  notes text,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint opportunities_pkey primary key (id),
  constraint opportunities_organization_id_id_key unique (organization_id, id),
  constraint opportunities_organization_id_client_key_key unique (organization_id, client_key),
  constraint opportunities_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint opportunities_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete set null (partner_id),
  constraint opportunities_customer_id_fkey foreign key (organization_id, customer_id)
    references public.customers (organization_id, id) on delete restrict,
  constraint opportunities_owner_id_fkey foreign key (organization_id, owner_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint opportunities_name_check check (private.is_line(name, 200)),
  constraint opportunities_value_check check (private.is_amount(value, currency)),
  constraint opportunities_status_check check (status in ('open', 'won', 'lost')),
  constraint opportunities_probability_check check (probability between 0 and 100),
  constraint opportunities_expected_close_on_check check (expected_close_on between '1970-01-01' and '2200-01-01'),
  constraint opportunities_closed_at_check check ((closed_at is null) = (status = 'open')),
  constraint opportunities_reason_check check ((reason is null) = (status = 'open')),
  constraint opportunities_next_step_check check (private.is_line(next_step, 300)),
  constraint opportunities_notes_check check (private.is_prose(notes, 20000))
);

comment on table public.opportunities is 'Deals, with or without a partner. Delete is absent on purpose: a deal that came to nothing is lost, with a reason.';
comment on column public.opportunities.partner_id is 'Who brought it. Chosen when the deal is made; afterwards moved by move_opportunity only.';
comment on column public.opportunities.value is 'Without a scale: one would round what is too fine, where it has to be refused. Together with its currency or not at all.';
comment on column public.opportunities.status is 'Follows from the stage when the deal comes into it; not granted to clients for writing, like closed_at and closes_on.';
comment on column public.opportunities.probability is 'In percent: the stage''s, unless somebody chose another while the deal stands there. Won is 100, lost is 0.';
comment on column public.opportunities.closes_on is
  'By which period it is counted: the expected day while it is open, then the day it closed by the organization''s clock.';
comment on column public.opportunities.reason is 'Why it was won or lost: a key of pipeline.win_reasons or pipeline.loss_reasons.';
comment on column public.opportunities.client_key is 'Chosen by whoever creates the row, so that trying again makes no second one.';

-- One for each order that the list offers, and for each filter in the order in which deals close.
create index if not exists opportunities_organization_id_name_id_idx on public.opportunities (organization_id, name, id);
create index if not exists opportunities_organization_id_value_id_idx on public.opportunities
  (organization_id, (coalesce(currency, '')), (coalesce(value, -1)), id);
create index if not exists opportunities_organization_id_closes_on_id_idx on public.opportunities
  (organization_id, (coalesce(closes_on, 'infinity')), id);
create index if not exists opportunities_organization_id_probability_id_idx on public.opportunities (organization_id, probability, id);
create index if not exists opportunities_organization_id_updated_at_id_idx on public.opportunities (organization_id, updated_at, id);
create index if not exists opportunities_organization_id_partner_id_closes_on_idx on public.opportunities
  (organization_id, partner_id, (coalesce(closes_on, 'infinity')), id);
create index if not exists opportunities_organization_id_customer_id_idx on public.opportunities (organization_id, customer_id);
create index if not exists opportunities_organization_id_owner_id_closes_on_idx on public.opportunities
  (organization_id, owner_id, (coalesce(closes_on, 'infinity')), id);
create index if not exists opportunities_organization_id_stage_closes_on_idx on public.opportunities
  (organization_id, stage, (coalesce(closes_on, 'infinity')), id);
create index if not exists opportunities_organization_id_figures_idx on public.opportunities (organization_id, status, currency)
  include (value, probability);
create index if not exists opportunities_organization_id_search_idx on public.opportunities
  using gin (organization_id, lower(name) extensions.gin_trgm_ops);

alter table public.opportunities enable row level security;

create policy select_opportunity_reader on public.opportunities for select to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.read'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('opportunities.read'))::uuid[]) or owner_id = (select auth.uid()))
  );
create policy insert_opportunity_writer on public.opportunities for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('opportunities.write'))::uuid[]) or owner_id = (select auth.uid()))
  );
-- Whoever may only write what is their own can neither take a deal nor give one away.
create policy update_opportunity_writer on public.opportunities for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('opportunities.write'))::uuid[]) or owner_id = (select auth.uid()))
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.write'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('opportunities.write'))::uuid[]) or owner_id = (select auth.uid()))
  );

grant select on public.opportunities to authenticated;
grant insert (
  organization_id, partner_id, customer_id, name, value, currency, stage, probability, expected_close_on, owner_id, source, reason,
  next_step, notes, client_key
) on public.opportunities to authenticated;
grant update (
  customer_id, name, value, currency, stage, probability, expected_close_on, owner_id, source, reason, next_step, notes
) on public.opportunities to authenticated;

create or replace function private.refuse_field(code text, field text, message text) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception '%', message using
    errcode = code, detail = jsonb_build_array(jsonb_build_object('path', field, 'message', message))::text;
end
$$;

-- Why it closed. What is there already stays when the list of reasons changes.
create or replace function private.check_opportunity_reason(opportunity public.opportunities) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  list constant text := case opportunity.status when 'won' then 'win_reasons' else 'loss_reasons' end;
  problem constant text := private.choice_problem(opportunity.organization_id, 'pipeline', list, opportunity.reason);
begin
  if opportunity.reason is null then
    perform private.refuse_field('PW057', 'reason', format('Say why the deal was %s.', opportunity.status));
  elsif problem is not null then
    perform private.refuse_field('PW058', 'reason', problem);
  end if;
end
$$;

-- Definer, because stages are inherited from a tenant whose settings members may not see.
create or replace function private.keep_opportunity_stage() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  is_new constant boolean := tg_op = 'INSERT';
  was_open constant boolean := is_new or old.status = 'open';
  entry jsonb;
begin
  if is_new and new.stage is null then
    new.stage := (
      select item ->> 'key'
      from jsonb_array_elements(private.configuration_value(new.organization_id, 'pipeline', 'stages')) with ordinality as stage (item, place)
      where item ->> 'outcome' = 'open'
      order by place
      limit 1
    );
  end if;
  if is_new or new.stage <> old.stage or new.probability is null then
    entry := private.configured_choice(new.organization_id, 'pipeline', 'stages', new.stage);
  end if;

  if is_new or new.stage <> old.stage then
    if entry is null then
      perform private.refuse_choices(jsonb_build_array(jsonb_build_object(
        'path', 'stage', 'message', private.choice_problem(new.organization_id, 'pipeline', 'stages', new.stage)
      )));
    end if;
    new.status := entry ->> 'outcome';
    if not is_new and new.probability = old.probability then
      new.probability := null;
    end if;
  else
    new.status := old.status;
  end if;
  new.probability := case new.status
    when 'won' then 100
    when 'lost' then 0
    else coalesce(new.probability, (entry ->> 'probability')::numeric, old.probability)
  end;

  if new.status = 'open' then
    if new.reason is not null and was_open then
      perform private.refuse_field('PW058', 'reason', 'A deal that is open has no reason for its end yet. Leave it empty, or close the deal.');
    end if;
    new.reason := null;
    new.closed_at := null;
    new.closes_on := new.expected_close_on;
  else
    if was_open or new.status <> old.status or new.reason is distinct from old.reason then
      perform private.check_opportunity_reason(new);
    end if;
    if was_open then
      -- Whoever copies what happened elsewhere knows when; clients are not granted the column.
      new.closed_at := coalesce(new.closed_at, now());
      new.closes_on := (
        new.closed_at at time zone (private.configuration_value(new.organization_id, 'organization', 'time_zone') #>> '{}')
      )::date;
    else
      new.closed_at := old.closed_at;
      new.closes_on := old.closes_on;
    end if;
  end if;
  return new;
end
$$;

-- Before the version is counted: what follows by itself belongs to the same edit.
create or replace trigger _050_keep_stage_of_new
before insert on public.opportunities
for each row execute function private.keep_opportunity_stage();

create or replace trigger _050_keep_stage
before update on public.opportunities
for each row when (
  (new.stage, new.status, new.probability, new.reason, new.closed_at, new.closes_on, new.expected_close_on)
    is distinct from (old.stage, old.status, old.probability, old.reason, old.closed_at, old.closes_on, old.expected_close_on)
)
execute function private.keep_opportunity_stage();

create or replace trigger _100_touch_version
before update on public.opportunities
for each row execute function private.touch_version();

create or replace trigger _200_check_owner_on_insert
before insert on public.opportunities
for each row when (new.owner_id is not null) execute function private.check_owner_is_active();

create or replace trigger _200_check_owner_on_update
before update on public.opportunities
for each row when (new.owner_id is not null and new.owner_id is distinct from old.owner_id)
execute function private.check_owner_is_active();

-- The currencies are a list of codes and no list of choices.
create or replace function private.currency_problem(organization uuid, currency text) returns text
language sql
stable
set search_path = ''
as $$
  select format('Deals cannot be entered in %s here, only in %s.', left($2, 10),
    (select string_agg(code, ', ') from jsonb_array_elements_text(configured.list) as code))
  from (select private.configuration_value($1, 'revenue', 'currencies') as list) as configured
  where not configured.list ? $2
$$;

-- Asked for the distinct ones that a statement writes; what is there already stays when the list changes. Definer, because the
-- list may be the tenant's.
create or replace function private.check_opportunity_currencies() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  problem text;
begin
  if tg_op = 'INSERT' then
    select p.message into problem
    from (select distinct n.organization_id, n.currency from new_rows as n where n.currency is not null) as given
    cross join lateral private.currency_problem(given.organization_id, given.currency) as p (message)
    where p.message is not null
    limit 1;
  else
    select p.message into problem
    from (
      select distinct n.organization_id, n.currency
      from new_rows as n join old_rows as o on o.id = n.id
      where n.currency is distinct from o.currency and n.currency is not null
    ) as given
    cross join lateral private.currency_problem(given.organization_id, given.currency) as p (message)
    where p.message is not null
    limit 1;
  end if;
  if problem is not null then
    perform private.refuse_choices(jsonb_build_array(jsonb_build_object('path', 'currency', 'message', problem)));
  end if;
  return null;
end
$$;

create or replace trigger _200_check_currencies_on_insert
after insert on public.opportunities referencing new table as new_rows
for each statement execute function private.check_opportunity_currencies();

create or replace trigger _200_check_currencies_on_update
after update on public.opportunities referencing old table as old_rows new table as new_rows
for each statement execute function private.check_opportunity_currencies();

select private.switch_on_choices('public.opportunities', '{stage,pipeline,stages}', '{source,pipeline,sources}');
select private.switch_on_audit('public.opportunities', label => 'r.name');

-- A stage whose outcome changes does not move the deals that stand in it: what is won stays won.
create or replace function private.deals_in_changed_stages(organization uuid, before jsonb, after jsonb)
returns table (amount bigint, message text)
language sql
stable
set search_path = ''
as $$
  select count(*), format(
    '%s in “%s” %s: what changes here counts for deals that come into the stage from now on.',
    case count(*) when 1 then '1 deal' else count(*) || ' deals' end, item ->> 'label',
    case o.status when 'open' then 'stay open' else 'stay ' || o.status end
  )
  from jsonb_array_elements(case jsonb_typeof(after) when 'array' then after else '[]' end) as item
  join public.opportunities as o
    on o.organization_id = $1 and o.stage = item ->> 'key' and o.status <> item ->> 'outcome'
  group by item, o.status
$$;

insert into private.configuration_effects (category, key, function_name, position, description)
values ('pipeline', 'stages', 'deals_in_changed_stages', 20, 'Deals that stand in a stage whose outcome changes.')
on conflict do nothing;
