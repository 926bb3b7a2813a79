-- What happened with a partner, told so that a person recognises it: one event for each change, written in the transaction of the
-- change by triggers, and never changed again. The audit log says which columns were written; this says what it meant, when it
-- happened (an imported fact carries its own date), and whether the partner may see it, too.
--
-- Not partitioned: the key that makes every repetition a no-op has to be unique over all of it.

set local lock_timeout = '5s';

create table if not exists private.activity_kinds (
  kind text collate "C" not null,
  label text not null,
  area text not null,
  "position" bigint not null,
  permission text not null,
  for_partner boolean not null,
  constraint activity_kinds_pkey primary key (kind),
  constraint activity_kinds_permission_fkey foreign key (permission) references public.permissions (key) on delete restrict
);

comment on table private.activity_kinds is
  'What can happen on the timeline. The list is fixed by migrations. No policies on purpose: functions read it.';
comment on column private.activity_kinds.permission is
  'Needed beside activity.read, on all rows: the timeline tells nobody of a deal that the list of deals would not show.';
comment on column private.activity_kinds.for_partner is 'Whether a rule may ever show such an event to the partner.';

create index if not exists activity_kinds_permission_idx on private.activity_kinds (permission);

alter table private.activity_kinds enable row level security;

insert into private.activity_kinds (kind, label, area, "position", permission, for_partner)
select given.kind, given.label, given.area, row_number() over (), given.permission, given.for_partner
from (values
  ('partner_created', 'Partner added', 'partner', 'partners.read', true),
  ('partner_archived', 'Partner archived', 'partner', 'partners.read', false),
  ('partner_restored', 'Partner restored', 'partner', 'partners.read', false),
  ('status_changed', 'Status changed', 'partner', 'partners.read', true),
  ('tier_changed', 'Tier changed', 'partner', 'partners.read', true),
  ('owner_changed', 'Owner changed', 'partner', 'partners.read', false),
  ('agreement_renewed', 'Agreement renewed', 'partner', 'partners.read', true),
  ('agreement_changed', 'Agreement changed', 'partner', 'partners.read', true),
  ('contact_changed', 'Primary contact changed', 'partner', 'partners.read', true),
  ('health_changed', 'Relationship health changed', 'partner', 'partners.read', false),
  ('referral_created', 'Referral added', 'referrals', 'referrals.read', true),
  ('referral_advanced', 'Referral moved on', 'referrals', 'referrals.read', true),
  ('referral_won', 'Referral won', 'referrals', 'referrals.read', true),
  ('referral_lost', 'Referral lost', 'referrals', 'referrals.read', true),
  ('deal_requested', 'Deal registration requested', 'referrals', 'referrals.read', true),
  ('deal_registered', 'Deal registered', 'referrals', 'referrals.read', true),
  ('deal_rejected', 'Deal registration rejected', 'referrals', 'referrals.read', true),
  ('deal_expired', 'Deal registration expired', 'referrals', 'referrals.read', true),
  ('deal_withdrawn', 'Deal registration withdrawn', 'referrals', 'referrals.read', true),
  ('opportunity_created', 'Opportunity added', 'opportunities', 'opportunities.read', false),
  ('opportunity_stage_changed', 'Opportunity moved on', 'opportunities', 'opportunities.read', false),
  ('opportunity_won', 'Opportunity won', 'opportunities', 'opportunities.read', false),
  ('opportunity_lost', 'Opportunity lost', 'opportunities', 'opportunities.read', false),
  ('opportunity_owner_changed', 'Opportunity given to somebody else', 'opportunities', 'opportunities.read', false),
  ('opportunity_value_changed', 'Opportunity value changed', 'opportunities', 'opportunities.read', false),
  ('task_created', 'Task added', 'tasks', 'tasks.read', true),
  ('task_completed', 'Task completed', 'tasks', 'tasks.read', true),
  ('task_reopened', 'Task reopened', 'tasks', 'tasks.read', true),
  ('task_commented', 'Comment on a task', 'tasks', 'tasks.read', true),
  ('document_added', 'Document added', 'documents', 'documents.read', true),
  ('document_replaced', 'New version of a document', 'documents', 'documents.read', true),
  ('document_shared', 'Document shared with the partner', 'documents', 'documents.read', true),
  ('document_removed', 'Document removed', 'documents', 'documents.read', true),
  ('interaction_logged', 'Interaction logged', 'interactions', 'activity.read', true),
  ('training_assigned', 'Training assigned', 'training', 'partners.read', true),
  ('training_completed', 'Training completed', 'training', 'partners.read', true),
  ('training_expired', 'Training expired', 'training', 'partners.read', true),
  ('resource_published', 'Resource published', 'documents', 'documents.read', true),
  ('portal_user_invited', 'Portal user invited', 'portal', 'partners.read', true),
  ('portal_user_joined', 'Portal user joined', 'portal', 'partners.read', true),
  ('portal_user_removed', 'Portal user removed', 'portal', 'partners.read', true)
) as given (kind, label, area, permission, for_partner)
on conflict on constraint activity_kinds_pkey do nothing;

-- Texts are compared byte by byte: the writer compares each key many times, and nobody reads them in order of a language.
create table if not exists public.partner_activity_log (
  organization_id uuid not null,
  id bigint generated always as identity,
  partner_id uuid,
  kind text collate "C" not null,
  occurred_at timestamptz not null,
  actor text collate "C" not null,
  actor_name text,
  subject_table text not null,
  subject_id uuid not null,
  subject_label text,
  is_visible_to_partner boolean not null,
  before jsonb,
  after jsonb,
  details jsonb,
  source_key text collate "C" not null,
  recorded_at timestamptz not null default now(),
  constraint partner_activity_log_pkey primary key (organization_id, source_key)
);

comment on table public.partner_activity_log is
  'The timeline of partners. Clients read it through functions: no policies on purpose. Insert, update and delete are absent on purpose, too: triggers of the tables it tells of append, nobody changes.';
comment on column public.partner_activity_log.organization_id is
  'Without a foreign key, like the partner and the subject: what happened outlives what it happened to.';
comment on column public.partner_activity_log.partner_id is 'Empty for what concerns no partner in particular.';
comment on column public.partner_activity_log.occurred_at is 'When it happened; never later than it was recorded.';
comment on column public.partner_activity_log.actor is 'user:<uuid> or system:<job>.';
comment on column public.partner_activity_log.actor_name is 'What the person was called then.';
comment on column public.partner_activity_log.subject_label is 'What the subject was called, so that the timeline reads well after it is gone.';
comment on column public.partner_activity_log.is_visible_to_partner is 'Whether the partner''s people see it in their portal.';
comment on column public.partner_activity_log.source_key is
  '<table>:<id>:<version>:<kind>: the same change never makes a second event. Of a row''s beginning the version is always 1.';

-- Ascending, read backwards: events come in the order of time, and pages that fill from the left stay full.
create index if not exists partner_activity_log_partner_idx
  on public.partner_activity_log (organization_id, partner_id, occurred_at, id);

alter table public.partner_activity_log enable row level security;

-- For exports and backups.
grant select on public.partner_activity_log to service_role;

-- What was erased from the timeline, and by which event of the audit log that is told. The timeline's own guard asks here.
create table if not exists private.activity_erasures (
  organization_id uuid not null,
  source_key text collate "C" not null,
  erased_at timestamptz not null default now(),
  audit_id bigint not null,
  constraint activity_erasures_pkey primary key (organization_id, source_key, audit_id)
);

comment on table private.activity_erasures is
  'Events of the timeline whose personal values were erased. No policies on purpose: private.erase_from_timeline only.';

alter table private.activity_erasures enable row level security;

create or replace trigger _100_guard
before update or delete or truncate on private.activity_erasures
for each statement execute function private.refuse_change();

-- Also for the owner: a mistake in a migration or a console is refused like anybody else's.
create or replace function private.guard_partner_activity_log() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  kept public.partner_activity_log;
begin
  if tg_op = 'UPDATE' then
    kept := new;
    -- The one thing that may happen to an event: values of its that are personal are emptied.
    if new.actor_name is null then kept.actor_name := old.actor_name; end if;
    if new.subject_label is null then kept.subject_label := old.subject_label; end if;
    if new.before is null then kept.before := old.before; end if;
    if new.after is null then kept.after := old.after; end if;
    if new.details is null then kept.details := old.details; end if;
    if kept is not distinct from old and exists (
      select from private.activity_erasures as e
      where e.organization_id = old.organization_id and e.source_key = old.source_key and e.erased_at = now()
    ) then
      return new;
    end if;
  end if;
  raise exception 'The timeline can only be added to.' using errcode = 'PW040';
end
$$;

create or replace trigger _100_guard
before update or delete on public.partner_activity_log
for each row execute function private.guard_partner_activity_log();

create or replace trigger _100_guard_truncate
before truncate on public.partner_activity_log
for each statement execute function private.guard_partner_activity_log();
