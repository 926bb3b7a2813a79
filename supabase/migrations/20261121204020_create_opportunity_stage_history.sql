-- How each deal came to where it is. Written in the transaction that moves the deal and never changed afterwards, so that no stage is
-- missing from a funnel and none is made up; it outlives the deal.

set local lock_timeout = '5s';

create table if not exists public.opportunity_stage_history (
  id bigint generated always as identity,
  organization_id uuid not null,
  opportunity_id uuid not null,
  from_stage text,
  to_stage text not null,
  status text not null,
  changed_at timestamptz not null,
  actor text not null,
  actor_name text,
  reason text,
  source_key text not null,
  recorded_at timestamptz not null default now(),
  constraint opportunity_stage_history_pkey primary key (id),
  constraint opportunity_stage_history_organization_id_source_key_key unique (organization_id, source_key)
);

comment on table public.opportunity_stage_history is
  'Each stage a deal came into. Insert, update and delete are absent on purpose: the triggers of opportunities append, nobody changes.';
comment on column public.opportunity_stage_history.opportunity_id is 'Without a foreign key: history outlives what it describes.';
comment on column public.opportunity_stage_history.from_stage is 'Null where the deal began.';
comment on column public.opportunity_stage_history.status is 'What the stage meant then.';
comment on column public.opportunity_stage_history.actor is 'user:<uuid> or system:<job>, by the server.';
comment on column public.opportunity_stage_history.actor_name is 'What the person was called then; empty once their personal data was erased.';
comment on column public.opportunity_stage_history.source_key is 'opportunities:<id>:<version>, so that a repetition adds nothing.';

create index if not exists opportunity_stage_history_opportunity_id_changed_at_idx on public.opportunity_stage_history
  (organization_id, opportunity_id, changed_at, id);

alter table public.opportunity_stage_history enable row level security;

-- As the deal itself. Of a deal that is gone, only who sees all deals still reads how it went.
create policy select_opportunity_reader on public.opportunity_stage_history for select to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('opportunities.read'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('opportunities.read'))::uuid[])
      or exists (
        select from public.opportunities as deal
        where deal.id = opportunity_stage_history.opportunity_id and deal.owner_id = (select auth.uid())
      )
    )
  );

grant select on public.opportunity_stage_history to authenticated;

-- Also for the owner of the database. The one thing that may happen to a row: a name gives way when a person's data is erased.
create or replace function private.guard_stage_history() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and new.actor_name is null then
    new.actor_name := old.actor_name;
    if new is not distinct from old then
      new.actor_name := null;
      return new;
    end if;
  end if;
  raise exception 'The history of stages can only be added to.' using errcode = 'PW040';
end
$$;

create or replace trigger _100_guard
before update or delete on public.opportunity_stage_history
for each row execute function private.guard_stage_history();

create or replace trigger _100_guard_truncate
before truncate on public.opportunity_stage_history
for each statement execute function private.guard_stage_history();

-- Definer, because nobody may add to the history but through here. Actor and time are the server's own; a deal that came from
-- elsewhere began, and closed, when its row says.
create or replace function private.keep_stage_history() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    insert into public.opportunity_stage_history (
      organization_id, opportunity_id, to_stage, status, changed_at, actor, actor_name, reason, source_key
    )
    select n.organization_id, n.id, n.stage, n.status, coalesce(n.closed_at, n.created_at), private.actor(), private.actor_name(),
      n.reason, format('opportunities:%s:%s', n.id, n.version)
    from new_rows as n
    on conflict on constraint opportunity_stage_history_organization_id_source_key_key do nothing;
  else
    insert into public.opportunity_stage_history (
      organization_id, opportunity_id, from_stage, to_stage, status, changed_at, actor, actor_name, reason, source_key
    )
    select n.organization_id, n.id, o.stage, n.stage, n.status, case when o.status = 'open' then coalesce(n.closed_at, now()) else now() end,
      private.actor(), private.actor_name(), n.reason, format('opportunities:%s:%s', n.id, n.version)
    from new_rows as n
    join old_rows as o on o.id = n.id
    where n.stage <> o.stage
    on conflict on constraint opportunity_stage_history_organization_id_source_key_key do nothing;
  end if;
  return null;
end
$$;

create or replace trigger _300_keep_stage_history_on_insert
after insert on public.opportunities referencing new table as new_rows
for each statement execute function private.keep_stage_history();

create or replace trigger _300_keep_stage_history_on_update
after update on public.opportunities referencing old table as old_rows new table as new_rows
for each statement execute function private.keep_stage_history();
