-- A rule that nobody checks is worse than none. A schema with a keyword, a format or a reference that the validator does not
-- know is refused, so that nothing in it is silently ignored.

set local lock_timeout = '5s';

-- Every keyword there is, what its value has to be, and for which types of values it has a meaning (none: for all).
create table if not exists private.json_schema_keywords (
  keyword text not null,
  value_kind text not null,
  applies_to text[] not null default '{}',
  meaning text not null,
  constraint json_schema_keywords_pkey primary key (keyword),
  constraint json_schema_keywords_value_kind_check check (value_kind in ('string', 'number', 'count', 'boolean', 'array', 'object', 'any'))
);

comment on table private.json_schema_keywords is
  'What a definition''s schema may say. No policies on purpose: only migrations and the check of definitions read it.';

alter table private.json_schema_keywords enable row level security;

insert into private.json_schema_keywords (keyword, value_kind, applies_to, meaning) values
  ('type', 'any', '{}', 'One of the seven types of JSON, or a list of them.'),
  ('title', 'string', '{}', 'What the field is called.'),
  ('description', 'string', '{}', 'One sentence of help below the field.'),
  ('default', 'any', '{}', 'What a new entry of a list begins with.'),
  ('enum', 'array', '{}', 'The values that are allowed.'),
  ('const', 'any', '{}', 'The one value that is allowed.'),
  ('minimum', 'number', '{number,integer,object}', 'The smallest number; of money, the smallest amount.'),
  ('maximum', 'number', '{number,integer,object}', 'The largest number; of money, the largest amount.'),
  ('exclusiveMinimum', 'number', '{number,integer,object}', 'Every number has to be larger.'),
  ('exclusiveMaximum', 'number', '{number,integer,object}', 'Every number has to be smaller.'),
  ('multipleOf', 'number', '{number,integer}', 'The step: 0.01 allows two digits after the point.'),
  ('minLength', 'count', '{string}', 'The fewest characters.'),
  ('maxLength', 'count', '{string}', 'The most characters.'),
  ('pattern', 'string', '{string}', 'A regular expression that the text matches.'),
  ('format', 'string', '{}', 'What kind of text, number or object it is.'),
  ('items', 'object', '{array}', 'The schema of each entry.'),
  ('minItems', 'count', '{array}', 'The fewest entries.'),
  ('maxItems', 'count', '{array}', 'The most entries.'),
  ('uniqueItems', 'boolean', '{array}', 'No entry stands twice.'),
  ('properties', 'object', '{object}', 'The schemas of the fields.'),
  ('required', 'array', '{object}', 'The fields that are always there.'),
  ('additionalProperties', 'boolean', '{object}', 'Always false: an unknown field is a mistake.'),
  ('x-enum-labels', 'object', '{}', 'What each choice is called.'),
  ('x-fields', 'array', '{object}', 'The fields in the order in which they are shown.'),
  ('x-label', 'string', '{object}', 'The field by which an entry is called.'),
  ('x-item', 'string', '{array}', 'What one entry is called: "tier".'),
  ('x-unit', 'string', '{number,integer}', 'What is counted: "days".'),
  ('x-widget', 'string', '{}', 'Another way to show the field than its type and format suggest.'),
  ('x-pattern-help', 'string', '{string}', 'What the pattern asks for, in words.'),
  ('x-unique', 'array', '{array}', 'Fields in which no two entries agree.'),
  ('x-sum', 'object', '{array}', '{property, equals}: numbers of all entries add up.'),
  ('x-ascending', 'object', '{array}', '{property, startsAt}: each entry begins above the one before it, the first at this number.'),
  ('x-count', 'array', '{array}', '[{property, equals, minimum, maximum, message}]: how many entries of a kind there are.'),
  ('x-ascending-fields', 'array', '{object}', '[[first, second]]: the second lies behind the first.'),
  ('x-required-when', 'array', '{object}', '[{property, equals, required}]: fields that are needed in this case.'),
  ('x-references', 'object', '{string,number,integer}', '{category, key, property, title} or {list, property, title}: the entry exists there.')
on conflict (keyword) do nothing;

create or replace function private.is_regular_expression(pattern text) returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
  perform '' ~ pattern;
  return true;
exception when invalid_regular_expression then
  return false;
end
$$;

-- Fields that a rule names, and that therefore have to exist.
create or replace function private.json_schema_named_fields(schema jsonb) returns setof text
language sql
immutable
set search_path = ''
as $$
  select jsonb_array_elements_text(schema -> 'required')
  union select jsonb_array_elements_text(schema -> 'x-fields')
  union select schema ->> 'x-label' where schema ? 'x-label'
  union select jsonb_array_elements_text(pair) from jsonb_array_elements(schema -> 'x-ascending-fields') as pair
  union select rule ->> 'property' from jsonb_array_elements(schema -> 'x-required-when') as rule
  union select jsonb_array_elements_text(rule -> 'required') from jsonb_array_elements(schema -> 'x-required-when') as rule
$$;

create or replace function private.json_schema_named_item_fields(schema jsonb) returns setof text
language sql
immutable
set search_path = ''
as $$
  select jsonb_array_elements_text(schema -> 'x-unique')
  union select schema #>> '{x-sum,property}' where schema ? 'x-sum'
  union select schema #>> '{x-ascending,property}' where schema ? 'x-ascending'
  union select rule ->> 'property' from jsonb_array_elements(schema -> 'x-count') as rule
$$;

-- What is wrong with a schema itself.
create or replace function private.json_schema_defects(schema jsonb, path text default '') returns setof text
language plpgsql
stable
set search_path = ''
as $$
declare
  at constant text := coalesce(nullif(path, ''), 'the schema');
  types text[];
begin
  if jsonb_typeof(schema) is distinct from 'object' then
    return next at || ': is no object';
    return;
  end if;
  types := array(
    select jsonb_array_elements_text(
      case jsonb_typeof(schema -> 'type') when 'array' then schema -> 'type' else jsonb_build_array(schema -> 'type') end
    )
  );
  if array_position(types, null) is not null or not types <@ '{string,number,integer,boolean,array,object,"null"}' then
    return next at || ': type is missing or unknown';
  end if;
  return query
    select case
      when known.keyword is null then format('%s: the keyword "%s" is not known', at, given.key)
      when known.value_kind <> 'any' and known.value_kind is distinct from case
        when jsonb_typeof(given.value) <> 'number' then jsonb_typeof(given.value)
        when known.value_kind = 'count' and given.value::numeric >= 0 and given.value::numeric % 1 = 0 then 'count'
        else 'number'
      end then format('%s: the value of "%s" is no %s', at, given.key, known.value_kind)
      else format('%s: "%s" means nothing for the type %s', at, given.key, array_to_string(types, ', '))
    end
    from jsonb_each(schema) as given
    left join private.json_schema_keywords as known on known.keyword = given.key
    where known.keyword is null
      or known.value_kind <> 'any' and known.value_kind is distinct from case
        when jsonb_typeof(given.value) <> 'number' then jsonb_typeof(given.value)
        when known.value_kind = 'count' and given.value::numeric >= 0 and given.value::numeric % 1 = 0 then 'count'
        else 'number'
      end
      or known.applies_to <> '{}' and not known.applies_to && types;
  if jsonb_typeof(schema -> 'format') = 'string' and private.json_format_rule(schema ->> 'format') is null then
    return next format('%s: the format "%s" is not known', at, schema ->> 'format');
  end if;
  if jsonb_typeof(schema -> 'pattern') = 'string' and not private.is_regular_expression(schema ->> 'pattern') then
    return next at || ': the pattern is no regular expression';
  end if;
  if 'array' = any (types) then
    if not schema ? 'items' or not schema ? 'maxItems' then
      return next at || ': a list says what its entries are and how many there can be';
    end if;
    return query
      select format('%s: there is no field "%s" in its entries', at, name)
      from private.json_schema_named_item_fields(schema) as name
      where not coalesce(schema #> '{items,properties}' ? name, false);
    return query select private.json_schema_defects(schema -> 'items', path || '/items') where schema ? 'items';
  end if;
  if 'object' = any (types) and schema ->> 'format' is distinct from 'money' then
    if not schema ? 'properties' or schema -> 'additionalProperties' is distinct from 'false' then
      return next at || ': a group says which fields it has, and that there are no others';
    elsif jsonb_typeof(schema -> 'properties') = 'object' then
      return query
        select format('%s: there is no field "%s"', at, name)
        from private.json_schema_named_fields(schema) as name
        where not schema -> 'properties' ? name;
      return query
        select private.json_schema_defects(inner_schema, path || '/' || key)
        from jsonb_each(schema -> 'properties') as property (key, inner_schema);
    end if;
  end if;
end
$$;
