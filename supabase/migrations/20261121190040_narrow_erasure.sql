-- An erasure looked for the person's names in every event of every organization, and a name is whatever somebody calls themselves: who
-- was called "status", or like somebody else, took a third of all events along, in organizations they had never seen. A name now
-- counts where it is theirs: in what they did, in their memberships and invitations. Addresses are one person's and are found
-- everywhere, but whole: ann@ is not joann@. What else names them is given by whoever erases.

set local lock_timeout = '5s';

-- Whether the event is told under the person's name.
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
    else false
  end
$$;

-- Under which addresses the log may know a person, also earlier ones.
create or replace function private.personal_addresses(person uuid) returns text[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct lower(found.value)), '{}')
  from (
    select p.email as value from public.profiles as p where p.user_id = person
    union all
    select m.email from public.memberships as m where m.user_id = person
    union all
    select u.email::text from auth.users as u where u.id = person
    union all
    -- What their memberships and invitations said before.
    select part.value
    from public.audit_log as e
    cross join lateral json_each(e.changes) as field
    cross join lateral (
      select field.value #>> '{}' as value where json_typeof(field.value) = 'string'
      union all
      select json_array_elements_text(case when json_typeof(field.value) = 'array' then field.value else '[]' end)
    ) as part
    where e.table_name in ('memberships', 'invitations') and field.key = 'email' and private.is_about(e, person)
  ) as found
  where strpos(found.value, '@') > 0 and found.value <> 'former-member@deleted.invalid'
$$;

create or replace function private.mentions_address(event public.audit_log, addresses text[]) returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from unnest(addresses) as address
    where concat_ws(' ', event.changes::text, event.label, event.actor_name)
      ~* ('(^|[^[:alnum:]._%+-])' || regexp_replace(address, '([^[:alnum:]@])', '\\\1', 'g') || '($|[^[:alnum:].-]|[.-]($|[^[:alnum:]]))')
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
  return erased;
end
$$;

comment on function private.erase_personal_data is
  'Takes a person''s name out of what they did and were, their addresses and the values in `also` out of the log of every organization; gives how many events.';

drop function private.personal_values(uuid);
