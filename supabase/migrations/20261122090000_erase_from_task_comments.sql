-- A person may ask that their data goes: also from under what they said about tasks, by the same call. Their words stay, as of somebody
-- unknown; what they were called goes.

set local lock_timeout = '5s';

-- No client reads it yet.
-- squawk-ignore ban-drop-not-null
alter table public.partner_task_comments alter column author_name drop not null;
comment on column public.partner_task_comments.author_name is
  'What the author was called then; empty once their personal data was erased. Kept by trigger.';

create or replace function private.erase_from_task_comments(person uuid, reason text) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  affected record;
  erased bigint := 0;
begin
  for affected in
    with emptied as (
      update public.partner_task_comments as c set author_name = null
      where c.author_id = person and c.author_name is not null
      returning c.organization_id
    )
    select e.organization_id, count(*) as rows from emptied as e group by e.organization_id
  loop
    perform private.record_audit(
      affected.organization_id, 'personal_data_erased', 'partner_task_comments', person::text,
      jsonb_build_object('reason', left(reason, 300), 'events', affected.rows)
    );
    erased := erased + affected.rows;
  end loop;
  return erased;
end
$$;

-- Whether the event is told under the person's name. That a comment lost its author's name says the name; nobody but its author changes
-- a comment otherwise.
create or replace function private.is_about(event public.audit_log, person uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when event.actor = 'user:' || person and event.actor_name is not null then true
    when event.table_name = 'memberships' then
      event.changes ->> 'user_id' = person::text
      or exists (select from public.memberships as m where m.user_id = person and m.id::text = event.row_id)
    when event.table_name = 'invitations' then
      exists (select from public.invitations as i where i.accepted_by = person and i.id::text = event.row_id)
    when event.table_name = 'partner_members' then
      exists (select from public.partner_members as m where m.user_id = person and m.id::text = event.row_id)
    when event.table_name = 'partner_task_comments' and event.action <> 'personal_data_erased' then
      event.changes ->> 'author_id' = person::text
      or exists (select from public.partner_task_comments as c where c.id = event.row_id::uuid and c.author_id = person)
    else false
  end
$$;

-- Waits for a sealing that is under way and seals the rest first: what is erased must have its digest in the chain. Comments lose their
-- names before that, because the log tells of it with the name.
create or replace function private.erase_personal_data(person uuid, reason text, also text[] default '{}') returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  to_find text[];
  addresses text[];
  affected record;
  told bigint;
  erased bigint;
begin
  if person is null or btrim(coalesce(reason, '')) = '' then
    raise exception 'Say whose data is to be erased, and why.' using errcode = 'PW042';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('private.seal_audit_log', 0));
  erased := private.erase_from_task_comments(person, reason);
  perform private.seal_audit_log();
  if exists (select from private.audit_pending) then
    raise exception 'More events wait to be sealed than one run takes. Try again in a minute.' using errcode = 'PW043';
  end if;

  to_find := array(select distinct lower(btrim(value)) from unnest(also) as value where btrim(value) <> '');
  addresses := private.personal_addresses(person);
  -- The events themselves say whose, never what.
  perform private.record_audit(
    null, 'personal_data_erased', 'profiles', person::text, jsonb_build_object('reason', left(reason, 300))
  );
  for affected in
    select e.organization_id, array_agg(e.id) as ids
    from public.audit_log as e
    join private.audit_seals as s on s.organization_id = e.organization_id and s.audit_id = e.id and s.salt is not null
    where private.is_about(e, person) or private.mentions_address(e, addresses) or private.mentions(e, to_find)
    group by e.organization_id
  loop
    told := private.record_audit(
      affected.organization_id, 'personal_data_erased', 'profiles', person::text,
      jsonb_build_object('reason', left(reason, 300), 'events', cardinality(affected.ids))
    );
    insert into private.audit_erasures (organization_id, audit_id, erased_by, columns, event_id)
    select e.organization_id, e.id, private.actor(), array(select json_object_keys(e.changes)), told
    from public.audit_log as e
    where e.organization_id = affected.organization_id and e.id = any (affected.ids);
    update public.audit_log as e
    set changes = private.audit_tombstone(erasure), label = null, actor_name = null
    from private.audit_erasures as erasure
    where erasure.organization_id = affected.organization_id and erasure.event_id = told
      and e.organization_id = erasure.organization_id and e.id = erasure.audit_id;
    update private.audit_seals as s
    set salt = null
    where s.organization_id = affected.organization_id and s.audit_id = any (affected.ids);
    erased := erased + cardinality(affected.ids);
  end loop;
  return erased + private.erase_from_timeline(person, reason, addresses, to_find) + private.erase_from_stage_history(person, reason);
end
$$;

comment on function private.erase_personal_data is
  'Takes a person''s name out of what they did, said and were, their addresses and the values in `also` out of the audit log, the timeline, the history of stages and comments of every organization; gives how many rows.';
