-- What is wrong with a value, place by place: the path is a JSON pointer, the message a sentence that names the place as the
-- person knows it ("Weight of Revenue: must be between 0 and 100"). Besides JSON schema's own keywords there are rules of
-- business (x-…) that a schema cannot say: weights add up, thresholds ascend, a key stands once, a name exists in another list.

set local lock_timeout = '5s';

create or replace function private.json_pointer(path text, step text) returns text
language sql
immutable
set search_path = ''
as $$
  select path || '/' || replace(replace(step, '~', '~0'), '/', '~1')
$$;

-- A value as its field shows it: the label of a choice, a text itself.
create or replace function private.json_value_in_words(schema jsonb, checked jsonb) returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    schema -> 'x-enum-labels' ->> (checked #>> '{}'),
    case jsonb_typeof(checked)
      when 'null' then 'nothing'
      when 'boolean' then case when checked = 'true' then 'yes' else 'no' end
      when 'number' then private.number_in_words((checked #>> '{}')::numeric)
      when 'object' then case when schema ->> 'format' = 'money' then concat_ws(' ', checked ->> 'amount', checked ->> 'currency') end
      else checked #>> '{}'
    end
  )
$$;

create or replace function private.json_title(schema jsonb, key text) returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(schema ->> 'title', upper(left(key, 1)) || replace(substr(key, 2), '_', ' '))
$$;

-- An entry of a list is called by what it says of itself ("Revenue"), else by its place ("entry 3").
create or replace function private.json_item_name(item_schema jsonb, item jsonb, place integer) returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    nullif(left(private.json_value_in_words(
      item_schema -> 'properties' -> (item_schema ->> 'x-label'), item -> (item_schema ->> 'x-label')
    ), 60), ''),
    'entry ' || place
  )
$$;

-- Where another list stands: in this very setting, {"list": "types", "property": "key"}, or in another one,
-- {"category": "partners", "key": "regions", "property": "key"}.
create or replace function private.json_referenced_texts(reference jsonb, root jsonb, organization uuid) returns text[]
language plpgsql
stable
set search_path = ''
as $$
declare
  list jsonb := case
    when reference ? 'list' then root -> (reference ->> 'list')
    else private.configuration_value(organization, reference ->> 'category', reference ->> 'key')
  end;
begin
  return array(
    select case when reference ? 'property' then item ->> (reference ->> 'property') else item #>> '{}' end
    from jsonb_array_elements(case jsonb_typeof(list) when 'array' then list else '[]' end) as item
  );
end
$$;

create or replace function private.json_list_problems(schema jsonb, checked jsonb, title text) returns table (path text, message text)
language sql
immutable
set search_path = ''
as $$
  with entry as (
    select item, place::integer, private.json_item_name(schema -> 'items', item, place::integer) as name
    from jsonb_array_elements(checked) with ordinality as given (item, place)
  ),
  identity as (
    select jsonb_array_elements_text(schema -> 'x-unique') as property
  ),
  rising as (
    select schema #>> '{x-ascending,property}' as property, (schema #> '{x-ascending,startsAt}') as starts_at
    where schema ? 'x-ascending'
  )
  select '', format('%s: needs at least %s', title, case schema ->> 'minItems' when '1' then 'one entry' else (schema ->> 'minItems') || ' entries' end)
  where jsonb_array_length(checked) < (schema ->> 'minItems')::integer
  union all
  select '', format('%s: can have at most %s entries', title, schema ->> 'maxItems')
  where jsonb_array_length(checked) > (schema ->> 'maxItems')::integer
  union all
  select '/' || (entry.place - 1), format('%s: “%s” is in the list twice', title, left(private.json_value_in_words(schema -> 'items', item), 60))
  from entry
  where schema -> 'uniqueItems' = 'true'
    and exists (select from entry as earlier where earlier.place < entry.place and earlier.item = entry.item)
  union all
  select '/' || (entry.place - 1) || '/' || identity.property,
    format('%s of %s: “%s” is used twice, and each entry needs its own', private.json_title(schema #> array['items', 'properties', identity.property], identity.property),
      entry.name, left(entry.item ->> identity.property, 60))
  from entry
  cross join identity
  where exists (
    select from entry as earlier
    -- As a person reads it: "Gold" and "gold " are one name.
    where earlier.place < entry.place
      and lower(btrim(earlier.item ->> identity.property)) = lower(btrim(entry.item ->> identity.property))
  )
  union all
  select '', format('%s: the numbers add up to %s and must add up to %s', title, private.number_in_words(total.is), private.number_in_words(total.wanted))
  from (
    select
      coalesce(sum((item ->> (schema #>> '{x-sum,property}'))::numeric) filter (
        where jsonb_typeof(item -> (schema #>> '{x-sum,property}')) = 'number'
      ), 0) as is,
      (schema #>> '{x-sum,equals}')::numeric as wanted
    from entry
  ) as total
  where total.is <> total.wanted and jsonb_array_length(checked) > 0
  union all
  select '/' || (entry.place - 1) || '/' || rising.property,
    case
      when entry.place = 1 then format('%s of %s: must be %s, so that nothing lies below the first entry',
        private.json_title(schema #> array['items', 'properties', rising.property], rising.property), entry.name, rising.starts_at)
      else format('%s of %s: must be more than %s, the one before it',
        private.json_title(schema #> array['items', 'properties', rising.property], rising.property), entry.name,
        earlier.item ->> rising.property)
    end
  from rising
  cross join entry
  left join entry as earlier on earlier.place = entry.place - 1
  where jsonb_typeof(entry.item -> rising.property) = 'number'
    and case
      when entry.place = 1 then entry.item -> rising.property <> rising.starts_at
      else jsonb_typeof(earlier.item -> rising.property) = 'number'
        and (entry.item ->> rising.property)::numeric <= (earlier.item ->> rising.property)::numeric
    end
  union all
  select '', format('%s: %s', title, counted.rule ->> 'message')
  from jsonb_array_elements(schema -> 'x-count') as counted (rule)
  cross join lateral (
    select count(*) as number from entry where entry.item -> (counted.rule ->> 'property') = counted.rule -> 'equals'
  ) as found
  where found.number < coalesce((counted.rule ->> 'minimum')::integer, 0)
    or found.number > coalesce((counted.rule ->> 'maximum')::integer, 2147483647)
$$;

create or replace function private.json_object_problems(schema jsonb, checked jsonb, owner text) returns table (path text, message text)
language sql
immutable
set search_path = ''
as $$
  select private.json_pointer('', missing), format('%s%s: is missing', private.json_title(schema #> array['properties', missing], missing), owner)
  from (
    select jsonb_array_elements_text(schema -> 'required')
    union
    select jsonb_array_elements_text(rule -> 'required')
    from jsonb_array_elements(schema -> 'x-required-when') as rule
    where checked -> (rule ->> 'property') = rule -> 'equals'
  ) as needed (missing)
  where coalesce(checked -> missing, 'null') = 'null'
    and (not checked ? missing or exists (
      select from jsonb_array_elements(schema -> 'x-required-when') as rule
      where checked -> (rule ->> 'property') = rule -> 'equals' and rule -> 'required' ? missing
    ))
  union all
  select private.json_pointer('', key), format('%s: is not a field here, remove it', left(key, 60))
  from jsonb_object_keys(checked) as key
  where not coalesce(schema -> 'properties' ? key, false)
  union all
  -- Two fields of which the second lies behind the first: start and end, smallest and largest.
  select private.json_pointer('', later), format('%s%s: must be more than %s',
    private.json_title(schema #> array['properties', later], later), owner, private.json_value_in_words('{}', checked -> earlier))
  from jsonb_array_elements(schema -> 'x-ascending-fields') as pair
  cross join lateral (select pair ->> 0 as earlier, pair ->> 1 as later) as names
  where jsonb_typeof(checked -> earlier) = jsonb_typeof(checked -> later)
    and case jsonb_typeof(checked -> earlier)
      when 'number' then (checked ->> earlier)::numeric >= (checked ->> later)::numeric
      when 'string' then (checked ->> earlier) collate "C" >= (checked ->> later) collate "C"
      else false
    end
$$;

create or replace function private.json_type_problem(schema jsonb, checked jsonb) returns text
language sql
immutable
set search_path = ''
as $$
  select 'must be ' || string_agg(
    case wanted
      when 'string' then 'a text'
      when 'number' then 'a number'
      when 'integer' then 'a whole number'
      when 'boolean' then 'yes or no'
      when 'array' then 'a list'
      when 'object' then 'a group of fields'
      else 'empty'
    end, ' or ')
  from jsonb_array_elements_text(
    case jsonb_typeof(schema -> 'type') when 'array' then schema -> 'type' else jsonb_build_array(schema -> 'type') end
  ) as wanted
  having not bool_or(
    wanted = jsonb_typeof(checked)
    or wanted = 'integer' and jsonb_typeof(checked) = 'number' and (checked #>> '{}')::numeric % 1 = 0
  )
$$;

-- organization says where a reference to another setting looks it up; without one it is the product's own default.
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

create or replace function private.json_schema_problems(schema jsonb, checked jsonb, organization uuid default null)
returns table (path text, message text)
language sql
stable
set search_path = ''
as $$
  select found.path, found.message
  from private.json_problems_at(
    schema, checked, '', coalesce(schema ->> 'title', 'Value'), '', checked, organization
  ) as found
$$;

comment on function private.json_schema_problems is
  'What is wrong with a value, as JSON pointer and sentence; no row when nothing is.';
