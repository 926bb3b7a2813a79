-- Many settings are lists of choices: statuses, tiers, stages, reasons. They share one shape, so that screens, grids and reports
-- can show any of them: a key that rows store and that never changes, a name, a colour, and what the list adds of its own.

set local lock_timeout = '5s';

-- extra holds pairs of field and schema in the order in which they are shown; rules are added to the list itself.
create or replace function private.choice_list_schema(
  item text, extra jsonb default '[]', rules jsonb default '{}', with_color boolean default true
) returns jsonb
language sql
immutable
set search_path = ''
as $$
  select jsonb_build_object(
    'type', 'array', 'minItems', 1, 'maxItems', 50, 'x-item', item, 'x-unique', '["key", "label"]'::jsonb,
    'items', jsonb_build_object(
      'type', 'object', 'additionalProperties', false, 'x-label', 'label',
      'x-fields', jsonb_agg(field.name order by field.place),
      'required', jsonb_agg(field.name order by field.place) filter (where not field.schema -> 'type' @> '["null"]'),
      'properties', jsonb_object_agg(field.name, field.schema)
    )
  ) || rules
  from (
    select 1 as place, 'label' as name, '{"type": "string", "title": "Name", "minLength": 1, "maxLength": 60}'::jsonb as schema
    union all
    select 2, 'color', '{"type": "string", "title": "Colour", "format": "color", "default": "slate"}' where with_color
    union all
    select 2 + place, pair ->> 0, pair -> 1 from jsonb_array_elements(extra) with ordinality as given (pair, place)
    union all
    select 100, 'key', '{"type": "string", "title": "Key", "pattern": "^[a-z][a-z0-9_]{0,39}$", "x-widget": "key",
      "x-pattern-help": "small letters, digits and _, beginning with a letter",
      "description": "Rows remember it, so it stays when the name changes."}'
  ) as field (place, name, schema)
$$;
