-- Referrals: what a row may hold, whom it is about, whose it is, and its way through the organization's own stages.
begin;
create extension if not exists pgtap with schema extensions;
select plan(74);

-- As the owner: a person sees no profile but their own.
create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso,
  gen_random_uuid() as partner, gen_random_uuid() as other_partner, gen_random_uuid() as foreign_partner;
grant select on known to authenticated;
-- Only what is made here is counted.
delete from public.partners;
insert into public.partners (id, organization_id, name)
select partner, northwind, 'Referring Co' from known union all select other_partner, northwind, 'Another Co' from known
union all select foreign_partner, contoso, 'Elsewhere Co' from known;

-- Adds a referral of the partner with these columns, as whoever acts.
create function pg_temp.add(given jsonb) returns uuid language plpgsql as $$
declare
  made uuid;
  columns constant text := (select string_agg(format('%I', key), ', ') from jsonb_object_keys(given) as key);
begin
  execute format(
    'insert into public.partner_referrals (organization_id, partner_id, client_name%s) select northwind, partner, %L%s
     from known cross join jsonb_populate_record(null::public.partner_referrals, $1) as given returning id',
    ', ' || columns, 'Sam Client', ', ' || regexp_replace(columns, '(\w+)', 'given.\1', 'g')
  ) into made using given;
  return made;
end
$$;
create function pg_temp.referral(wanted uuid) returns public.partner_referrals language sql as $$
  select r from public.partner_referrals as r where r.id = wanted
$$;
create function pg_temp.advance(wanted uuid, stage text, reason text default null) returns jsonb language sql as $$
  select public.advance_referral((select northwind from known), wanted, stage, (pg_temp.referral(wanted)).version, reason)
$$;
create temporary table made (name text primary key, id uuid);
grant select, insert on made to authenticated;
create function pg_temp.made(wanted text) returns uuid language sql as $$ select m.id from made as m where m.name = wanted $$;
grant execute on function pg_temp.add(jsonb), pg_temp.referral(uuid), pg_temp.advance(uuid, text, text), pg_temp.made(text) to authenticated;
grant execute on function pg_temp.id_of(text), pg_temp.become(text) to authenticated;

select pg_temp.become('partners@northwind.test');
set local role authenticated;
insert into made select 'first', pg_temp.add('{"client_company": "Acme Corp", "client_website": "https://www.Acme.com/about?x=1"}');

-- A new one.
select results_eq(
  $$ select r.status, r.outcome, r.source, r.submitted_by, r.decided_at, r.version from pg_temp.referral(pg_temp.made('first')) as r $$,
  $$ select 'submitted', 'open', 'staff', pg_temp.id_of('partners@northwind.test'), null::timestamptz, 1::bigint $$,
  'it begins in the first stage, open, by whoever enters it'
);
select throws_ok($$ select pg_temp.add('{"status": "won"}') $$, '42501', null, 'nobody chooses where it begins');
select throws_ok($$ select pg_temp.add('{"outcome": "won"}') $$, '42501', null, 'nor what came of it');
select throws_ok($$ select pg_temp.add('{"source": "portal"}') $$, '42501', null, 'nor where it came from');
select throws_ok($$ select pg_temp.add('{"submitted_by": null}') $$, '42501', null, 'nor who entered it');
select throws_ok($$ select pg_temp.add('{"referred_at": "2999-01-01"}') $$, '23514', null, 'it is of no day to come');
select throws_ok($$ select pg_temp.add('{"referred_at": "infinity"}') $$, '23514', null, 'nor of none at all');
select lives_ok($$ select pg_temp.add('{"referred_at": "2026-01-31T12:00:00Z"}') $$, 'it may be entered later than it was brought');
select lives_ok($$ select pg_temp.add('{"client_key": "00000000-0000-4000-8000-00000000c0de"}') $$, 'a key for trying again is taken');
select throws_ok($$ select pg_temp.add('{"client_key": "00000000-0000-4000-8000-00000000c0de"}') $$, '23505', null, 'once');

-- Money.
select throws_ok(format('select pg_temp.add(%L)', given), '23514', null, 'money refused: ' || given)
from unnest(array[
  '{"estimated_value": "NaN", "currency": "USD"}', '{"estimated_value": "Infinity", "currency": "USD"}', '{"estimated_value": -0.01, "currency": "USD"}',
  '{"estimated_value": 10.001, "currency": "USD"}', '{"estimated_value": 10.00001, "currency": "USD"}', '{"estimated_value": 10.5, "currency": "JPY"}',
  '{"estimated_value": 1.2345, "currency": "KWD"}', '{"estimated_value": 10, "currency": "XXX"}', '{"estimated_value": 10, "currency": "usd"}',
  '{"estimated_value": 10, "currency": null}', '{"estimated_value": null, "currency": "USD"}', '{"estimated_value": 1e15, "currency": "USD"}'
]) as given;
select lives_ok(format('select pg_temp.add(%L)', given), 'money taken: ' || given)
from unnest(array[
  '{"estimated_value": 0, "currency": "USD"}', '{"estimated_value": 10.01, "currency": "EUR"}', '{"estimated_value": 10, "currency": "JPY"}',
  '{"estimated_value": 1.234, "currency": "KWD"}', '{"estimated_value": 10.10000, "currency": "USD"}'
]) as given;

-- Texts and links.
select throws_ok(format('select pg_temp.add(%L)', given), '23514', null, 'refused: ' || given)
from unnest(array[
  '{"client_website": "javascript:alert(1)"}', '{"client_website": "java\tscript:alert(1)"}', '{"client_website": "data:text/html,x"}',
  '{"client_email": "nobody"}', '{"client_company": " blanks "}', '{"client_company": "two\nlines"}', '{"notes": "bell\u0007"}'
]) as given;
select lives_ok($$ select pg_temp.add('{"notes": "=1+1\n<b>text</b>\tis text", "client_company": "<script>x</script>"}') $$, 'what looks like code is text');

-- Whom it is about.
select is((pg_temp.referral(pg_temp.made('first'))).account_domain, 'acme.com', 'the account is the domain of the website');
select is((pg_temp.referral(pg_temp.add('{"client_email": "Sam@Mail.Globex.com"}'))).account_domain, 'mail.globex.com', 'else of the address');
select is(
  (pg_temp.referral(pg_temp.add('{"client_email": "sam@gmail.com"}'))).account_domain, null, 'but never where everybody has addresses'
);
select is(
  (pg_temp.referral(pg_temp.add('{"client_website": "https://yahoo.com", "client_email": "sam@globex.com"}'))).account_domain, 'globex.com',
  'also when it is given as a website'
);
insert into made select 'chosen', pg_temp.add('{"client_email": "sam@gmail.com", "account_domain": "HTTPS://www.Initech.com/x"}');
select is((pg_temp.referral(pg_temp.made('chosen'))).account_domain, 'initech.com', 'it can be chosen by hand, and is written like all others');
select throws_ok($$ select pg_temp.add('{"account_domain": "gmail.com"}') $$, 'PW055', null, 'but not as a provider of mail');
select throws_ok($$ select pg_temp.add('{"account_domain": "somewhere"}') $$, 'PW055', null, 'nor as what is no domain');
update public.partner_referrals set client_website = 'https://umbrella.com' where id = any (array[pg_temp.made('first'), pg_temp.made('chosen')]);
select is((pg_temp.referral(pg_temp.made('first'))).account_domain, 'umbrella.com', 'it follows the website');
select is((pg_temp.referral(pg_temp.made('chosen'))).account_domain, 'initech.com', 'what was chosen stays');
update public.partner_referrals set account_domain = null where id = pg_temp.made('chosen');
select is((pg_temp.referral(pg_temp.made('chosen'))).account_domain, 'umbrella.com', 'until it is taken back');

-- Whose it is.
select throws_ok(
  $$ insert into public.partner_referrals (organization_id, partner_id, client_name) select northwind, foreign_partner, 'x' from known $$,
  '23503', null, 'a partner of another organization is unknown'
);
select is_empty(
  $$ update public.partner_referrals set notes = 'mine' where organization_id = (select contoso from known) returning 1 $$, 'nothing of another organization changes'
);
select throws_ok($$ update public.partner_referrals set partner_id = (select other_partner from known) $$, '42501', null, 'it stays with its partner');
reset role;
update public.memberships set status = 'deactivated', deactivated_at = now() where email = 'data@northwind.test';
set local role authenticated;
select throws_ok(
  $$ update public.partner_referrals set owner_id = pg_temp.id_of('data@northwind.test') where id = pg_temp.made('first') $$, 'PW051', null,
  'nobody who has left is given one'
);
select pg_temp.become('rep@northwind.test');
select throws_ok($$ select pg_temp.add('{}'::jsonb || '{"notes": "x"}') $$, '42501', null, 'a rep adds none that is nobody''s');
select throws_ok(
  $$ select pg_temp.add(jsonb_build_object('owner_id', pg_temp.id_of('partners@northwind.test'))) $$, '42501', null, 'nor one of somebody else'
);
insert into made select 'reps', pg_temp.add(jsonb_build_object('owner_id', pg_temp.id_of('rep@northwind.test'), 'client_company', 'Rep Client'));
select ok(pg_temp.made('reps') is not null, 'but their own');
select is_empty($$ update public.partner_referrals set notes = 'mine' where id = pg_temp.made('first') returning 1 $$, 'others'' do not change');
select throws_ok(
  $$ update public.partner_referrals set owner_id = pg_temp.id_of('partners@northwind.test') where id = pg_temp.made('reps') $$, '42501', null,
  'and they give none away'
);
select is(pg_temp.advance(pg_temp.made('reps'), 'qualified') ->> 'code', '42501', 'who may not decide moves none, also not their own');

-- Its way.
select pg_temp.become('partners@northwind.test');
select is(
  pg_temp.advance(pg_temp.made('first'), 'qualified', ' seems right ') - 'id', '{"status": "qualified", "outcome": "open", "version": 3}'::jsonb, 'it moves on'
);
select throws_ok(
  $$ select public.advance_referral((select northwind from known), pg_temp.made('first'), 'won', 2) $$, 'PW006', null, 'not by who saw an older version'
);
select throws_ok(
  $$ select public.advance_referral((select northwind from known), pg_temp.made('first'), 'won', null) $$, 'PW006', null, 'nor by who says none'
);
select throws_ok(
  $$ select public.advance_referral((select northwind from known), gen_random_uuid(), 'won', 1) $$, 'PW012', null, 'one that is not there does not move'
);
select is(
  public.advance_referral((select contoso from known), gen_random_uuid(), 'won', 1) ->> 'code', '42501', 'nor one of another organization'
);
select throws_ok($$ select pg_temp.advance(pg_temp.made('first'), 'closed') $$, 'PW050', null, 'a stage that is none is refused');
select throws_ok($$ select pg_temp.advance(pg_temp.made('first'), 'lost', E' \n ') $$, 'PW076', null, 'blanks are no reason to lose it');
select is(pg_temp.advance(pg_temp.made('first'), 'won') ->> 'outcome', 'won', 'it is won without one');
select isnt((pg_temp.referral(pg_temp.made('first'))).decided_at, null, 'at a moment');
select is(pg_temp.advance(pg_temp.made('first'), 'lost', 'They changed their mind.') ->> 'outcome', 'lost', 'lost for a reason');
select is(pg_temp.advance(pg_temp.made('first'), 'in_progress', 'They came back.') ->> 'outcome', 'open', 'and opened again');
select results_eq(
  $$ select r.decided_at, r.decision_reason from pg_temp.referral(pg_temp.made('first')) as r $$, $$ select null::timestamptz, 'They came back.'::text $$,
  'which is no decision any more'
);
reset role;
select results_eq(
  $$ select l.kind collate "default", l.before, l.after, l.details, l.actor collate "default" from public.partner_activity_log as l where l.subject_id = pg_temp.made('first') order by l.id $$,
  $$ select given.kind, given.before::jsonb, given.after::jsonb, given.details::jsonb, 'user:' || pg_temp.id_of('partners@northwind.test')
     from (values
       ('referral_created', null, null, '{"status": "submitted", "currency": null, "estimated_value": null}'),
       ('referral_advanced', '"submitted"', '"qualified"', '{"reason": "seems right"}'),
       ('referral_won', '"qualified"', '"won"', '{}'),
       ('referral_lost', '"won"', '"lost"', '{"reason": "They changed their mind."}'),
       ('referral_advanced', '"lost"', '"in_progress"', '{"reason": "They came back.", "reopened": true}')
     ) as given (kind, before, after, details) $$,
  'all of it is on the timeline, once, and nothing else is'
);

-- An organization with other stages, and what it is told before it changes them.
insert into public.configurations (organization_id, category, key, value)
select northwind, 'partners', 'referral_stages', '[{"key": "new", "label": "New", "color": "sky", "outcome": "open"},
  {"key": "in_progress", "label": "In progress", "color": "sky", "outcome": "open"}, {"key": "signed", "label": "Signed", "color": "green", "outcome": "won"},
  {"key": "gone", "label": "Gone", "color": "slate", "outcome": "lost"}]' from known;
set local role authenticated;
insert into made select 'own stages', pg_temp.add('{"client_company": "Own Stages"}');
select is((pg_temp.referral(pg_temp.made('own stages'))).status, 'new', 'the first stage is the organization''s own');
select throws_ok($$ select pg_temp.advance(pg_temp.made('own stages'), 'gone') $$, 'PW076', null, 'so is the one that needs a reason');
select is(pg_temp.advance(pg_temp.made('own stages'), 'signed') ->> 'outcome', 'won', 'and the one that wins');
select lives_ok($$ update public.partner_referrals set notes = 'still editable' where id = pg_temp.made('reps') $$, 'what stands in a removed stage can be edited');
select is(pg_temp.advance(pg_temp.made('reps'), 'in_progress') ->> 'status', 'in_progress', 'and moved to one that is there');
select pg_temp.become('admin@northwind.test');
select results_eq(
  $$ select (e ->> 'amount')::integer, e ->> 'message' from jsonb_array_elements(public.preview_configuration(
       (select northwind from known), 'partners', 'referral_stages', '[{"key": "new", "label": "New", "color": "sky", "outcome": "open"},
         {"key": "in_progress", "label": "In progress", "color": "sky", "outcome": "won"}, {"key": "gone", "label": "Gone", "color": "slate", "outcome": "lost"}]'
     ) -> 'effects') as e order by 2 $$,
  $$ values (1, '1 in partner referrals keep what is removed here, and show it by its key.'),
       (2, '2 referrals are in stages whose outcome changes here, and keep the outcome they have until they are moved.') $$,
  'before stages change, it is said how many referrals that concerns'
);

select * from finish();
rollback;
