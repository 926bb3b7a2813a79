-- What is to be done for a partner: by whom, until when, how urgent. A task may be shared with the partner, whose people then see and
-- answer it in their portal.

set local lock_timeout = '5s';

create table if not exists public.partner_tasks (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  title text not null,
  description text,
  status text not null default 'pending',
  priority text,
  due_on date,
  completed_at timestamptz,
  assignee_id uuid,
  created_by uuid,
  is_shared boolean not null default false,
  metadata jsonb not null default '{}',
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_tasks_pkey primary key (id),
  constraint partner_tasks_organization_id_id_key unique (organization_id, id),
  constraint partner_tasks_organization_id_partner_id_id_key unique (organization_id, partner_id, id),
  constraint partner_tasks_organization_id_client_key_key unique (organization_id, client_key),
  constraint partner_tasks_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade,
  constraint partner_tasks_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_tasks_assignee_id_fkey foreign key (organization_id, assignee_id)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint partner_tasks_created_by_fkey foreign key (organization_id, created_by)
    references public.memberships (organization_id, user_id) on delete restrict,
  constraint partner_tasks_title_check check (private.is_line(title, 200)),
  constraint partner_tasks_description_check check (private.is_prose(description, 10000)),
  constraint partner_tasks_status_check check (status in ('pending', 'in_progress', 'completed', 'cancelled')),
  constraint partner_tasks_due_on_check check (due_on between '1970-01-01' and '2200-01-01'),
  constraint partner_tasks_completed_at_check check ((status = 'completed') = (completed_at is not null)),
  constraint partner_tasks_metadata_check check (jsonb_typeof(metadata) = 'object' and octet_length(metadata::text) <= 16384)
);

comment on table public.partner_tasks is 'What is to be done for a partner, one task a row.';
comment on column public.partner_tasks.priority is 'A key of the setting team.task_priorities.';
comment on column public.partner_tasks.completed_at is 'Kept by trigger. Not granted to clients for writing.';
comment on column public.partner_tasks.created_by is 'Kept by trigger; empty where nobody was signed in. Not granted to clients for writing.';
comment on column public.partner_tasks.is_shared is 'Whether the partner''s people see it in their portal.';
comment on column public.partner_tasks.metadata is 'What an import or an integration wants to remember of the task.';
comment on column public.partner_tasks.client_key is 'Chosen by whoever creates the row, so that trying again makes no second one.';

-- What is still to be done stands first, by its date; everything there is, newest first; and what one person has to do.
create index if not exists partner_tasks_organization_id_partner_id_open_idx on public.partner_tasks
  (organization_id, partner_id, due_on, id) where status in ('pending', 'in_progress');
create index if not exists partner_tasks_organization_id_partner_id_created_at_idx on public.partner_tasks
  (organization_id, partner_id, created_at, id);
create index if not exists partner_tasks_organization_id_assignee_id_due_on_idx on public.partner_tasks
  (organization_id, assignee_id, due_on, id);
create index if not exists partner_tasks_organization_id_created_by_idx on public.partner_tasks (organization_id, created_by);

alter table public.partner_tasks enable row level security;

create policy select_task_reader on public.partner_tasks for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('tasks.read'))::uuid[]));
-- Whoever adds a task is its author, so that it is their own.
create policy insert_task_writer on public.partner_tasks for insert to authenticated
  with check (organization_id = any ((select private.organizations_where_i_hold('tasks.write'))::uuid[]));
create policy update_task_writer on public.partner_tasks for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('tasks.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('tasks.write'))::uuid[])
      or assignee_id = (select auth.uid()) or created_by = (select auth.uid())
    )
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('tasks.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('tasks.write'))::uuid[])
      or assignee_id = (select auth.uid()) or created_by = (select auth.uid())
    )
  );
create policy delete_task_writer on public.partner_tasks for delete to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('tasks.write'))::uuid[]));

grant select, delete on public.partner_tasks to authenticated;
grant insert (
  organization_id, partner_id, title, description, status, priority, due_on, assignee_id, is_shared, metadata, client_key
) on public.partner_tasks to authenticated;
grant update (title, description, status, priority, due_on, assignee_id, is_shared, metadata) on public.partner_tasks to authenticated;

-- Who made it, and when it was done. Jobs and imports, which nobody is signed in for, may carry both along.
create or replace function private.keep_partner_task() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if tg_op = 'INSERT' then
    new.created_by := coalesce((select auth.uid()), new.created_by);
  end if;
  if new.status <> 'completed' then
    new.completed_at := null;
  elsif tg_op = 'INSERT' or old.status <> 'completed' then
    new.completed_at := coalesce(new.completed_at, now());
  else
    new.completed_at := coalesce(new.completed_at, old.completed_at);
  end if;
  return new;
end
$$;

create or replace trigger _100_keep_task
before insert or update on public.partner_tasks
for each row execute function private.keep_partner_task();

create or replace trigger _100_touch_version
before update on public.partner_tasks
for each row execute function private.touch_version();

-- Nobody who has left can be given a task, and nobody is kept from editing one whose assignee left earlier. Definer, because
-- whoever may write a task need not see all members.
create or replace function private.check_assignee_is_active() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not exists (
    select from public.memberships as m
    where m.organization_id = new.organization_id and m.user_id = new.assignee_id and m.status = 'active'
  ) then
    raise exception 'A task can only be given to an active member of the organization.' using
      errcode = 'PW066', detail = '[{"path": "assignee_id", "message": "Choose somebody who is an active member of the organization."}]';
  end if;
  return new;
end
$$;

create or replace trigger _200_check_assignee_on_insert
before insert on public.partner_tasks
for each row when (new.assignee_id is not null) execute function private.check_assignee_is_active();

create or replace trigger _200_check_assignee_on_update
before update on public.partner_tasks
for each row when (new.assignee_id is not null and new.assignee_id is distinct from old.assignee_id)
execute function private.check_assignee_is_active();

select private.switch_on_choices('public.partner_tasks', '{priority,team,task_priorities}');
select private.switch_on_audit('public.partner_tasks', label => 'r.title');
select private.switch_on_timeline('public.partner_tasks', partner => 'n.partner_id', label => 'n.title', rules => array[
  private.activity_rule(
    kind => 'task_created', on_event => 'insert', occurred_at => 'n.created_at', visible => 'n.is_shared', backfilled => true
  ),
  private.activity_rule(
    kind => 'task_completed', on_event => 'insert', happened => $$n.status = 'completed'$$, occurred_at => 'n.completed_at',
    visible => 'n.is_shared', after => 'to_jsonb(n.status)', backfilled => true
  ),
  private.activity_rule(
    kind => 'task_completed', on_event => 'update', happened => $$o.status <> 'completed' and n.status = 'completed'$$,
    occurred_at => 'n.completed_at', visible => 'n.is_shared', before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)'
  ),
  private.activity_rule(
    kind => 'task_reopened', on_event => 'update', happened => $$o.status = 'completed' and n.status <> 'completed'$$,
    visible => 'n.is_shared', before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)'
  )
]);
