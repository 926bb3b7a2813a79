-- A value was checked before the policy asked whether its sender may write at all: a stranger who named a foreign organization learnt
-- from the answer what stands in its lists, held the lock that its own people wait for, and had thousands of entries compared with
-- each other (41 s for 3,000). Now a value of somebody without the right is left to the policy, and a list that is too long is not
-- looked into.

set local lock_timeout = '5s';

-- Definer as before, because a value may refer to one that the organization inherits. The role is the one that the request came with,
-- also inside: whoever is no client is past the policy, and always checked.
create or replace function private.check_configuration() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  problems jsonb;
begin
  -- Whoever may not write gets the policy's refusal, which comes after this, and nothing else.
  if tg_op = 'INSERT' and current_setting('role') = 'authenticated' and not private.can(new.organization_id, 'config.write') then
    return new;
  end if;
  -- The Data API makes a null out of the JSON null that stands for "not set".
  new.value := coalesce(new.value, 'null');
  -- Settings refer to each other: of two that are saved at once, the second is checked against the first.
  perform pg_advisory_xact_lock(hashtextextended('configuration:' || new.organization_id, 0));
  select jsonb_agg(jsonb_build_object('path', p.path, 'message', p.message) order by p.number) into problems
  from private.configuration_problems(new.organization_id, new.category, new.key, new.value)
    with ordinality as p (path, message, number);
  if problems is not null then
    perform private.refuse_configuration(problems);
  end if;
  if tg_op = 'INSERT' or new.value is distinct from old.value then
    new.updated_by := (select auth.uid());
  end if;
  return new;
end
$$;

create or replace function private.json_problems_at(
  schema jsonb, checked jsonb, place text, title text, owner text, root jsonb, organization uuid
) returns table (path text, message text)
language plpgsql
stable
set search_path = ''
as $$
declare
  called constant text := title || owner;
  kind constant text := jsonb_typeof(checked);
  problem text := private.json_type_problem(schema, checked);
  item_schema constant jsonb := schema -> 'items';
begin
  if problem is null and kind <> 'null' then
    problem := case
      when schema ? 'const' and checked <> schema -> 'const' then
        'must be ' || private.json_value_in_words(schema, schema -> 'const')
      when schema ? 'enum' and not schema -> 'enum' @> jsonb_build_array(checked) then
        'must be one of ' || (
          select string_agg(private.json_value_in_words(schema, allowed), ', ') from jsonb_array_elements(schema -> 'enum') as allowed
        )
      when schema ? 'x-references' and checked #>> '{}' <> all (
        private.json_referenced_texts(schema -> 'x-references', root, organization)
      ) then
        format('“%s” does not exist in %s: choose one that does, or add it there first', left(checked #>> '{}', 60),
          coalesce(schema #>> '{x-references,title}', 'the list it comes from'))
    end;
  end if;
  if problem is not null then
    return query select place, called || ': ' || problem;
  elsif kind = 'number' then
    return query select place, called || ': ' || p from private.json_number_problems(schema, (checked #>> '{}')::numeric) as p where p is not null;
  elsif kind = 'string' then
    return query select place, called || ': ' || p from private.json_text_problems(schema, checked #>> '{}') as p where p is not null;
  -- A list that is far too long is not looked into: each entry is compared with all before it.
  elsif kind = 'array' and jsonb_array_length(checked) > (schema ->> 'maxItems')::integer then
    return query select place, format('%s: can have at most %s entries', called, schema ->> 'maxItems');
  elsif kind = 'array' then
    return query select place || p.path, p.message from private.json_list_problems(schema, checked, called) as p;
    return query
      select p.path, p.message
      from jsonb_array_elements(checked) with ordinality as given (item, number)
      cross join lateral private.json_item_name(item_schema, item, number::integer) as name
      cross join lateral private.json_problems_at(
        item_schema, item, place || '/' || (number - 1),
        case when item_schema ? 'properties' then coalesce(item_schema ->> 'title', title) else title || ', ' || name end,
        case when item_schema ? 'properties' then ' of ' || name else owner end, root, organization
      ) as p;
  elsif kind = 'object' and schema ->> 'format' = 'money' then
    return query select place || p.path, called || ': ' || p.message from private.json_money_problems(schema, checked) as p;
    return query
      select private.json_pointer(place, key), left(key, 60) || ': is not a field here, remove it'
      from jsonb_object_keys(checked) as key where key not in ('amount', 'currency');
  elsif kind = 'object' then
    return query select place || p.path, p.message from private.json_object_problems(schema, checked, owner) as p;
    return query
      select p.path, p.message
      from jsonb_each(schema -> 'properties') as property (key, inner_schema)
      cross join lateral private.json_problems_at(
        inner_schema, checked -> key, private.json_pointer(place, key), private.json_title(inner_schema, key), owner, root, organization
      ) as p
      where checked ? key;
  end if;
end
$$;

-- Digits are those of ASCII: "\d" is also every other script's, which no time, date or amount can be read from.
create or replace function private.matches_json_format(format text, value text) returns boolean
language sql
stable
set search_path = ''
as $$
  select case format
    when 'date' then value ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and pg_input_is_valid(value, 'date')
    when 'time' then value ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'
    when 'email' then char_length(value) <= 254
      and value ~ '^[A-Za-z0-9.!#$%&''*+/=?^_`{|}~-]{1,64}@[^@]+$' and private.is_domain(lower(split_part(value, '@', 2)))
    when 'domain' then private.is_domain(value)
    -- No user name, no number in place of a host, nothing that a browser would first rewrite (backslash, blank, control).
    when 'uri' then char_length(value) <= 2000 and value ~ '^https://[^\s\\@/?#:]+(:[0-9]{1,5})?([/?#][^\s\\]*)?$'
      and value !~ '[[:cntrl:]]' and private.is_domain(lower(substring(value from '^https://([^/?#:]+)')))
    -- Names and no numbers: each is drawn in a light and a dark shade that can be read.
    when 'color' then value = any ('{violet,teal,amber,rose,sky,green,orange,slate}')
    when 'currency' then private.currency_exponent(value) is not null
    when 'time-zone' then private.is_time_zone(value)
    when 'locale' then value ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'
    else true
  end
$$;

create or replace function private.json_money_problems(schema jsonb, value jsonb) returns table (path text, message text)
language sql
immutable
set search_path = ''
as $$
  select problem.path, problem.message
  from (
    select
      private.currency_exponent(value ->> 'currency') as decimals,
      case when value ->> 'amount' ~ '^-?[0-9]{1,15}(\.[0-9]{1,6})?$' then (value ->> 'amount')::numeric end as amount
  ) as given
  cross join lateral (values
    ('/currency', case when given.decimals is null then private.json_format_rule('currency') end),
    ('/amount', case
      when jsonb_typeof(value -> 'amount') is distinct from 'string' or given.amount is null then
        'must be an amount such as 1250 or 1250.50'
      when given.decimals is not null and scale(trim_scale(given.amount)) > given.decimals then
        case given.decimals
          when 0 then format('can have no digits after the point in %s', value ->> 'currency')
          else format('can have at most %s digits after the point in %s', given.decimals, value ->> 'currency')
        end
      else private.json_limit_problem(schema, given.amount)
    end)
  ) as problem (path, message)
  where problem.message is not null
$$;

create or replace function private.is_time_zone(name text) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  if name !~ '^(UTC|[A-Z][A-Za-z_]+(/[A-Z][A-Za-z_]*(-[A-Za-z_]+)*){1,2}|Etc/GMT[+-][0-9]{1,2})$' then
    return false;
  end if;
  perform now() at time zone name;
  return true;
exception when invalid_parameter_value then
  return false;
end
$$;
