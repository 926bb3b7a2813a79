-- Tasks that are shared with a partner, what its people learn, and what happened, in the portal. A task is answered and completed
-- there; whoever is asked for something need not be able to change what was asked.

set local lock_timeout = '5s';

-- Definer, here and below: people of partners have no right on any table.
create or replace function private.portal_tasks(partner uuid, after uuid, page_size integer)
returns table (
  id uuid, title text, description text, status text, due_on date, completed_at timestamptz, created_at timestamptz,
  assignee_name text, comments jsonb
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
  last_seen public.partner_tasks;
begin
  select t.* into last_seen from public.partner_tasks as t
  where t.organization_id = guest.organization_id and t.partner_id = guest.partner_id and t.id = after and t.is_shared;
  return query
  select t.id, t.title, t.description, t.status, t.due_on, t.completed_at, t.created_at,
    (select m.display_name from public.memberships as m where m.organization_id = t.organization_id and m.user_id = t.assignee_id),
    coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', c.id, 'body', c.body, 'author_name', c.author_name, 'is_mine', c.author_id = guest.user_id,
        'is_from_partner', c.is_from_partner, 'created_at', c.created_at
      ) order by c.created_at, c.id)
      from (
        select * from public.partner_task_comments as latest
        where latest.organization_id = t.organization_id and latest.partner_id = t.partner_id and latest.task_id = t.id and latest.is_shared
        order by latest.created_at desc, latest.id desc limit 100
      ) as c
    ), '[]')
  from public.partner_tasks as t
  where t.organization_id = guest.organization_id and t.partner_id = guest.partner_id and t.is_shared
    and (after is null or (t.created_at, t.id) < (last_seen.created_at, last_seen.id))
  order by t.created_at desc, t.id desc
  limit least(greatest(coalesce(page_size, 50), 1), 200);
end
$$;

create or replace function private.portal_answer_task(partner uuid, task uuid, comment text, complete boolean, client_key uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal_to_write(partner);
  body constant text := private.portal_entry(comment);
  target public.partner_tasks;
begin
  if body is null and complete is not true then
    perform private.refuse_portal_entry('[{"path": "comment", "message": "Write an answer, or say that it is done."}]');
  elsif body is not null and not private.is_prose(body, 5000) then
    perform private.refuse_portal_entry('[{"path": "comment", "message": "Write at most 5,000 characters."}]');
  end if;
  select t.* into target from public.partner_tasks as t
  where t.organization_id = guest.organization_id and t.partner_id = guest.partner_id and t.id = task and t.is_shared
  for no key update;
  if target.id is null then
    raise exception 'This task is no longer there.' using errcode = 'PW012';
  elsif complete and target.status = 'cancelled' then
    perform private.refuse_portal_entry('[{"path": "complete", "message": "This task was cancelled."}]');
  end if;
  if body is not null then
    insert into public.partner_task_comments (
      organization_id, partner_id, task_id, body, author_id, author_name, is_from_partner, is_shared, client_key
    )
    values (
      target.organization_id, target.partner_id, target.id, body, guest.user_id, guest.name, true, true, private.portal_key(guest, client_key)
    )
    on conflict on constraint partner_task_comments_organization_id_client_key_key do nothing;
  end if;
  if complete then
    update public.partner_tasks as t set status = 'completed'
    where t.organization_id = target.organization_id and t.id = target.id and t.status <> 'completed';
  end if;
  return jsonb_build_object('id', target.id, 'status', case when complete then 'completed' else target.status end);
end
$$;

create or replace function private.portal_training(partner uuid)
returns table (
  id uuid, title text, person_name text, status text, due_on date, completed_at timestamptz, expires_on date, score numeric,
  certificate_url text
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
begin
  return query
  select t.id, t.title, t.person_name, t.status, t.due_on, t.completed_at, t.expires_on, t.score, t.certificate_url
  from public.partner_training as t
  where t.organization_id = guest.organization_id and t.partner_id = guest.partner_id
  order by t.due_on, t.id
  limit 1000;
end
$$;

-- What the partner may know of its timeline, without what was before and after: that can hold more than was meant for them. Who did
-- it is one of their own, or their partner manager; our people's names are in no event. That a deal was rejected is never told.
create or replace function private.portal_activity(partner uuid, before_at timestamptz, before_event uuid, page_size integer)
returns table (id uuid, occurred_at timestamptz, kind text, label text, subject text, actor_name text, is_mine boolean)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
  last_id bigint;
begin
  select l.id into last_id from public.partner_activity_log as l
  where l.organization_id = guest.organization_id and l.partner_id = guest.partner_id and l.occurred_at = before_at
    and md5(l.source_key)::uuid = before_event;
  return query
  select md5(l.source_key)::uuid, l.occurred_at, l.kind::text, k.label, l.subject_label,
    case
      when own.display_name is not null then own.display_name
      when l.actor not like 'user:%' then 'Automatic'
      when exists (
        select from public.memberships as m
        where m.organization_id = guest.organization_id and l.actor = 'user:' || m.user_id
      ) then 'Your partner manager'
      else 'Somebody who has left'
    end,
    l.actor = 'user:' || guest.user_id
  from public.partner_activity_log as l
  join private.activity_kinds as k on k.kind = l.kind and k.for_partner
  left join lateral (
    select m.display_name from public.partner_members as m
    where m.organization_id = guest.organization_id and m.partner_id = guest.partner_id and l.actor = 'user:' || m.user_id
    order by m.created_at desc limit 1
  ) as own on true
  where l.organization_id = guest.organization_id and l.partner_id = guest.partner_id
    and l.is_visible_to_partner and l.kind <> 'deal_rejected'
    and (before_at is null or last_id is not null and (l.occurred_at, l.id) < (before_at, last_id))
  order by l.occurred_at desc, l.id desc
  limit least(greatest(coalesce(page_size, 50), 1), 200);
end
$$;

create or replace function public.portal_tasks(partner uuid, after uuid default null, page_size integer default 50)
returns table (
  id uuid, title text, description text, status text, due_on date, completed_at timestamptz, created_at timestamptz,
  assignee_name text, comments jsonb
)
language sql stable set search_path = '' as $$ select * from private.portal_tasks(partner, after, page_size) $$;
create or replace function public.portal_answer_task(
  partner uuid, task uuid, comment text default null, complete boolean default false, client_key uuid default null
) returns jsonb
language sql volatile set search_path = '' as $$ select private.portal_answer_task(partner, task, comment, complete, client_key) $$;
create or replace function public.portal_training(partner uuid)
returns table (
  id uuid, title text, person_name text, status text, due_on date, completed_at timestamptz, expires_on date, score numeric,
  certificate_url text
)
language sql stable set search_path = '' as $$ select * from private.portal_training(partner) $$;
create or replace function public.portal_activity(
  partner uuid, before_at timestamptz default null, before_event uuid default null, page_size integer default 50
)
returns table (id uuid, occurred_at timestamptz, kind text, label text, subject text, actor_name text, is_mine boolean)
language sql stable set search_path = '' as $$ select * from private.portal_activity(partner, before_at, before_event, page_size) $$;

comment on function public.portal_tasks is
  'Tasks that are shared with my company, newest first, after the task "after"; at most 200 a page, with their newest 100 comments.';
comment on function public.portal_answer_task is 'Comments on a task that is shared with my company, completes it, or both.';
comment on function public.portal_training is 'What people of my company learn, and until when it counts.';
comment on function public.portal_activity is
  'What happened, newest first, after the event of before_at and before_event; at most 200 a page.';

-- anon is deliberately absent.
grant execute on function
  private.portal_tasks(uuid, uuid, integer), public.portal_tasks(uuid, uuid, integer),
  private.portal_answer_task(uuid, uuid, text, boolean, uuid), public.portal_answer_task(uuid, uuid, text, boolean, uuid),
  private.portal_training(uuid), public.portal_training(uuid),
  private.portal_activity(uuid, timestamptz, uuid, integer), public.portal_activity(uuid, timestamptz, uuid, integer)
to authenticated;
