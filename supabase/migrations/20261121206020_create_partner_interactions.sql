-- Meetings, calls, mails and events with a partner, logged by whoever was there, often days later: an interaction carries its own date.

set local lock_timeout = '5s';

create table if not exists public.partner_interactions (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  user_id uuid not null default auth.uid(),
  interaction_type text not null,
  subject text not null,
  notes text,
  participants text,
  occurred_at timestamptz not null default now(),
  duration_minutes bigint,
  is_shared boolean not null default false,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_interactions_pkey primary key (id),
  constraint partner_interactions_organization_id_id_key unique (organization_id, id),
  constraint partner_interactions_organization_id_client_key_key unique (organization_id, client_key),
  constraint partner_interactions_organization_id_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint partner_interactions_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_interactions_user_id_fkey foreign key (organization_id, user_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint partner_interactions_subject_check check (private.is_line(subject, 200)),
  constraint partner_interactions_notes_check check (private.is_prose(notes, 20000)),
  constraint partner_interactions_participants_check check (private.is_line(participants, 1000)),
  -- A day of grace for clocks and time zones. The time of writing is set anew with each change.
  constraint partner_interactions_occurred_at_check check (
    occurred_at >= '1970-01-01T00:00:00Z' and occurred_at <= updated_at + interval '1 day'
  ),
  constraint partner_interactions_duration_minutes_check check (duration_minutes between 1 and 43200)
);

comment on table public.partner_interactions is
  'What was said and done with a partner, and when. Delete is absent on purpose: the history stays, mistakes are corrected.';
comment on column public.partner_interactions.user_id is 'Who of ours it was with; whoever logs it, unless said.';
comment on column public.partner_interactions.interaction_type is 'A key of the setting partners.interaction_types.';
comment on column public.partner_interactions.participants is 'Who else was there, as people write it.';
comment on column public.partner_interactions.is_shared is 'Whether the partner sees on the timeline that it took place. Notes are never shown to them.';

create index if not exists partner_interactions_organization_id_partner_id_occurred_at_idx on public.partner_interactions
  (organization_id, partner_id, occurred_at, id);
create index if not exists partner_interactions_organization_id_user_id_occurred_at_idx on public.partner_interactions
  (organization_id, user_id, occurred_at);

alter table public.partner_interactions enable row level security;

create policy select_activity_reader on public.partner_interactions for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('activity.read'))::uuid[]));
create policy insert_activity_logger on public.partner_interactions for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('activity.log'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('activity.log'))::uuid[]) or user_id = (select auth.uid()))
  );
create policy update_activity_logger on public.partner_interactions for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('activity.log'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('activity.log'))::uuid[]) or user_id = (select auth.uid()))
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('activity.log'))::uuid[])
    and (organization_id = any ((select private.organizations_where_i_can('activity.log'))::uuid[]) or user_id = (select auth.uid()))
  );

grant select on public.partner_interactions to authenticated;
grant insert (
  organization_id, partner_id, user_id, interaction_type, subject, notes, participants, occurred_at, duration_minutes, is_shared, client_key
) on public.partner_interactions to authenticated;
grant update (user_id, interaction_type, subject, notes, participants, occurred_at, duration_minutes, is_shared)
on public.partner_interactions to authenticated;

create or replace trigger _100_touch_version
before update on public.partner_interactions
for each row execute function private.touch_version();

select private.switch_on_choices('public.partner_interactions', '{interaction_type,partners,interaction_types}');
select private.switch_on_audit('public.partner_interactions', label => 'r.subject');
select private.switch_on_timeline('public.partner_interactions', partner => 'n.partner_id', label => 'n.subject', rules => array[
  private.activity_rule(
    kind => 'interaction_logged', on_event => 'insert', occurred_at => 'n.occurred_at', visible => 'n.is_shared',
    after => 'to_jsonb(n.interaction_type)',
    details => $$jsonb_strip_nulls(jsonb_build_object('user_id', n.user_id, 'duration_minutes', n.duration_minutes))$$, backfilled => true
  )
]);
