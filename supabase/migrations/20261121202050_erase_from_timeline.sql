-- A person may ask that their data goes: also from the timeline, by the same call. It keeps that something happened, when and to what;
-- what the person was called goes, and each value that names them. Events know people by id, so colleagues are found by theirs;
-- addresses and what else is given count wherever they stand.

set local lock_timeout = '5s';

create or replace function private.names_person(said text, person uuid, addresses text[], texts text[]) returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    strpos(said, person::text) > 0
    -- Whole: ann@ is not joann@.
    or exists (
      select from unnest(addresses) as address
      where said ~* ('(^|[^[:alnum:]._%+-])' || regexp_replace(address, '([^[:alnum:]@])', '\\\1', 'g') || '($|[^[:alnum:].-]|[.-]($|[^[:alnum:]]))')
    )
    -- A name of three letters would be found in half of all words, and counts only whole.
    or exists (
      select from unnest(texts) as wanted
      where case when char_length(wanted) >= 6
        then strpos(lower(said), wanted) > 0 or strpos(lower(said), btrim(lower(to_json(wanted)::text), '"')) > 0
        else lower(said) = wanted or strpos(lower(said), lower(to_json(wanted)::text)) > 0
      end
    ),
    false
  )
$$;

create or replace function private.erase_from_timeline(person uuid, reason text, addresses text[], texts text[]) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  affected record;
  told bigint;
  erased bigint := 0;
begin
  for affected in
    select e.organization_id, array_agg(e.source_key) as keys
    from public.partner_activity_log as e
    where e.actor = 'user:' || person and e.actor_name is not null
      or private.names_person(e.actor_name, person, addresses, texts)
      or private.names_person(e.subject_label, person, addresses, texts)
      or private.names_person(concat_ws(E'\n', e.before::text, e.after::text, e.details::text), person, addresses, texts)
    group by e.organization_id
  loop
    told := private.record_audit(
      affected.organization_id, 'personal_data_erased', 'partner_activity_log', person::text,
      jsonb_build_object('reason', left(reason, 300), 'events', cardinality(affected.keys))
    );
    insert into private.activity_erasures (organization_id, source_key, audit_id)
    select affected.organization_id, key, told from unnest(affected.keys) as key;
    update public.partner_activity_log as e
    set
      actor_name = case when e.actor <> 'user:' || person and not private.names_person(e.actor_name, person, addresses, texts) then e.actor_name end,
      subject_label = case when not private.names_person(e.subject_label, person, addresses, texts) then e.subject_label end,
      before = case when not private.names_person(e.before::text, person, addresses, texts) then e.before end,
      after = case when not private.names_person(e.after::text, person, addresses, texts) then e.after end,
      details = case when not private.names_person(e.details::text, person, addresses, texts) then e.details end
    where e.organization_id = affected.organization_id and e.source_key = any (affected.keys);
    erased := erased + cardinality(affected.keys);
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
  return erased + private.erase_from_timeline(person, reason, addresses, to_find);
end
$$;

comment on function private.erase_personal_data is
  'Takes a person''s name out of what they did and were, their addresses and the values in `also` out of the audit log and the timeline of every organization; gives how many events.';
