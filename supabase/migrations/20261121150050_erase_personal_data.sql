-- A person may ask that their data goes. The log keeps that something happened, when, by whom (an id that leads nowhere any more)
-- and to what; the values that name the person give way to a note. The chain hashes digests of values, so it still fits.

set local lock_timeout = '5s';

-- Under which names and addresses the log may know a person, also earlier ones.
create or replace function private.personal_values(person uuid) returns text[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct lower(found.value)), '{}')
  from (
    select unnest(array[p.display_name, p.email]) as value from public.profiles as p where p.user_id = person
    union all
    select unnest(array[m.display_name, m.email]) from public.memberships as m where m.user_id = person
    union all
    select u.email::text from auth.users as u where u.id = person
    union all
    select e.actor_name from public.audit_log as e where e.actor = 'user:' || person
    union all
    -- What their memberships were called before.
    select part.value
    from public.audit_log as e
    cross join lateral json_each(e.changes) as field
    cross join lateral (
      select e.label as value
      union all
      select field.value #>> '{}' where json_typeof(field.value) = 'string'
      union all
      select json_array_elements_text(case when json_typeof(field.value) = 'array' then field.value else '[]' end)
    ) as part
    where e.table_name = 'memberships' and field.key in ('display_name', 'email')
      and e.row_id in (select m.id::text from public.memberships as m where m.user_id = person)
  ) as found
  where btrim(found.value) <> ''
$$;

-- Long values are found wherever they stand; a name of three letters would be found in half of all words, and counts only whole.
create or replace function private.mentions(event public.audit_log, values_to_find text[]) returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from unnest(values_to_find) as wanted (value)
    where case when char_length(wanted.value) >= 6
      then strpos(lower(concat_ws(' ', event.changes::text, event.label, event.actor_name)), wanted.value) > 0
        or strpos(lower(event.changes::text), btrim(lower(to_json(wanted.value)::text), '"')) > 0
      else lower(event.label) = wanted.value or lower(event.actor_name) = wanted.value
        or strpos(lower(event.changes::text), lower(to_json(wanted.value)::text)) > 0
    end
  )
$$;

-- Waits for a sealing that is under way and seals the rest first: what is erased must have its digest in the chain.
create or replace function private.erase_personal_data(person uuid, reason text, also text[] default '{}') returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  to_find text[];
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

  to_find := array(
    select distinct lower(btrim(value)) from unnest(private.personal_values(person) || also) as value where btrim(value) <> ''
  );
  -- The events themselves say whose, never what.
  perform private.record_audit(
    null, 'personal_data_erased', 'profiles', person::text, jsonb_build_object('reason', left(reason, 300))
  );
  for affected in
    select e.organization_id, array_agg(e.id) as ids
    from public.audit_log as e
    join private.audit_seals as s on s.organization_id = e.organization_id and s.audit_id = e.id and s.salt is not null
    where private.mentions(e, to_find)
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
  return erased;
end
$$;

comment on function private.erase_personal_data is
  'Takes a person''s names and addresses, and the values in `also`, out of the audit log of every organization; gives how many events.';

-- Definer, because the log is closed to every API role; granted to the secret key only.
create or replace function private.erase_personal_data_for_platform(person uuid, reason text, also text[]) returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
  select private.erase_personal_data(person, reason, also)
$$;

create or replace function public.erase_personal_data(person uuid, reason text, also text[] default '{}') returns bigint
language sql
volatile
set search_path = ''
as $$
  select private.erase_personal_data_for_platform(person, reason, also)
$$;

grant execute on function
  private.erase_personal_data_for_platform(uuid, text, text[]), public.erase_personal_data(uuid, text, text[])
to service_role;
