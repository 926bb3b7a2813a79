-- Settings: who reads and writes them, where a value comes from, and what the database refuses whoever asks.
begin;
create extension if not exists pgtap with schema extensions;
select plan(67);

-- A tenant with one organization below it, a stranger, and people: an administrator and a representative of each.
create temporary table place (name text primary key, id uuid not null default gen_random_uuid());
create temporary table person (name text primary key, id uuid not null default gen_random_uuid());
grant select on place, person to authenticated, anon;
insert into place (name) values ('tenant'), ('child'), ('stranger');
insert into person (name) values ('tenant admin'), ('child admin'), ('child rep'), ('stranger admin'), ('both'), ('nobody');
insert into public.organizations (id, name, slug) select id, name, name || '-' || left(id::text, 8) from place where name <> 'child';
insert into public.organizations (id, name, slug, parent_id)
select id, name, name || '-' || left(id::text, 8), (select id from place where name = 'tenant') from place where name = 'child';
insert into auth.users (instance_id, id, aud, role, email, email_confirmed_at)
select '00000000-0000-0000-0000-000000000000', id, 'authenticated', 'authenticated', replace(name, ' ', '.') || '@probe.test', now() from person;

create function pg_temp.org(name text) returns uuid language sql stable as $$ select id from place where place.name = $1 $$;
create function pg_temp.who(name text) returns uuid language sql stable as $$ select id from person where person.name = $1 $$;
create function pg_temp.become(name text) returns void language sql as $$
  select set_config('request.jwt.claims', json_build_object('sub', pg_temp.who(name), 'role', 'authenticated')::text, true);
  select set_config('request.jwt.claim.sub', pg_temp.who(name)::text, true);
$$;
grant execute on function pg_temp.org(text), pg_temp.who(text), pg_temp.become(text) to authenticated, anon;

insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
select pg_temp.org(given.org), pg_temp.who(given.who), r.id, given.who, 'teal'
from (values
  ('tenant', 'tenant admin', 'org_admin'), ('child', 'child admin', 'org_admin'), ('child', 'child rep', 'sales_rep'),
  ('stranger', 'stranger admin', 'org_admin'), ('child', 'both', 'org_admin'), ('stranger', 'both', 'sales_rep')
) as given (org, who, role)
join public.roles as r on r.organization_id = pg_temp.org(given.org) and r.key = given.role;

create function pg_temp.value_of(org text, wanted text) returns text language sql as $$
  select r.value #>> '{}' || ' from ' || r.source || ', else ' || (r.inherited_value #>> '{}') || ' from ' || r.inherited_source
  from public.resolved_configuration(pg_temp.org(org), 'team') as r where r.key = wanted
$$;
grant execute on function pg_temp.value_of(text, text) to authenticated;
create function pg_temp.stored() returns text language sql as $$
  select coalesce(string_agg(p.name || ' ' || c.key || '=' || (c.value #>> '{}'), ', ' order by p.name, c.key), 'nothing')
  from public.configurations as c join place as p on p.id = c.organization_id
$$;

-- Allow, and the three levels.
set local role authenticated;
select pg_temp.become('child admin');
select is(pg_temp.value_of('child', 'team_size'), '5 from global, else 5 from global', 'without anything set, the default holds');
select is((select count(*) from public.resolved_configuration(pg_temp.org('child'))), (select count(*) from public.configuration_definitions), 'every setting is there');
select lives_ok(
  $$ insert into public.configurations (organization_id, category, key, value) values (pg_temp.org('child'), 'team', 'team_size', '7') $$,
  'an administrator sets a value'
);
select is(pg_temp.value_of('child', 'team_size'), '7 from organization, else 5 from global', 'the nearest level wins');
select is((select (version, updated_by)::text from public.configurations where key = 'team_size'), format('(1,%s)', pg_temp.who('child admin')), 'version and author are set');
select pg_temp.become('tenant admin');
select is((select count(*) from public.configurations), 0::bigint, 'who belongs to the tenant sees no row of what lies below');
select lives_ok(
  $$ insert into public.configurations (organization_id, category, key, value) values (pg_temp.org('tenant'), 'team', 'team_size', '50'), (pg_temp.org('tenant'), 'team', 'invitation_days', '3') $$,
  'the tenant sets values for all below it'
);
select throws_ok($$ select * from public.resolved_configuration(pg_temp.org('child')) $$, '42501', null, 'and does not look into the organizations below');
select pg_temp.become('child admin');
select is(pg_temp.value_of('child', 'team_size'), '7 from organization, else 50 from tenant', 'what would be inherited is told too');
select is(pg_temp.value_of('child', 'invitation_days'), '3 from tenant, else 3 from tenant', 'what the tenant set holds below');
select is((select count(*) from public.configurations), 1::bigint, 'without seeing the tenant''s own rows');
select is((select count(*) from public.configurations where organization_id = pg_temp.org('tenant')), 0::bigint, 'also when asked for');

-- Versions.
update public.configurations set value = '8' where key = 'team_size' and version = 1;
select is((select version from public.configurations where key = 'team_size'), 2::bigint, 'a change is a new version');
update public.configurations set value = '9' where key = 'team_size' and version = 1;
select is((select value #>> '{}' from public.configurations where key = 'team_size'), '8', 'a stale version changes nothing');
update public.configurations set value = '8' where key = 'team_size';
select is((select version from public.configurations where key = 'team_size'), 2::bigint, 'the same value is no change');
select throws_ok(
  $$ insert into public.configurations (organization_id, category, key, value) values (pg_temp.org('child'), 'team', 'team_size', '1') $$,
  '23505', null, 'two who set it first at once: the second is told'
);

-- What clients may not write.
select throws_ok(format('insert into public.configurations (organization_id, category, key, value, %I) values (pg_temp.org(''child''), ''team'', ''invitation_days'', ''4'', %s)', field, content), '42501', null, field || ' is not theirs to insert')
from (values ('id', 'gen_random_uuid()'), ('version', '7'), ('updated_by', 'gen_random_uuid()'), ('created_at', 'now()'), ('updated_at', 'now()')) as given (field, content);
select throws_ok(format('update public.configurations set %I = %s', field, content), '42501', null, field || ' is not theirs to change')
from (values ('id', 'gen_random_uuid()'), ('organization_id', 'pg_temp.org(''stranger'')'), ('category', '''team'''), ('key', '''x'''), ('version', '7'), ('updated_by', 'null')) as given (field, content);
select throws_ok(statement, '42501', null, statement) from unnest(array[
  'update public.configuration_definitions set default_value = ''6'' where key = ''team_size''',
  'delete from public.configuration_definitions',
  'insert into public.configuration_definitions (category, key, position, value_type, schema, default_value, label) values (''team'', ''new'', 999, ''boolean'', ''{"type": "boolean"}'', ''true'', ''New'')',
  'truncate public.configurations',
  'select private.configuration_value(null, ''team'', ''team_size'')',
  'select * from private.resolve_configuration(pg_temp.org(''tenant''))'
]) as statement;

-- Deny: a representative, a stranger, somebody with another right there, nobody. Each is followed by a look as owner.
select pg_temp.become('child rep');
select is(pg_temp.value_of('child', 'team_size'), '8 from organization, else 50 from tenant', 'a representative reads');
select throws_ok($$ insert into public.configurations (organization_id, category, key, value) values (pg_temp.org('child'), 'team', 'invitation_days', '1') $$, '42501', null, 'and sets nothing');
update public.configurations set value = '1';
delete from public.configurations;
select pg_temp.become('stranger admin');
select throws_ok($$ select * from public.resolved_configuration(pg_temp.org('child')) $$, '42501', 'You may not see the configuration of this organization.', 'a stranger is refused');
select throws_ok($$ select * from public.resolved_configuration(gen_random_uuid()) $$, '42501', 'You may not see the configuration of this organization.', 'with the words that a made-up organization gets');
select throws_ok($$ select * from public.resolved_configuration(null) $$, '42501', null, 'as does none');
select is((select count(*) from public.configurations), 0::bigint, 'a stranger sees no row');
select throws_ok($$ insert into public.configurations (organization_id, category, key, value) values (pg_temp.org('child'), 'team', 'invitation_days', '1') $$, '42501', null, 'and puts none there');
update public.configurations set value = '1';
delete from public.configurations;
select pg_temp.become('both');
select throws_ok($$ insert into public.configurations (organization_id, category, key, value) values (pg_temp.org('stranger'), 'team', 'team_size', '1') $$, '42501', null, 'an administrator here is none where they only read');
select pg_temp.become('nobody');
select is((select count(*) from public.configuration_definitions), 0::bigint, 'without a membership there are no settings');
set local role anon;
select throws_ok($$ select * from public.configurations $$, '42501', null, 'nor without signing in');
select throws_ok($$ select * from public.resolved_configuration(pg_temp.org('child')) $$, '42501', null, 'also through the function');
set local role postgres;
select is(pg_temp.stored(), 'child team_size=8, tenant invitation_days=3, tenant team_size=50', 'nothing of all this changed a value');

-- What the database refuses whoever asks.
create function pg_temp.refused(org text, category text, key text, value jsonb) returns text language plpgsql as $$
declare
  state text; said text; detail text;
begin
  insert into public.configurations (organization_id, category, key, value) values (pg_temp.org($1), $2, $3, $4);
  return 'accepted';
exception when others then
  get stacked diagnostics state = returned_sqlstate, said = message_text, detail = pg_exception_detail;
  return state || ' ' || said || ' ' || coalesce(detail, '');
end
$$;
select is(
  pg_temp.refused('child', 'partners', 'health_weights', '[{"metric": "revenue", "weight": 120}]'),
  'PW007 Health weights: the numbers add up to 120 and must add up to 100. [{"path": "", "message": "Health weights: the numbers add up to 120 and must add up to 100"}, {"path": "/0/weight", "message": "Weight of Revenue: must be between 0 and 100"}]',
  'every problem is named with its place'
);
select is(pg_temp.refused('child', 'team', 'nothing', '1'), 'PW007 There is no such setting: choose one of those that are listed. [{"path": "", "message": "There is no such setting: choose one of those that are listed"}]', 'a setting that does not exist');
select is(pg_temp.refused('child', 'team', 'working_days', 'null'), 'PW007 Working days: is missing. [{"path": "", "message": "Working days: is missing"}]', 'nothing where something is needed');
select is(pg_temp.refused('child', 'revenue', 'quarterly_target', null), 'accepted', 'nothing where nothing is allowed');
select matches(pg_temp.refused('child', 'commission', 'statement_note', to_jsonb(repeat('x', 1000000))), '^PW007 Note on statements: is larger than 64 KB, shorten it', 'a megabyte');

-- Lists that name each other.
select matches(pg_temp.refused('child', 'revenue', 'targets_by_region', '[{"region": "mars", "target": {"amount": "5", "currency": "EUR"}}]'), 'Region of mars: “mars” does not exist in Regions', 'a region that does not exist');
select is(pg_temp.refused('child', 'revenue', 'targets_by_region', '[{"region": "apac", "target": {"amount": "5", "currency": "EUR"}}]'), 'accepted', 'one that does');
select matches(pg_temp.refused('child', 'partners', 'regions', '[{"key": "emea", "label": "EMEA"}]'), '^PW007 Targets by region still needs what you remove here', 'what another setting names cannot be removed');
select is(pg_temp.refused('tenant', 'partners', 'regions', '[{"key": "emea", "label": "EMEA"}]'), 'accepted', 'what only organizations below name can');
select lives_ok($$ delete from public.organizations where id = pg_temp.org('child') $$, 'an organization that goes takes its settings along');

-- Definitions are checked as well.
select throws_like(
  format('insert into public.configuration_definitions (category, key, position, value_type, schema, default_value, label) values (''team'', ''probe'', 999, %L, %L, %L, ''Probe'')', type, schema, content),
  '%' || said || '%', said
)
from (values
  ('string', '{"type": "string", "maxlength": 3}', '"a"', 'keyword "maxlength"'),
  ('number', '{"type": "string"}', '"a"', 'its type is not that of the schema'),
  ('string', '{"type": "string", "maxLength": 3}', '"abcd"', 'Probe: must have at most 3 characters'),
  ('string', '{"type": "string"}', 'null', 'a required setting needs a default')
) as given (type, schema, content, said);

-- A stranger's value is not looked at: neither an answer, nor a lock, nor work done.
insert into public.configurations (organization_id, category, key, value)
values (pg_temp.org('stranger'), 'partners', 'regions', '[{"key": "hidden_land", "label": "Hidden land"}]');
create temporary table advisory as select count(*) as locks from pg_locks where locktype = 'advisory' and pid = pg_backend_pid();
select pg_temp.become('nobody');
set local role authenticated;
select throws_ok(
  format($$ insert into public.configurations (organization_id, category, key, value) values (%L, 'revenue', 'targets_by_region', %L) $$,
    org, value),
  '42501', 'new row violates row-level security policy for table "configurations"', 'a stranger learns nothing from ' || told
)
from (values
  (pg_temp.org('stranger'), '[{"region": "hidden_land", "target": {"amount": "1", "currency": "EUR"}}]', 'what is in a foreign list'),
  (pg_temp.org('stranger'), '[{"region": "nowhere", "target": {"amount": "1", "currency": "EUR"}}]', 'what is not'),
  (gen_random_uuid(), '[{"region": "nowhere", "target": {"amount": "1", "currency": "EUR"}}]', 'what does not exist'),
  (null, '"no list"', 'nothing at all')
) as tried (org, value, told);
set local role postgres;
select is(
  (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()), (select locks from advisory),
  'and nobody waits for them'
);

-- Thousands of entries are counted and not compared with each other.
select results_eq(
  format($$ select path, message from private.configuration_problems(%L, 'organization', 'closed_days', %L) $$,
    pg_temp.org('stranger'), (select jsonb_agg(jsonb_build_object('date', n)) from generate_series(1, 3000) as n)),
  $$ values ('', 'Closed days: can have at most 100 entries') $$, 'a list that is far too long has one problem'
);

-- Digits of other scripts are letters to whoever reads a time or an amount.
select is_empty(
  $$ select from unnest(array['date', 'time', 'uri', 'time-zone']) with ordinality as f (format, n)
     where private.matches_json_format(f.format, (array['٢٠٢٦-٠١-٠١', '0٩:٣0', 'https://example.com:٨٠', 'Etc/GMT+٣'])[n]) $$,
  'digits of other scripts are none'
);
select results_eq(
  $$ select path from private.json_money_problems('{}', '{"amount": "١٢", "currency": "EUR"}') $$, $$ values ('/amount') $$,
  'nor an amount'
);

select * from finish();
rollback;
