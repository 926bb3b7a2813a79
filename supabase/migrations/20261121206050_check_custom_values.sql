-- No value gets into a partner's own fields that the field does not allow, by whichever way it comes: SQLSTATE PW068, the first
-- problem as message, all of them with their places as detail. Looked at are the values that a statement writes and no others: what
-- was accepted once stays when its field becomes stricter, and a row that holds it can still be edited.

set local lock_timeout = '5s';

-- What is wrong with one value, for the sentence that begins with the field's name; nothing when it is right. `rules` are the field's
-- options, and the keys of its choices. It runs once for each value of an import: nothing here asks a query.
create or replace function private.custom_value_problem(field_type text, rules jsonb, value jsonb) returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  kind constant text := jsonb_typeof(value);
  written constant text := value #>> '{}';
  number numeric;
  digits integer;
  item jsonb;
  seen jsonb := '[]';
begin
  case field_type
    when 'text' then
      return case when kind <> 'string' or not private.is_line(written, 500) then
        'must be one line of at most 500 characters, without blanks at its ends' end;
    when 'long_text' then
      return case when kind <> 'string' or not private.is_prose(written, 10000) then 'must be a text of at most 10,000 characters' end;
    when 'number', 'percent' then
      if kind <> 'number' then
        return 'must be a number';
      end if;
      number := value::numeric;
      digits := coalesce((rules ->> 'precision')::integer, 6);
    when 'money' then
      digits := private.currency_exponent(value ->> 'currency');
      if kind <> 'object' or value - '{amount,currency}'::text[] <> '{}' or digits is null then
        return 'must be an amount with its currency, such as EUR or USD';
      elsif rules ->> 'currency' <> value ->> 'currency' then
        return format('must be an amount in %s', rules ->> 'currency');
      elsif jsonb_typeof(value -> 'amount') is distinct from 'string' or value ->> 'amount' !~ '^-?\d{1,15}(\.\d{1,6})?$' then
        return 'must be an amount such as 1250 or 1250.50';
      end if;
      number := (value ->> 'amount')::numeric;
    when 'date' then
      return case when kind <> 'string' or written !~ '^(19|20|21)\d{2}-\d{2}-\d{2}$' or not pg_input_is_valid(written, 'date') then
        'must be a date such as 2026-12-31' end;
    when 'select' then
      return case when kind <> 'string' or not rules -> 'keys' ? written then 'must be one of its choices' end;
    when 'multi_select' then
      if kind <> 'array' or not value <@ (rules -> 'keys') then
        return 'must be some of its choices';
      end if;
      for place in 0 .. jsonb_array_length(value) - 1 loop
        item := value -> place;
        if seen @> item then
          return 'must name each choice once';
        end if;
        seen := seen || item;
      end loop;
      return null;
    when 'person' then
      return case when kind <> 'string' or written !~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
        'must be an active member of the organization' end;
    when 'checkbox' then
      return case when kind <> 'boolean' then 'must be yes or no' end;
    when 'rating' then
      digits := coalesce((rules ->> 'max')::integer, 5);
      return case
        when kind <> 'number' then format('must be a whole number from 1 to %s', digits)
        when value::numeric not between 1 and digits or value::numeric % 1 <> 0 then format('must be a whole number from 1 to %s', digits)
      end;
    when 'url' then
      return case when kind <> 'string' or not private.is_web_address(written) then
        'must be a web address that begins with https:// or http://, such as https://example.com' end;
    when 'email' then
      return case when kind <> 'string' or not private.is_mail_address(written) then
        'must be an e-mail address such as name@example.com' end;
    when 'phone' then
      return case when kind <> 'string' or not private.is_phone_number(written) then 'must be a phone number such as +44 20 7946 0000' end;
  end case;
  -- Numbers, percentages and money.
  return case
    when abs(number) >= 1e15 then 'must have at most 15 digits before the point'
    when scale(trim_scale(number)) > digits then
      case digits when 0 then 'can have no digits after the point' else format('can have at most %s digits after the point', digits) end
    when number < (rules ->> 'min')::numeric or number > (rules ->> 'max')::numeric then private.json_limit_problem(
      jsonb_strip_nulls(jsonb_build_object('minimum', rules -> 'min', 'maximum', rules -> 'max')), number
    )
  end;
end
$$;

-- What is wrong with the values of many rows, before and after a change. The definitions are read once, whatever the number of rows.
create or replace function private.custom_values_problems(
  organization uuid, entity text, ids uuid[], before jsonb[], after jsonb[]
) returns table (path text, message text, id uuid)
language plpgsql
stable
set search_path = ''
as $$
declare
  fields constant jsonb := (
    select coalesce(jsonb_object_agg(d.id, jsonb_build_object(
      'label', d.label, 'type', d.field_type, 'is_archived', d.archived_at is not null,
      'rules', d.options - 'choices' || jsonb_build_object('keys', jsonb_path_query_array(d.options, '$.choices[*].key'))
    )), '{}')
    from public.custom_field_definitions as d where d.organization_id = $1 and d.entity = $2
  );
  required constant text[] := array(
    select d.id::text from public.custom_field_definitions as d
    where d.organization_id = $1 and d.entity = $2 and d.is_required and d.archived_at is null
  );
begin
  return query
    select 'custom_fields/' || left(found.key, 60),
      coalesce(fields -> found.key ->> 'label', 'Own fields') || ': ' || found.problem, found.row_id
    from (
      -- Newly written.
      select row_id, written.key, case
        when not fields ? written.key then format('“%s” is none of the fields here, reload the page', left(written.key, 60))
        when fields -> written.key -> 'is_archived' = 'true' then 'is archived, so its value stays as it is'
        when written.value = 'null' then null
        else coalesce(
          private.custom_value_problem(fields -> written.key ->> 'type', fields -> written.key -> 'rules', written.value),
          case when fields -> written.key ->> 'type' = 'person' and not exists (
            select from public.memberships as m
            where m.organization_id = $1 and m.user_id = (written.value #>> '{}')::uuid and m.status = 'active'
          ) then 'must be an active member of the organization' end
        )
      end as problem
      from unnest(ids, before, after) as changed (row_id, old_values, new_values)
      cross join lateral jsonb_each(new_values) as written
      where old_values -> written.key is distinct from written.value
      union all
      -- Taken away: what is archived stays, what is required is replaced at most. A row that never had it can still be edited.
      select row_id, gone.key, 'is archived, so its value stays as it is'
      from unnest(ids, before, after) as changed (row_id, old_values, new_values)
      cross join lateral jsonb_object_keys(old_values) as gone (key)
      where not new_values ? gone.key and fields -> gone.key -> 'is_archived' = 'true'
      union all
      select row_id, needed.key, 'is missing'
      from unnest(ids, before, after) as changed (row_id, old_values, new_values)
      cross join unnest(required) as needed (key)
      where coalesce(new_values -> needed.key, 'null') in ('null', '[]')
        and (old_values is null or coalesce(old_values -> needed.key, 'null') not in ('null', '[]'))
    ) as found
    where found.problem is not null
    limit 50;
end
$$;

-- Raises what is wrong. Whoever changes a field meanwhile waits, or was waited for.
create or replace function private.refuse_custom_values(entity text, organization uuid, ids uuid[], before jsonb[], after jsonb[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  problems jsonb;
begin
  perform pg_advisory_xact_lock_shared(private.custom_fields_lock(organization));
  select jsonb_agg(jsonb_build_object('path', p.path, 'message', p.message, 'id', p.id)) into problems
  from private.custom_values_problems(organization, entity, ids, before, after) as p;
  if problems is not null then
    raise exception '%', problems #>> '{0,message}' || '.' using
      errcode = 'PW068', detail = problems::text, hint = 'Correct what is named and save again.';
  end if;
end
$$;

-- Definer, here and below, because definitions and members are under policies that whoever writes a partner need not pass. Who brings
-- no values at all is asked for those that are required.
create or replace function private.check_custom_values_on_insert() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.refuse_custom_values(tg_table_name, given.organization_id, given.ids, null, given.after)
  from (
    select n.organization_id, array_agg(n.id) as ids, array_agg(n.custom_fields) as after
    from new_rows as n
    where n.custom_fields <> '{}' or n.organization_id in (
      select d.organization_id from public.custom_field_definitions as d
      where d.entity = tg_table_name and d.is_required and d.archived_at is null
    )
    group by n.organization_id
  ) as given;
  return null;
end
$$;

create or replace function private.check_custom_values_on_update() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.refuse_custom_values(tg_table_name, given.organization_id, given.ids, given.before, given.after)
  from (
    select n.organization_id, array_agg(n.id) as ids, array_agg(o.custom_fields) as before, array_agg(n.custom_fields) as after
    from new_rows as n
    join old_rows as o on o.id = n.id
    where n.custom_fields is distinct from o.custom_fields
    group by n.organization_id
  ) as given;
  return null;
end
$$;

create or replace trigger _200_check_custom_values_on_insert
after insert on public.partners
referencing new table as new_rows
for each statement execute function private.check_custom_values_on_insert();

create or replace trigger _200_check_custom_values_on_update
after update on public.partners
referencing old table as old_rows new table as new_rows
for each statement execute function private.check_custom_values_on_update();
