-- A person may ask that their data goes: also from the history of stages, by the same call. It keeps that they moved a deal, as the id of
-- somebody unknown; what they were called goes.

set local lock_timeout = '5s';

-- Quick while there are few, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists opportunity_stage_history_actor_idx on public.opportunity_stage_history (actor) where actor_name is not null;

create or replace function private.erase_from_stage_history(person uuid, reason text) returns bigint
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
      update public.opportunity_stage_history as h set actor_name = null
      where h.actor = 'user:' || person and h.actor_name is not null
      returning h.organization_id
    )
    select e.organization_id, count(*) as rows from emptied as e group by e.organization_id
  loop
    perform private.record_audit(
      affected.organization_id, 'personal_data_erased', 'opportunity_stage_history', person::text,
      jsonb_build_object('reason', left(reason, 300), 'events', affected.rows)
    );
    erased := erased + affected.rows;
  end loop;
  return erased;
end
$$;

-- Waits for a sealing that is under way and seals the rest first: what is erased must have its digest in the chain.
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
  erased bigint := 0;
begin
  if person is null or btrim(coalesce(reason, '')) = '' then
    raise exception 'Say whose data is to be erased, and why.' using errcode = 'PW042';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('private.seal_audit_log', 0));
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
  'Takes a person''s name out of what they did and were, their addresses and the values in `also` out of the audit log, the timeline and the history of stages of every organization; gives how many events.';
