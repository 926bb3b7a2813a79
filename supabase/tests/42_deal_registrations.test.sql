-- Registered deals: which account, who decides, that one excludes the other, how its time ends, and what is said to whom.
begin;
create extension if not exists pgtap with schema extensions;
select plan(50);

-- As the owner: a person sees no profile but their own.
create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind, gen_random_uuid() as alpha, gen_random_uuid() as beta;
insert into public.partners (id, organization_id, name)
select alpha, northwind, 'Alpha Partners' from known union all select beta, northwind, 'Beta Partners' from known;
create temporary table made (name text primary key, id uuid);
create function pg_temp.made(wanted text) returns uuid language sql as $$ select m.id from made as m where m.name = wanted $$;
create function pg_temp.refer(wanted text, partner uuid, website text, address text default null, owner text default null) returns void language sql as $$
  with referral as (
    insert into public.partner_referrals (organization_id, partner_id, client_name, client_company, client_website, client_email, owner_id)
    select northwind, partner, 'Sam', initcap(wanted), website, address, pg_temp.id_of(owner) from known returning id
  )
  insert into made select wanted, id from referral
$$;
select pg_temp.refer('alphas', (select alpha from known), 'https://www.client.com'), pg_temp.refer('betas', (select beta from known), 'https://client.com/team'),
  pg_temp.refer('free', (select alpha from known), null, 'sam@gmail.com'), pg_temp.refer('gone', (select alpha from known), 'https://gone.com'),
  pg_temp.refer('reps', (select alpha from known), 'https://reps.com', owner => 'rep@northwind.test');
update public.partner_referrals set status = 'lost', decision_reason = 'No budget.' where id = pg_temp.made('gone');
create function pg_temp.ask(wanted text, referral text, product text default 'platform', account text default null) returns jsonb language plpgsql as $$
declare
  answer constant jsonb := public.request_deal_registration((select northwind from known), pg_temp.made(referral), product, account);
begin
  insert into made values (wanted, (answer ->> 'id')::uuid) on conflict (name) do update set id = excluded.id;
  return answer;
end
$$;
create function pg_temp.deal(wanted text) returns public.deal_registrations language sql as $$
  select d from public.deal_registrations as d where d.id = pg_temp.made(wanted)
$$;
create function pg_temp.decide(wanted text, approve boolean, reason text default null) returns jsonb language sql as $$
  select public.decide_deal_registration((select northwind from known), pg_temp.made(wanted), approve, (pg_temp.deal(wanted)).version, reason)
$$;
create function pg_temp.withdraw(wanted text, reason text default null) returns jsonb language sql as $$
  select public.withdraw_deal_registration((select northwind from known), pg_temp.made(wanted), (pg_temp.deal(wanted)).version, reason)
$$;
grant select, insert, update on known, made to authenticated;
grant execute on all functions in schema pg_temp to authenticated;

-- Asking.
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select is(
  pg_temp.ask('first', 'alphas') - 'id', '{"status": "requested", "account_domain": "client.com", "protected_until": null, "version": 1}'::jsonb,
  'a deal is asked for, for the account of the referral'
);
select is((pg_temp.deal('first')).requested_by, pg_temp.id_of('partners@northwind.test'), 'by somebody');
select is(pg_temp.ask('again', 'alphas') ->> 'id', pg_temp.made('first')::text, 'asked again while it waits, it is the same');
select is(pg_temp.ask('second', 'betas') ->> 'status', 'requested', 'another partner can ask as well');
select throws_ok($$ select pg_temp.ask('x', 'free') $$, 'PW055', null, 'without an account there is nothing to register');
select throws_ok($$ select pg_temp.ask('x', 'free', 'platform', 'gmail.com') $$, 'PW055', null, 'a provider of mail is none');
select is(pg_temp.ask('by hand', 'free', 'platform', 'https://WWW.Hand.com/x') ->> 'account_domain', 'hand.com', 'it is chosen by hand then');
select throws_ok($$ select pg_temp.ask('x', 'alphas', 'nope') $$, 'PW050', null, 'the product is one that is configured');
select throws_ok($$ select pg_temp.ask('x', 'gone') $$, 'PW056', null, 'what is lost is not registered');
select throws_ok(
  $$ select public.request_deal_registration((select northwind from known), gen_random_uuid(), 'platform') $$, 'PW012', null, 'nor what is not there'
);
select throws_ok($$ insert into public.deal_registrations (organization_id) values (gen_random_uuid()) $$, '42501', null, 'nobody writes one directly');
select throws_ok($$ update public.deal_registrations set status = 'registered' $$, '42501', null, 'nor changes one');
select throws_ok($$ delete from public.deal_registrations $$, '42501', null, 'nor deletes one');
select pg_temp.become('rep@northwind.test');
select is(pg_temp.ask('reps deal', 'reps') ->> 'status', 'requested', 'a rep asks for their own');
select is(public.request_deal_registration((select northwind from known), pg_temp.made('alphas'), 'platform') ->> 'code', '42501', 'not for others''');
select is(pg_temp.decide('reps deal', true) ->> 'code', '42501', 'and decides none');
select is(pg_temp.withdraw('reps deal', 'A mistake.') ->> 'status', 'withdrawn', 'but takes a request back');
select is(pg_temp.withdraw('first') ->> 'code', '42501', 'their own alone');

-- Deciding.
select pg_temp.become('partners@northwind.test');
select is_empty($$ select * from public.deal_conflict((select northwind from known), pg_temp.made('first')) $$, 'nobody holds it yet');
select throws_ok($$ select pg_temp.decide('first', false, ' ') $$, 'PW076', null, 'it is rejected for a reason');
select throws_ok($$ select pg_temp.decide('first', null) $$, 'PW076', null, 'and saying nothing is no approval');
select throws_ok(
  $$ select public.decide_deal_registration((select northwind from known), pg_temp.made('first'), true, 0) $$, 'PW006', null, 'nor by who saw another version'
);
select is(pg_temp.decide('first', true, 'They met first.') ->> 'status', 'registered', 'it is approved');
select results_eq(
  $$ select d.protected_from, d.protected_until - d.protected_from, d.decided_by, d.reason from pg_temp.deal('first') as d $$,
  $$ select now(), interval '90 days', pg_temp.id_of('partners@northwind.test'), 'They met first.'::text $$, 'from now for as long as configured'
);
select throws_ok($$ select pg_temp.decide('first', true) $$, 'PW056', null, 'once');
select throws_like($$ select pg_temp.decide('second', true) $$, 'client.com is registered for Alpha Partners until %', 'whoever holds it already is named');
select throws_ok($$ select pg_temp.decide('second', true) $$, 'PW054', null, 'and it stays theirs');
select results_eq(
  $$ select c.registration_id, c.partner_name, c.protected_until, c.decided_by_name, c.reason
     from public.deal_conflict((select northwind from known), pg_temp.made('second')) as c $$,
  $$ select d.id, 'Alpha Partners'::text, d.protected_until, m.display_name, 'They met first.'::text
     from pg_temp.deal('first') as d join public.memberships as m on m.organization_id = d.organization_id and m.user_id = d.decided_by $$,
  'staff see who holds it, until when, and why'
);
select is(pg_temp.ask('services', 'betas', 'services') ->> 'status', 'requested', 'another product is another deal');
select is(pg_temp.decide('services', true) ->> 'status', 'registered', 'which is free');
select is(pg_temp.decide('by hand', true) ->> 'status', 'registered', 'so is another account');
reset role;
select throws_ok(
  $$ update public.deal_registrations set status = 'registered', decided_at = now(), protected = (pg_temp.deal('first')).protected
     where id = pg_temp.made('second') $$, '23P01', null, 'whoever writes: the constraint holds'
);
select throws_ok(format(
  'update public.deal_registrations set protected = %L where id = pg_temp.made(''first'')', span
), '23514', null, 'no protection without beginning and end: ' || span)
from unnest(array['empty', '(,)', '["2026-01-01",)', '["2026-01-01","infinity")', '("2026-01-01","2026-02-01"]']) as span;

-- The end.
select private.expire_deal_registrations();
select is((pg_temp.deal('first')).status, 'registered', 'what is in force stays');
update public.deal_registrations set protected = tstzrange(now() - interval '90 days', now()) where id = pg_temp.made('first');
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select is_empty($$ select * from public.deal_conflict((select northwind from known), pg_temp.made('second')) $$, 'when its time is over it is free');
select is(pg_temp.decide('second', true) ->> 'status', 'registered', 'and the next one can have it, before anybody says so');
reset role;
select set_config('request.jwt.claims', '', true);
select private.expire_deal_registrations();
select is((pg_temp.deal('first')).status, 'expired', 'then it is said');
select set_config('app.job', '', true);
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select throws_ok($$ select pg_temp.withdraw('first') $$, 'PW056', null, 'what is over is not withdrawn');
select is(pg_temp.withdraw('second', 'Beta gave it up.') ->> 'status', 'withdrawn', 'what is in force is');
select is(pg_temp.ask('third', 'alphas') ->> 'status', 'requested', 'it can be asked for anew');
select is(pg_temp.decide('third', true) ->> 'status', 'registered', 'and is free at once');
reset role;

-- What is told.
select results_eq(
  $$ select l.kind collate "default", l.actor collate "default", l.is_visible_to_partner from public.partner_activity_log as l
     where l.subject_id = pg_temp.made('first') order by l.id $$,
  $$ select given.kind, coalesce(given.actor, 'user:' || pg_temp.id_of('partners@northwind.test')), true
     from (values ('deal_requested', null), ('deal_registered', null), ('deal_expired', 'system:expire-deal-registrations')) as given (kind, actor) $$,
  'the timeline has its beginning, its approval, and its end as a job''s'
);
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select pg_temp.ask('rejected', 'betas'), pg_temp.decide('rejected', false, 'Alpha Partners has it.');
reset role;
select results_eq(
  $$ select l.is_visible_to_partner, l.details ->> 'reason' from public.partner_activity_log as l
     where l.subject_id = pg_temp.made('rejected') and l.kind = 'deal_rejected' $$,
  $$ values (false, 'Alpha Partners has it.') $$, 'a rejection stays inside'
);
select is(
  private.request_registration((select northwind from known), (select beta from known), pg_temp.id_of('nobody@example.test'), pg_temp.made('betas'), 'platform')
    - 'id', '{"status": "under_review"}'::jsonb, 'a partner hears that it is under review, whoever holds it'
);
select throws_ok(
  $$ select private.request_registration((select northwind from known), (select beta from known), null, pg_temp.made('alphas'), 'platform') $$, 'PW012', null,
  'and asks for nobody else''s referral'
);
select results_eq(
  $$ select d.status, d.protected_until is not null from private.registrations_of_partner((select northwind from known), (select beta from known)) as d
     where d.product = 'platform' order by 1, 2 $$,
  $$ values ('under_review', false), ('under_review', false), ('withdrawn', false) $$, 'what was rejected looks like what waits'
);

select * from finish();
rollback;
