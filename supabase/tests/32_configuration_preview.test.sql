-- What a change would do, told before it is made; and that telling it changes nothing.
begin;
create extension if not exists pgtap with schema extensions;
select plan(24);

create temporary table place (name text primary key, id uuid not null default gen_random_uuid());
create temporary table person (name text primary key, id uuid not null default gen_random_uuid());
grant select on place, person to authenticated;
insert into place (name) values ('tenant'), ('child'), ('other child');
insert into person (name) values ('admin'), ('rep');
insert into public.organizations (id, name, slug) select id, name, 'p-' || left(id::text, 8) from place where name = 'tenant';
insert into public.organizations (id, name, slug, parent_id)
select id, name, 'p-' || left(id::text, 8), (select id from place where name = 'tenant') from place where name <> 'tenant';
insert into auth.users (instance_id, id, aud, role, email, email_confirmed_at)
select '00000000-0000-0000-0000-000000000000', id, 'authenticated', 'authenticated', name || '@probe.test', now() from person;
insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color)
select r.organization_id, p.id, r.id, p.name, 'teal'
from person as p
join public.roles as r on r.organization_id = (select id from place where name = 'tenant')
  and r.key = case p.name when 'admin' then 'org_admin' else 'sales_rep' end;
insert into public.configurations (organization_id, category, key, value)
select id, 'team', 'team_size', '3' from place where name = 'other child';

create function pg_temp.become(name text) returns void language sql as $$
  select set_config('request.jwt.claims', json_build_object('sub', id, 'role', 'authenticated')::text, true),
    set_config('request.jwt.claim.sub', id::text, true)
  from person where person.name = $1
$$;
create function pg_temp.told(category text, key text, value jsonb, reset boolean default false) returns jsonb language sql as $$
  select public.preview_configuration((select id from place where name = 'tenant'), $1, $2, $3, $4)
$$;
grant execute on function pg_temp.become(text), pg_temp.told(text, text, jsonb, boolean) to authenticated;
-- An effect as a later feature would add one.
create function private.probe_effect(organization uuid, before jsonb, after jsonb) returns table (amount bigint, message text)
language sql stable set search_path = '' as $$
  select (after #>> '{}')::bigint - (before #>> '{}')::bigint, 'More people.'
$$;
insert into private.configuration_effects (category, key, function_name, description) values ('team', 'team_size', 'probe_effect', 'Probe.');
select throws_ok(
  $$ insert into private.configuration_effects (category, key, function_name, description) values ('team', 'team_size', 'no_such_function', 'Probe.') $$,
  '42883', null, 'an effect that does not exist cannot be registered'
);

set local role authenticated;
select pg_temp.become('admin');
select is(pg_temp.told('team', 'team_size', '9') -> 'problems', '[]', 'a good value has no problems');
select is(pg_temp.told('team', 'team_size', '9') -> 'current', '{"value": 5, "source": "global"}', 'what holds now');
select is(pg_temp.told('team', 'team_size', '9') -> 'proposed', '{"value": 9, "source": "organization"}', 'what would hold');
select is(pg_temp.told('team', 'team_size', '9') -> 'inheriting', '1', 'how many organizations take it over: those with a value of their own do not');
select is(pg_temp.told('team', 'team_size', '9') -> 'changes', '[{"path": "", "kind": "changed", "label": "Team size", "before": "5", "after": "9"}]', 'from what to what');
select is(pg_temp.told('team', 'team_size', '9') -> 'effects', '[{"amount": 4, "message": "More people."}]', 'what it does to rows that are there');
select is(pg_temp.told('team', 'team_size', '4') -> 'effects', '[]', 'an effect on nothing is not told');
select is(pg_temp.told('team', 'team_size', '0') -> 'problems', '[{"path": "", "message": "Team size: must be between 1 and 10000"}]', 'a bad value is named as when it is saved');
select is(pg_temp.told('team', 'team_size', '0') -> 'changes', '[]', 'and goes no further');
select is(pg_temp.told('team', 'team_size', null) #>> '{problems,0,message}', 'Team size: is missing', 'nothing where something is needed');
select is(pg_temp.told('team', 'nothing', '1') #>> '{problems,0,message}', 'There is no such setting: choose one of those that are listed', 'a setting that does not exist');
select is((select count(*) from public.configurations), 0::bigint, 'a preview writes nothing');

insert into public.configurations (organization_id, category, key, value)
select id, 'partners', 'tiers', '[{"key": "a", "label": "A", "color": "teal"}, {"key": "b", "label": "B", "color": "sky"}, {"key": "c", "label": "C", "color": "rose"}]'
from place where name = 'tenant';
select is(
  pg_temp.told('partners', 'tiers', '[{"key": "b", "label": "B", "color": "sky"}, {"key": "a", "label": "A", "color": "amber"}, {"key": "d", "label": "D", "color": "green"}]') -> 'changes',
  '[{"path": "/2", "kind": "removed", "label": "Partner tiers", "before": "C", "after": null},
    {"path": "/2", "kind": "added", "label": "Partner tiers", "before": null, "after": "D"},
    {"path": "", "kind": "moved", "label": "Partner tiers", "before": "A, B", "after": "B, A"},
    {"path": "/1/color", "kind": "changed", "label": "Colour of A", "before": "teal", "after": "amber"}]',
  'added, removed, moved and changed entries'
);
select is(
  pg_temp.told('organization', 'business_hours', '{"days": ["mon", "wed"], "start": "08:00", "end": "17:00"}') -> 'changes' -> -1,
  '{"path": "/start", "kind": "changed", "label": "From", "before": "09:00", "after": "08:00"}',
  'a field of a group'
);
select is(
  (select count(*) from jsonb_array_elements(pg_temp.told('organization', 'business_hours', '{"days": ["mon", "wed"], "start": "08:00", "end": "17:00"}') -> 'changes') as c where c ->> 'kind' = 'removed'),
  3::bigint, 'single values that are gone from a list'
);
select is(
  pg_temp.told('revenue', 'quarterly_target', '{"amount": "5000", "currency": "EUR"}') #> '{changes,0}',
  '{"path": "", "kind": "changed", "label": "Quarterly revenue target", "before": "nothing", "after": "5000 EUR"}', 'money in words'
);
select is(pg_temp.told('partners', 'tiers', null, true) #>> '{proposed,source}', 'global', 'a reset goes back to the default');
select is((select count(*) from public.configurations where key = 'tiers'), 1::bigint, 'which is not made either');
select is((select version from public.configurations where key = 'tiers'), 1::bigint, 'nor counted as a version');

-- A reset that would take away what another setting names.
insert into public.configurations (organization_id, category, key, value)
select id, 'commission', 'types', '[{"key": "finder", "label": "Finder", "rate": 5, "payment_model": "one-time", "description": null}, {"key": "referral", "label": "Referral", "rate": 5, "payment_model": "one-time", "description": null}]'
from place where name = 'tenant';
insert into public.configurations (organization_id, category, key, value)
select id, 'commission', 'default_type', '"finder"' from place where name = 'tenant';
select matches(pg_temp.told('commission', 'types', null, true) #>> '{problems,0,message}', 'Type of new partners still needs what you remove here', 'a reset is refused where it would be refused for real');

select pg_temp.become('rep');
select throws_ok($$ select pg_temp.told('team', 'team_size', '9') $$, '42501', null, 'who may not change it gets no preview');
select throws_ok($$ select public.preview_configuration(gen_random_uuid(), 'team', 'team_size', '9') $$, '42501', null, 'nor of an organization that does not exist');
set local role anon;
select throws_ok($$ select public.preview_configuration(gen_random_uuid(), 'team', 'team_size', '9') $$, '42501', null, 'nor without signing in');
set local role postgres;

select * from finish();
rollback;
