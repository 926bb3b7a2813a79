-- Courses and certificates of a partner's people: who has to learn what until when, and until when it counts. A certificate holds for
-- as long as the organization has configured, unless its own end is given; a job ends those whose time is over.

set local lock_timeout = '5s';

create table if not exists public.partner_training (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  title text not null,
  person_name text not null,
  partner_member_id uuid,
  status text not null default 'assigned',
  due_on date,
  completed_at timestamptz,
  expires_on date,
  score numeric(5, 2),
  certificate_url text,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_training_pkey primary key (id),
  constraint partner_training_organization_id_id_key unique (organization_id, id),
  constraint partner_training_organization_id_client_key_key unique (organization_id, client_key),
  constraint partner_training_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint partner_training_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_training_title_check check (private.is_line(title, 200)),
  constraint partner_training_person_name_check check (private.is_line(person_name, 200)),
  constraint partner_training_status_check check (status in ('assigned', 'in_progress', 'completed', 'expired')),
  constraint partner_training_due_on_check check (due_on between '1970-01-01' and '2200-01-01'),
  constraint partner_training_completed_at_check check (
    (status in ('completed', 'expired')) = (completed_at is not null)
    and completed_at >= '1970-01-01T00:00:00Z' and completed_at <= updated_at + interval '1 day'
  ),
  constraint partner_training_expires_on_check check (
    expires_on between '1970-01-01' and '2200-01-01' and (expires_on is null or completed_at is not null)
    and (expires_on is not null or status <> 'expired')
  ),
  constraint partner_training_score_check check (score between 0 and 100),
  constraint partner_training_certificate_url_check check (private.is_web_address(certificate_url))
);

comment on table public.partner_training is
  'What people of a partner learn, and until when it counts. Delete is absent on purpose: certificates are history.';
comment on column public.partner_training.person_name is 'Whose it is, as the certificate says.';
comment on column public.partner_training.partner_member_id is 'The person in the portal, where they have an account there.';
comment on column public.partner_training.expires_on is 'The last day on which it counts; empty where it always does.';
comment on column public.partner_training.score is 'In percent.';

create index if not exists partner_training_organization_id_partner_id_due_on_idx on public.partner_training
  (organization_id, partner_id, due_on, id);
-- For the job alone, which looks into all organizations at once.
create index if not exists partner_training_expires_on_idx on public.partner_training (expires_on) where status = 'completed';

alter table public.partner_training enable row level security;

create policy select_partner_reader on public.partner_training for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('partners.read'))::uuid[]));
create policy insert_training_manager on public.partner_training for insert to authenticated
  with check (organization_id = any ((select private.organizations_where_i_can('training.manage'))::uuid[]));
create policy update_training_manager on public.partner_training for update to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('training.manage'))::uuid[]))
  with check (organization_id = any ((select private.organizations_where_i_can('training.manage'))::uuid[]));

grant select on public.partner_training to authenticated;
grant insert (
  organization_id, partner_id, title, person_name, status, due_on, completed_at, expires_on, score, certificate_url, client_key
) on public.partner_training to authenticated;
grant update (title, person_name, status, due_on, completed_at, expires_on, score, certificate_url) on public.partner_training to authenticated;

-- What has begun anew is neither completed nor about to expire. What is completed, or was completed on another day than it said,
-- counts for as long as is configured from the day of its completion by the organization's clock, unless an end is given in the same
-- breath. Definer, because the setting may be one of the tenant's.
create or replace function private.keep_partner_training() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  is_given constant boolean := case tg_op when 'INSERT' then new.expires_on is not null else new.expires_on is distinct from old.expires_on end;
begin
  if new.status in ('assigned', 'in_progress') then
    new.completed_at := null;
    new.expires_on := null;
    return new;
  end if;
  -- Passed again, unless it is only its end that was wrong.
  if tg_op = 'UPDATE' and new.status = 'completed' and old.status = 'expired' and not is_given
    and new.completed_at is not distinct from old.completed_at then
    new.completed_at := now();
  end if;
  new.completed_at := coalesce(new.completed_at, now());
  if not is_given and (
    tg_op = 'INSERT' or old.completed_at is distinct from new.completed_at or old.status in ('assigned', 'in_progress')
  ) then
    new.expires_on := (
      (new.completed_at at time zone (private.configuration_value(new.organization_id, 'organization', 'time_zone') #>> '{}'))
      + make_interval(months => (private.configuration_value(new.organization_id, 'partners', 'certification_months') #>> '{}')::integer)
    )::date;
  end if;
  return new;
end
$$;

create or replace trigger _100_keep_training
before insert or update on public.partner_training
for each row execute function private.keep_partner_training();

create or replace trigger _100_touch_version
before update on public.partner_training
for each row execute function private.touch_version();

select private.switch_on_audit('public.partner_training', label => $$r.title || ', ' || r.person_name$$);
select private.switch_on_timeline(
  'public.partner_training', partner => 'n.partner_id', label => $$n.title || ', ' || n.person_name$$,
  rules => array[
    -- What is entered when it is over already was never assigned here.
    private.activity_rule(
      kind => 'training_assigned', on_event => 'insert', happened => $$n.status in ('assigned', 'in_progress')$$,
      occurred_at => 'n.created_at', visible => 'true', details => $$jsonb_strip_nulls(jsonb_build_object('due_on', n.due_on))$$
    ),
    private.activity_rule(
      kind => 'training_completed', on_event => 'insert', happened => $$n.status in ('completed', 'expired')$$,
      occurred_at => 'n.completed_at', visible => 'true', after => 'to_jsonb(n.status)',
      details => $$jsonb_strip_nulls(jsonb_build_object('expires_on', n.expires_on, 'score', n.score))$$
    ),
    private.activity_rule(
      kind => 'training_completed', on_event => 'update', happened => $$o.status <> 'completed' and n.status = 'completed'$$,
      occurred_at => 'n.completed_at', visible => 'true', before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)',
      details => $$jsonb_strip_nulls(jsonb_build_object('expires_on', n.expires_on, 'score', n.score))$$
    ),
    private.activity_rule(
      kind => 'training_expired', on_event => 'update', happened => $$o.status <> 'expired' and n.status = 'expired'$$,
      occurred_at => $$least(now(), (n.expires_on + 1)::timestamp at time zone 'UTC')$$, visible => 'true',
      before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)', details => $$jsonb_build_object('expires_on', n.expires_on)$$
    )
  ]
);

-- What holds until a day holds all of that day, wherever in the world it is still that day.
create or replace function private.expire_training() returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform set_config('app.job', 'expire-training', true);
  update public.partner_training
  set status = 'expired'
  where status = 'completed' and expires_on < (now() at time zone 'UTC' - interval '12 hours')::date;
end
$$;

comment on function private.expire_training is 'Ends certificates whose time is over. By schedule, and for tests.';

insert into private.schedules (name, schedule, function_name, description)
values ('expire-training', '13 * * * *', 'expire_training', 'Ends certificates whose time is over.')
on conflict (name) do nothing;
