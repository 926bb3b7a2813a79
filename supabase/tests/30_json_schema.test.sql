-- The validator in words: every keyword, every format, every rule of business, and schemas that say something unknown.
begin;
create extension if not exists pgtap with schema extensions;
select plan(131);

create function pg_temp.said(schema jsonb, value jsonb) returns text language sql as $$
  select string_agg(p.path || '|' || p.message, ' & ' order by p.path, p.message) from private.json_schema_problems(schema, value) as p
$$;

-- Types.
select is(pg_temp.said(schema, value), said, format('%s against %s', value, schema))
from (values
  ('{"type": "string"}'::jsonb, '"a"'::jsonb, null),
  ('{"type": "string"}', '1', '|Value: must be a text'),
  ('{"type": "number"}', '1.5', null),
  ('{"type": "number"}', '"1.5"', '|Value: must be a number'),
  ('{"type": "number"}', '"NaN"', '|Value: must be a number'),
  ('{"type": "number"}', '"Infinity"', '|Value: must be a number'),
  ('{"type": "integer"}', '2.0', null),
  ('{"type": "integer"}', '2.5', '|Value: must be a whole number'),
  ('{"type": "boolean"}', 'true', null),
  ('{"type": "boolean"}', '"true"', '|Value: must be yes or no'),
  ('{"type": ["string", "null"]}', 'null', null),
  ('{"type": ["string", "null"]}', '[]', '|Value: must be a text or empty'),
  ('{"type": "string", "title": "Name"}', 'null', '|Name: must be a text'),
  ('{"type": "string", "enum": ["a", "b"], "x-enum-labels": {"a": "First", "b": "Second"}}', '"b"', null),
  ('{"type": "string", "enum": ["a", "b"], "x-enum-labels": {"a": "First", "b": "Second"}}', '"c"', '|Value: must be one of First, Second'),
  ('{"type": "integer", "enum": [1, 2]}', '3', '|Value: must be one of 1, 2'),
  ('{"type": "number", "const": 4}', '4', null),
  ('{"type": "number", "const": 4}', '5', '|Value: must be 4'),
-- Numbers.
  ('{"type": "number", "minimum": 0, "maximum": 100}', '0', null),
  ('{"type": "number", "minimum": 0, "maximum": 100}', '100', null),
  ('{"type": "number", "minimum": 0, "maximum": 100}', '100.01', '|Value: must be between 0 and 100'),
  ('{"type": "number", "minimum": 0, "maximum": 100}', '-0.01', '|Value: must be between 0 and 100'),
  ('{"type": "number", "minimum": 3}', '2', '|Value: must be 3 or more'),
  ('{"type": "number", "maximum": 3}', '4', '|Value: must be 3 or less'),
  ('{"type": "number", "exclusiveMinimum": 0}', '0', '|Value: must be more than 0'),
  ('{"type": "number", "exclusiveMinimum": 0}', '0.1', null),
  ('{"type": "number", "exclusiveMaximum": 1}', '1', '|Value: must be less than 1'),
  ('{"type": "number", "multipleOf": 0.01}', '1.25', null),
  ('{"type": "number", "multipleOf": 0.01}', '1.255', '|Value: can have at most 2 digits after the point'),
  ('{"type": "number", "multipleOf": 0.1}', '1.25', '|Value: can have at most one digit after the point'),
  ('{"type": "number", "multipleOf": 1}', '1.5', '|Value: must be a whole number'),
  ('{"type": "number", "multipleOf": 5}', '7', '|Value: must be a multiple of 5'),
  ('{"type": "number"}', '1e15', '|Value: must have at most 15 digits before the point and 6 after it'),
  ('{"type": "number"}', '1e4000', '|Value: must have at most 15 digits before the point and 6 after it'),
  ('{"type": "number"}', '0.0000001', '|Value: must have at most 15 digits before the point and 6 after it'),
-- Texts.
  ('{"type": "string", "minLength": 1}', '""', '|Value: must not be empty'),
  ('{"type": "string", "minLength": 1}', '"  "', '|Value: must not be empty'),
  ('{"type": "string", "minLength": 3}', '"ab"', '|Value: must have at least 3 characters'),
  ('{"type": "string", "maxLength": 3}', '"abcd"', '|Value: must have at most 3 characters'),
  ('{"type": "string", "maxLength": 3}', '"äöü"', null),
  ('{"type": "string", "pattern": "^[a-z]+$", "x-pattern-help": "small letters"}', '"a1"', '|Value: must be small letters'),
  ('{"type": "string", "pattern": "^[a-z]+$"}', '"a1"', '|Value: does not have the expected form'),
  ('{"type": "string"}', '" a"', '|Value: must not begin or end with a blank'),
  ('{"type": "string"}', '"a\u0007b"', '|Value: must not contain control characters'),
  ('{"type": "string"}', '"a\u202eb"', '|Value: must not contain control characters'),
  ('{"type": "string"}', '"a\nb"', '|Value: must not contain control characters'),
  ('{"type": "string", "format": "long-text"}', '"a\nb"', null),
  ('{"type": "string"}', '"=1+1 <b>شركة</b> 株式会社 🤝"', null),
-- Formats.
  ('{"type": "string", "format": "date"}', '"2028-02-29"', null),
  ('{"type": "string", "format": "date"}', '"2027-02-29"', '|Value: must be a date such as 2026-12-31'),
  ('{"type": "string", "format": "date"}', '"today"', '|Value: must be a date such as 2026-12-31'),
  ('{"type": "string", "format": "time"}', '"23:59"', null),
  ('{"type": "string", "format": "time"}', '"24:00"', '|Value: must be a time of day such as 09:30'),
  ('{"type": "string", "format": "email"}', '"a.b+c@example.co.uk"', null),
  ('{"type": "string", "format": "email"}', '"a@b@example.com"', '|Value: must be an e-mail address such as name@example.com'),
  ('{"type": "string", "format": "email"}', '"a@localhost"', '|Value: must be an e-mail address such as name@example.com'),
  ('{"type": "string", "format": "domain"}', '"northwind.test"', null),
  ('{"type": "string", "format": "domain"}', '"xn--bcher-kva.example"', null),
  ('{"type": "string", "format": "domain"}', '"Northwind.test"', '|Value: must be a domain in small letters such as example.com'),
  ('{"type": "string", "format": "domain"}', '"@northwind.test"', '|Value: must be a domain in small letters such as example.com'),
  ('{"type": "string", "format": "domain"}', '"-a.test"', '|Value: must be a domain in small letters such as example.com'),
  ('{"type": "string", "format": "uri"}', '"https://api.example.com:8443/v1?a=b#c"', null),
  ('{"type": "string", "format": "color"}', '"teal"', null),
  ('{"type": "string", "format": "color"}', '"#00ff00"', '|Value: must be one of the colours violet, teal, amber, rose, sky, green, orange and slate'),
  ('{"type": "string", "format": "currency"}', '"KWD"', null),
  ('{"type": "string", "format": "currency"}', '"XXX"', '|Value: must be a currency such as EUR or USD'),
  ('{"type": "string", "format": "currency"}', '"usd"', '|Value: must be a currency such as EUR or USD'),
  ('{"type": "string", "format": "time-zone"}', '"America/Argentina/Buenos_Aires"', null),
  ('{"type": "string", "format": "time-zone"}', '"America/Port-au-Prince"', null),
  ('{"type": "string", "format": "time-zone"}', '"Etc/GMT+3"', null),
  ('{"type": "string", "format": "time-zone"}', '"UTC"', null),
  ('{"type": "string", "format": "time-zone"}', '"Mars/Olympus"', '|Value: must be a time zone such as Europe/London'),
  ('{"type": "string", "format": "time-zone"}', '"EST5EDT"', '|Value: must be a time zone such as Europe/London'),
  ('{"type": "string", "format": "time-zone"}', '"Foo/Bar+3"', '|Value: must be a time zone such as Europe/London'),
  ('{"type": "string", "format": "locale"}', '"zh-Hant-TW"', null),
  ('{"type": "string", "format": "locale"}', '"english"', '|Value: must be a language such as en or en-GB'),
-- Money: the digits of its currency, as text.
  ('{"type": "object", "format": "money", "minimum": 1}', '{"amount": "12.50", "currency": "EUR"}', null),
  ('{"type": "object", "format": "money"}', '{"amount": "12.500", "currency": "EUR"}', null),
  ('{"type": "object", "format": "money"}', '{"amount": "12.505", "currency": "EUR"}', '/amount|Value: can have at most 2 digits after the point in EUR'),
  ('{"type": "object", "format": "money"}', '{"amount": "12.505", "currency": "KWD"}', null),
  ('{"type": "object", "format": "money"}', '{"amount": "12.5", "currency": "JPY"}', '/amount|Value: can have no digits after the point in JPY'),
  ('{"type": "object", "format": "money"}', '{"amount": 12, "currency": "EUR"}', '/amount|Value: must be an amount such as 1250 or 1250.50'),
  ('{"type": "object", "format": "money"}', '{"amount": "NaN", "currency": "EUR"}', '/amount|Value: must be an amount such as 1250 or 1250.50'),
  ('{"type": "object", "format": "money"}', '{"amount": "1e9", "currency": "EUR"}', '/amount|Value: must be an amount such as 1250 or 1250.50'),
  ('{"type": "object", "format": "money", "minimum": 1}', '{"amount": "0", "currency": "???"}', '/amount|Value: must be 1 or more & /currency|Value: must be a currency such as EUR or USD'),
  ('{"type": "object", "format": "money"}', '{"amount": "1", "currency": "EUR", "rate": 3}', '/rate|rate: is not a field here, remove it'),
-- Groups.
  ('{"type": "object", "additionalProperties": false, "required": ["a"], "properties": {"a": {"type": "string", "title": "Name"}}}', '{}', '/a|Name: is missing'),
  ('{"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string"}}}', '{"b/c": 1}', '/b~1c|b/c: is not a field here, remove it'),
  ('{"type": "object", "additionalProperties": false, "properties": {"first_name": {"type": "string"}}}', '{"first_name": 1}', '/first_name|First name: must be a text'),
  ('{"type": "object", "additionalProperties": false, "x-ascending-fields": [["start", "end"]],
    "properties": {"start": {"type": "string", "title": "From"}, "end": {"type": "string", "title": "To"}}}',
    '{"start": "17:00", "end": "09:00"}', '/end|To: must be more than 17:00'),
  ('{"type": "object", "additionalProperties": false, "x-ascending-fields": [["least", "most"]],
    "properties": {"least": {"type": "number"}, "most": {"type": ["number", "null"]}}}', '{"least": 5, "most": 5}', '/most|Most: must be more than 5'),
  ('{"type": "object", "additionalProperties": false, "x-ascending-fields": [["least", "most"]],
    "properties": {"least": {"type": "number"}, "most": {"type": ["number", "null"]}}}', '{"least": 5, "most": null}', null),
  ('{"type": "object", "additionalProperties": false, "x-required-when": [{"property": "on", "equals": true, "required": ["to"]}],
    "properties": {"on": {"type": "boolean"}, "to": {"type": ["string", "null"], "title": "Address"}}}', '{"on": true, "to": null}', '/to|Address: is missing'),
  ('{"type": "object", "additionalProperties": false, "x-required-when": [{"property": "on", "equals": true, "required": ["to"]}],
    "properties": {"on": {"type": "boolean"}, "to": {"type": ["string", "null"], "title": "Address"}}}', '{"on": false, "to": null}', null)
) as given (schema, value, said);

select is(
  pg_temp.said('{"type": "string", "format": "uri"}', to_jsonb(address)),
  '|Value: must be a web address that begins with https:// and a domain, such as https://example.com',
  address || ' is no address to be stored'
)
from unnest(array[
  'http://example.com', 'javascript:alert(1)', 'https://127.0.0.1/x', 'https://[::1]/', 'https://user:secret@example.com',
  'https://example.com\@evil.com', 'https://localhost/', 'https://0x7f.1/', 'data:text/html,x', '//example.com'
]) as address;

-- Lists.
select is(
  pg_temp.said('{"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true, "title": "Days", "items": {"type": "string"}}', value), said, value::text
)
from (values
  ('[]'::jsonb, '|Days: needs at least one entry'),
  ('["a", "b", "c"]', '|Days: can have at most 2 entries'),
  ('["a", "a"]', '/1|Days: “a” is in the list twice'),
  ('["a", 1]', '/1|Days, entry 2: must be a text')
) as given (value, said);

create temporary table listed as select private.choice_list_schema('tier', '[
  ["from", {"type": "number", "title": "From", "minimum": 0, "maximum": 100}],
  ["kind", {"type": "string", "title": "Kind", "enum": ["open", "won"]}]]',
  '{"title": "Tiers", "x-ascending": {"property": "from", "startsAt": 0}, "x-sum": {"property": "from", "equals": 60},
    "x-count": [{"property": "kind", "equals": "won", "minimum": 1, "maximum": 1, "message": "needs exactly one that is won"}]}') as schema;

select is(pg_temp.said(schema, value), said, what)
from listed cross join (values
  ('a list that keeps every rule', null,
    '[{"key": "a", "label": "A", "color": "teal", "from": 0, "kind": "open"}, {"key": "b", "label": "B", "color": "teal", "from": 60, "kind": "won"}]'::jsonb),
  ('a key twice', '/1/key|Key of B: “a” is used twice, and each entry needs its own',
    '[{"key": "a", "label": "A", "color": "teal", "from": 0, "kind": "open"}, {"key": "a", "label": "B", "color": "teal", "from": 60, "kind": "won"}]'),
  ('a name twice, as a person reads it', '/1/label|Name of a: “a” is used twice, and each entry needs its own',
    '[{"key": "a", "label": "A", "color": "teal", "from": 0, "kind": "open"}, {"key": "b", "label": "a", "color": "teal", "from": 60, "kind": "won"}]'),
  ('a field of an entry is named with its entry', '|Tiers: the numbers add up to 120 and must add up to 60 & /1/from|From of Gold: must be between 0 and 100',
    '[{"key": "a", "label": "A", "color": "teal", "from": 0, "kind": "open"}, {"key": "b", "label": "Gold", "color": "teal", "from": 120, "kind": "won"}]'),
  ('a gap below the first entry', '|Tiers: the numbers add up to 70 and must add up to 60 & /0/from|From of A: must be 0, so that nothing lies below the first entry',
    '[{"key": "a", "label": "A", "color": "teal", "from": 10, "kind": "open"}, {"key": "b", "label": "B", "color": "teal", "from": 60, "kind": "won"}]'),
  ('an overlap', '|Tiers: the numbers add up to 0 and must add up to 60 & /1/from|From of B: must be more than 0, the one before it',
    '[{"key": "a", "label": "A", "color": "teal", "from": 0, "kind": "open"}, {"key": "b", "label": "B", "color": "teal", "from": 0, "kind": "won"}]'),
  ('too many of a kind', '|Tiers: needs exactly one that is won',
    '[{"key": "a", "label": "A", "color": "teal", "from": 0, "kind": "won"}, {"key": "b", "label": "B", "color": "teal", "from": 60, "kind": "won"}]')
) as given (what, said, value);

-- References inside a setting.
select is(
  pg_temp.said('{"type": "object", "additionalProperties": false, "properties": {
    "types": {"type": "array", "maxItems": 9, "items": {"type": "string"}},
    "first": {"type": "string", "title": "First", "x-references": {"list": "types", "title": "Types"}}}}', value), said, value::text)
from (values
  ('{"types": ["a"], "first": "a"}'::jsonb, null),
  ('{"types": ["a"], "first": "b"}', '/first|First: “b” does not exist in Types: choose one that does, or add it there first')
) as given (value, said);

-- Schemas that say what nobody checks.
select matches((select string_agg(d, '; ') from private.json_schema_defects(schema) as d), said, schema::text)
from (values
  ('[]'::jsonb, 'is no object'),
  ('{}', 'type is missing'),
  ('{"type": "text"}', 'type is missing or unknown'),
  ('{"type": "string", "maxlength": 3}', 'the keyword "maxlength" is not known'),
  ('{"type": "string", "maxLength": "3"}', 'the value of "maxLength" is no count'),
  ('{"type": "string", "minimum": 3}', '"minimum" means nothing for the type string'),
  ('{"type": "string", "format": "hostname"}', 'the format "hostname" is not known'),
  ('{"type": "string", "pattern": "("}', 'no regular expression'),
  ('{"type": "array", "items": {"type": "string"}}', 'how many there can be'),
  ('{"type": "array", "maxItems": 3, "items": {"type": "string", "x-new": 1}}', '/items: the keyword "x-new"'),
  ('{"type": "array", "maxItems": 3, "x-unique": ["key"], "items": {"type": "string"}}', 'no field "key" in its entries'),
  ('{"type": "object", "properties": {"a": {"type": "string"}}}', 'no others'),
  ('{"type": "object", "additionalProperties": false, "required": ["b"], "properties": {"a": {"type": "string"}}}', 'there is no field "b"'),
  ('{"type": "object", "additionalProperties": false, "properties": {"a": {"type": "string", "if": {}}}}', '/a: the keyword "if"')
) as given (schema, said);

select * from finish();
rollback;
