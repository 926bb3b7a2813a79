-- Fields of the organization's own: what may be said of a field, what a value of each type may be, what stays when a field changes,
-- and that one statement is checked as a whole.
begin;
create extension if not exists pgtap with schema extensions;
select plan(95);

-- As the owner: a person sees no profile but their own.
create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso, gen_random_uuid() as partner;
grant select on known to authenticated;
delete from public.custom_field_definitions;
insert into public.partners (id, organization_id, name) select partner, northwind, 'Fielded' from known;

create function pg_temp.field(wanted text) returns text language sql security definer as $$
  select d.id::text from public.custom_field_definitions as d where d.key = wanted
$$;
create function pg_temp.add_field(key text, field_type text, options jsonb default '{}', required boolean default false) returns void language sql as $$
  insert into public.custom_field_definitions (organization_id, key, label, field_type, options, is_required)
  select northwind, key, initcap(key), field_type, options, required from known
$$;
-- Writes one value beside those that are there.
create function pg_temp.put(key text, value jsonb) returns void language sql as $$
  update public.partners set custom_fields = custom_fields || jsonb_build_object(pg_temp.field(key), value) where id = (select partner from known)
$$;
-- What was said of a refused statement: each message, with the place that it names.
create function pg_temp.said(statement text) returns text language plpgsql as $$
declare
  detail text;
begin
  execute statement;
  return null;
exception when sqlstate 'PW067' or sqlstate 'PW068' then
  get stacked diagnostics detail = pg_exception_detail;
  return (select string_agg(item ->> 'message' || ' @' || (item ->> 'path'), '; ') from jsonb_array_elements(detail::jsonb) as item);
end
$$;
grant execute on function
  pg_temp.id_of(text), pg_temp.become(text), pg_temp.field(text), pg_temp.add_field(text, text, jsonb, boolean), pg_temp.put(text, jsonb), pg_temp.said(text)
to authenticated;

select pg_temp.become('data@northwind.test');
set local role authenticated;

-- Fields
select lives_ok($$ select pg_temp.add_field('contract', 'text') $$, 'who manages fields adds one');
select throws_ok(format('select pg_temp.add_field(%L, %L, %L)', key, field_type, options), code, null, story)
from (values
  ('contract', 'text', '{}', '23505', 'a key is there once'),
  ('Contract', 'text', '{}', '23514', 'and simple'),
  ('x', 'blob', '{}', '23514', 'a type that there is'),
  ('x', 'text', '{"max": 3}', 'PW067', 'options that the type has'),
  ('x', 'text', '[]', 'PW067', 'as an object'),
  ('x', 'select', '{}', 'PW067', 'a choice needs choices'),
  ('x', 'select', '{"choices": []}', 'PW067', 'at least one'),
  ('x', 'select', '{"choices": [{"key": "a", "label": "A", "color": "sky"}, {"key": "a", "label": "B", "color": "sky"}]}', 'PW067', 'each with a key of its own'),
  ('x', 'select', '{"choices": [{"label": "A", "color": "sky"}]}', 'PW067', 'which it has'),
  ('x', 'number', '{"precision": 9}', 'PW067', 'as precise as numbers are'),
  ('x', 'number', '{"min": 3, "max": 2}', 'PW067', 'from the least to the most'),
  ('x', 'money', '{"currency": "XXX"}', 'PW067', 'a currency that there is'),
  ('x', 'rating', '{"max": 100}', 'PW067', 'a rating that fits on a screen')
) as given (key, field_type, options, code, story);
select throws_ok(
  $$ insert into public.custom_field_definitions (organization_id, key, label, field_type) select northwind, 'other', 'CONTRACT', 'text' from known $$,
  '23505', null, 'no two fields of one name'
);
select throws_ok($$ update public.custom_field_definitions set key = 'renamed' where true $$, '42501', null, 'keys stay');
select throws_ok($$ delete from public.custom_field_definitions where true $$, '42501', null, 'fields are archived, never deleted');
select pg_temp.become('sales@northwind.test');
select throws_ok($$ select pg_temp.add_field('mine', 'text') $$, '42501', null, 'fields are for who manages them');
select pg_temp.become('data@northwind.test');

-- Values
select pg_temp.add_field(key, field_type, options::jsonb)
from (values
  ('story', 'long_text', '{}'), ('seats', 'number', '{"precision": 2, "min": 0, "max": 100}'), ('whole', 'number', '{"precision": 0}'),
  ('budget', 'money', '{"currency": "EUR", "min": 0}'), ('yen', 'money', '{}'), ('share', 'percent', '{"max": 100}'), ('since', 'date', '{}'),
  ('size', 'select', '{"choices": [{"key": "s", "label": "Small", "color": "sky"}, {"key": "l", "label": "Large", "color": "teal"}]}'),
  ('skills', 'multi_select', '{"choices": [{"key": "sql", "label": "SQL", "color": "sky"}, {"key": "go", "label": "Go", "color": "teal"}]}'),
  ('buddy', 'person', '{}'), ('signed', 'checkbox', '{}'), ('stars', 'rating', '{}'), ('wiki', 'url', '{}'), ('desk', 'email', '{}'), ('line', 'phone', '{}')
) as given (key, field_type, options);
select lives_ok(format('select pg_temp.put(%L, %L)', key, value), format('%s may be %s', key, value))
from (values
  ('contract', '"C-17"'), ('story', '"one\ntwo\tthree"'), ('seats', '12.25'), ('seats', '100'), ('whole', '-3'), ('budget', '{"amount": "12.50", "currency": "EUR"}'),
  ('yen', '{"amount": "1250", "currency": "JPY"}'), ('share', '99.5'), ('since', '"2024-02-29"'), ('size', '"l"'), ('skills', '["go", "sql"]'), ('skills', '[]'),
  ('signed', 'false'), ('stars', '5'), ('wiki', '"https://wiki.example.com/a?b=c"'), ('desk', '"desk@example.com"'), ('line', '"+44 20 7946 0000"'),
  ('contract', 'null')
) as given (key, value);
select is(pg_temp.said(format('select pg_temp.put(%L, %L)', key, value)), format('%s: %s @custom_fields/%s', initcap(key), message, pg_temp.field(key)), format('%s: not %s', key, value))
from (values
  ('contract', '7', 'must be one line of at most 500 characters, without blanks at its ends'),
  ('contract', '" x"', 'must be one line of at most 500 characters, without blanks at its ends'),
  ('contract', '"a\nb"', 'must be one line of at most 500 characters, without blanks at its ends'),
  ('story', '"\u0007"', 'must be a text of at most 10,000 characters'),
  ('seats', '"7"', 'must be a number'),
  ('seats', '7.125', 'can have at most 2 digits after the point'),
  ('seats', '100.01', 'must be between 0 and 100'),
  ('seats', '-1', 'must be between 0 and 100'),
  ('whole', '1e15', 'must have at most 15 digits before the point'),
  ('whole', '1e300', 'must have at most 15 digits before the point'),
  ('whole', '1.5', 'can have no digits after the point'),
  ('share', '100.1', 'must be 100 or less'),
  ('budget', '12.5', 'must be an amount with its currency, such as EUR or USD'),
  ('budget', '{"amount": "NaN", "currency": "EUR"}', 'must be an amount such as 1250 or 1250.50'),
  ('budget', '{"amount": 12.5, "currency": "EUR"}', 'must be an amount such as 1250 or 1250.50'),
  ('budget', '{"amount": "١٢", "currency": "EUR"}', 'must be an amount such as 1250 or 1250.50'),
  ('budget', '{"amount": "12.505", "currency": "EUR"}', 'can have at most 2 digits after the point'),
  ('budget', '{"amount": "12", "currency": "USD"}', 'must be an amount in EUR'),
  ('budget', '{"amount": "-1", "currency": "EUR"}', 'must be 0 or more'),
  ('budget', '{"amount": "1", "currency": "EUR", "note": "x"}', 'must be an amount with its currency, such as EUR or USD'),
  ('yen', '{"amount": "12.5", "currency": "JPY"}', 'can have no digits after the point'),
  ('yen', '{"amount": "12.5", "currency": "XXX"}', 'must be an amount with its currency, such as EUR or USD'),
  ('since', '"2023-02-29"', 'must be a date such as 2026-12-31'),
  ('since', '"tomorrow"', 'must be a date such as 2026-12-31'),
  ('since', '"infinity"', 'must be a date such as 2026-12-31'),
  ('size', '"m"', 'must be one of its choices'),
  ('size', '["l"]', 'must be one of its choices'),
  ('skills', '"go"', 'must be some of its choices'),
  ('skills', '["go", "rust"]', 'must be some of its choices'),
  ('skills', '["go", "go"]', 'must name each choice once'),
  ('skills', '[["go"]]', 'must be some of its choices'),
  ('buddy', '"somebody"', 'must be an active member of the organization'),
  ('buddy', '"00000000-0000-4000-8000-000000000000"', 'must be an active member of the organization'),
  ('signed', '"yes"', 'must be yes or no'),
  ('stars', '6', 'must be a whole number from 1 to 5'),
  ('stars', '2.5', 'must be a whole number from 1 to 5'),
  ('wiki', '"javascript:alert(1)"', 'must be a web address that begins with https:// or http://, such as https://example.com'),
  ('wiki', '"java\tscript:alert(1)"', 'must be a web address that begins with https:// or http://, such as https://example.com'),
  ('desk', '"desk"', 'must be an e-mail address such as name@example.com'),
  ('line', '"call me"', 'must be a phone number such as +44 20 7946 0000')
) as given (key, value, message);
select lives_ok(
  $$ select pg_temp.put('buddy', to_jsonb(pg_temp.id_of('rep@northwind.test'))) $$, 'a colleague may stand in a field'
);
select isnt(
  pg_temp.said($$ select pg_temp.put('buddy', to_jsonb(pg_temp.id_of('admin@contoso.test'))) $$), null, 'nobody of another organization may'
);
select alike(
  pg_temp.said($$ update public.partners set custom_fields = '{"made-up": 1}' where id = (select partner from known) $$),
  '%“made-up” is none of the fields here, reload the page @custom_fields/made-up%', 'what is no field is refused'
);
reset role;
insert into public.custom_field_definitions (organization_id, key, label, field_type) select contoso, 'theirs', 'Theirs', 'text' from known;
set local role authenticated;
select is(
  replace(pg_temp.said($$ select pg_temp.put('theirs', '"x"') $$), pg_temp.field('theirs'), 'made-up'),
  pg_temp.said($$ update public.partners set custom_fields = custom_fields || '{"made-up": "x"}' where id = (select partner from known) $$),
  'and one of another organization is like one that never was'
);

-- What stays
select pg_temp.put('contract', '"C-18"');
select alike(
  pg_temp.said($$ update public.custom_field_definitions set field_type = 'number' where key = 'contract' $$), 'The type stays, because 1 partners have a value%@/field_type',
  'a type stays while there are values'
);
select pg_temp.put('size', '"l"');
select alike(
  pg_temp.said($$ update public.custom_field_definitions set options = '{"choices": [{"key": "s", "label": "Small", "color": "sky"}]}' where key = 'size' $$),
  '“Large” stays, because 1 partners have it%@/options/choices', 'a choice stays while somebody has it'
);
select lives_ok(
  $$ update public.custom_field_definitions set options = '{"choices": [{"key": "l", "label": "Big", "color": "rose"}]}' where key = 'size' $$,
  'its name and the others are free'
);
select pg_temp.put('seats', '90');
update public.custom_field_definitions set options = '{"max": 10}' where key = 'seats';
select lives_ok($$ select pg_temp.put('contract', '"C-19"') $$, 'what was accepted once stays when its field becomes stricter');
select isnt(pg_temp.said($$ select pg_temp.put('seats', '91') $$), null, 'until it is written anew');
update public.custom_field_definitions set archived_at = '2001-01-01' where key = 'contract';
select is((select archived_at from public.custom_field_definitions where key = 'contract'), now(), 'a field is archived now, whatever was sent');
select is(
  pg_temp.said($$ select pg_temp.put('contract', '"C-20"') $$), format('Contract: is archived, so its value stays as it is @custom_fields/%s', pg_temp.field('contract')),
  'what an archived field holds stays'
);
select is(
  pg_temp.said(format('update public.partners set custom_fields = custom_fields - %L where id = (select partner from known)', pg_temp.field('contract'))),
  format('Contract: is archived, so its value stays as it is @custom_fields/%s', pg_temp.field('contract')), 'and is not lost'
);
select lives_ok($$ select pg_temp.put('whole', '4') $$, 'while the rest is edited');
update public.custom_field_definitions set archived_at = null where key = 'contract';
select lives_ok($$ select pg_temp.put('contract', '"C-20"') $$, 'until it is back');

-- Required
select pg_temp.add_field('needed', 'text', required => true);
select lives_ok($$ select pg_temp.put('whole', '5') $$, 'a row that never had what is now required can be edited');
select is(
  pg_temp.said($$ insert into public.partners (organization_id, name) select northwind, 'New' from known $$),
  format('Needed: is missing @custom_fields/%s', pg_temp.field('needed')), 'a new one needs it'
);
select pg_temp.put('needed', '"here"');
select isnt(pg_temp.said($$ select pg_temp.put('needed', 'null') $$), null, 'and it is not taken away again');

-- One statement, many rows
reset role;
insert into public.partners (organization_id, name, custom_fields)
select northwind, 'Many ' || n, jsonb_build_object(pg_temp.field('needed'), 'x', pg_temp.field('whole'), n) from known, generate_series(1, 300) as n;
select is(
  array_length(string_to_array(pg_temp.said(format(
    'update public.partners set custom_fields = custom_fields || jsonb_build_object(%L, case when name like %L then %L::jsonb else %L end) where name like %L',
    pg_temp.field('whole'), 'Many 1%', '1.5', '7', 'Many %'
  )), '; '), 1), 50, 'of many rows no more than fifty problems are told'
);
select is(
  (select count(*) from public.partners as p where p.name like 'Many %' and p.custom_fields -> pg_temp.field('whole') = to_jsonb(7)), 1::bigint, 'and none of them is written'
);

select * from finish();
rollback;
