-- What is said about a task, by us and, where it is shared, by the partner's people. A comment belongs to who wrote it: nobody else
-- changes or takes back a word of it.

set local lock_timeout = '5s';

create table if not exists public.partner_task_comments (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  task_id uuid not null,
  body text not null,
  author_id uuid not null,
  author_name text not null,
  is_from_partner boolean not null default false,
  is_shared boolean not null default false,
  edited_at timestamptz,
  client_key uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_task_comments_pkey primary key (id),
  constraint partner_task_comments_organization_id_id_key unique (organization_id, id),
  constraint partner_task_comments_organization_id_client_key_key unique (organization_id, client_key),
  constraint partner_task_comments_organization_id_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint partner_task_comments_task_id_fkey foreign key (organization_id, partner_id, task_id)
    references public.partner_tasks (organization_id, partner_id, id) on delete cascade on update cascade,
  constraint partner_task_comments_body_check check (private.is_prose(body, 10000)),
  constraint partner_task_comments_author_name_check check (private.is_line(author_name, 200)),
  constraint partner_task_comments_from_partner_check check (is_shared or not is_from_partner)
);

comment on table public.partner_task_comments is 'What is said about a task. Its partner is the task''s, by the foreign key.';
comment on column public.partner_task_comments.author_id is
  'Without a foreign key: it may be a person of the partner''s, who is no member. Kept by trigger.';
comment on column public.partner_task_comments.author_name is 'What the author was called then. Kept by trigger.';
comment on column public.partner_task_comments.is_from_partner is 'Written in the portal. Not granted to clients for writing.';
comment on column public.partner_task_comments.is_shared is 'Whether the partner''s people see it, where the task itself is shared with them.';
comment on column public.partner_task_comments.edited_at is 'When the words were last changed. Kept by trigger.';

create index if not exists partner_task_comments_task_id_created_at_idx on public.partner_task_comments
  (organization_id, partner_id, task_id, created_at, id);

alter table public.partner_task_comments enable row level security;

create policy select_task_reader on public.partner_task_comments for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('tasks.read'))::uuid[]));
-- Whoever may only write tasks of their own comments on those. The author is set by the trigger below.
create policy insert_task_writer on public.partner_task_comments for insert to authenticated
  with check (
    organization_id = any ((select private.organizations_where_i_hold('tasks.write'))::uuid[])
    and (
      organization_id = any ((select private.organizations_where_i_can('tasks.write'))::uuid[])
      or exists (
        select from public.partner_tasks as t
        where t.organization_id = partner_task_comments.organization_id and t.id = partner_task_comments.task_id
          and (t.assignee_id = (select auth.uid()) or t.created_by = (select auth.uid()))
      )
    )
  );
create policy update_author on public.partner_task_comments for update to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('tasks.write'))::uuid[]) and author_id = (select auth.uid())
  )
  with check (
    organization_id = any ((select private.organizations_where_i_hold('tasks.write'))::uuid[]) and author_id = (select auth.uid())
  );
create policy delete_author on public.partner_task_comments for delete to authenticated
  using (
    organization_id = any ((select private.organizations_where_i_hold('tasks.write'))::uuid[]) and author_id = (select auth.uid())
  );

grant select, delete on public.partner_task_comments to authenticated;
grant insert (organization_id, partner_id, task_id, body, is_shared, client_key) on public.partner_task_comments to authenticated;
grant update (body, is_shared) on public.partner_task_comments to authenticated;

-- The author is who is signed in, whatever was sent. Jobs and imports, which nobody is signed in for, say who it was. Definer,
-- because a person's name is asked for where the person need not see profiles.
create or replace function private.sign_task_comment() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if new.body is distinct from old.body then
      new.edited_at := now();
    end if;
  elsif (select auth.uid()) is not null then
    new.author_id := (select auth.uid());
    new.author_name := private.actor_name();
    new.edited_at := null;
  end if;
  return new;
end
$$;

create or replace trigger _100_sign_comment
before insert or update on public.partner_task_comments
for each row execute function private.sign_task_comment();

create or replace trigger _100_touch_version
before update on public.partner_task_comments
for each row execute function private.touch_version();

select private.switch_on_audit(
  'public.partner_task_comments',
  label => '(select t.title from public.partner_tasks as t where t.organization_id = r.organization_id and t.id = r.task_id)'
);
-- What was said stays in the comment: an author who takes it back must not find it on the timeline for ever.
select private.switch_on_timeline(
  'public.partner_task_comments', partner => 'n.partner_id',
  label => '(select t.title from public.partner_tasks as t where t.organization_id = n.organization_id and t.id = n.task_id)',
  rules => array[
    private.activity_rule(
      kind => 'task_commented', on_event => 'insert', occurred_at => 'n.created_at',
      visible => $$n.is_shared and exists (
        select from public.partner_tasks as t where t.organization_id = n.organization_id and t.id = n.task_id and t.is_shared
      )$$,
      details => $$jsonb_build_object('task_id', n.task_id, 'is_from_partner', n.is_from_partner)$$, backfilled => true
    )
  ]
);
