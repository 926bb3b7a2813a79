-- What a partner's timeline tells of its deals: each change once, on both sides of a move, and nothing of deals without a partner.
begin;
create extension if not exists pgtap with schema extensions;
select plan(13);

create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select user_id from public.profiles where email = 'sales@northwind.test') as manager,
  (select user_id from public.profiles where email = 'rep@northwind.test') as rep,
  gen_random_uuid() as first, gen_random_uuid() as second, gen_random_uuid() as customer;
insert into public.partners (id, organization_id, name)
select id, northwind, name from known, lateral (values (first, 'First'), (second, 'Second')) as given (id, name);
insert into public.customers (id, organization_id, name) select customer, northwind, 'Customer' from known;
grant select on known to authenticated;

create function pg_temp.deal() returns uuid language sql as $$ select id from public.opportunities where name = 'Told' $$;
-- What was told to the partner since it was asked last, as kind(before>after).
create function pg_temp.told(partner uuid) returns text language sql as $$
  select coalesce(string_agg(
    l.kind || coalesce('(' || nullif(concat_ws('>', coalesce(l.before ->> 'name', l.before #>> '{}'), coalesce(l.after ->> 'name', l.after #>> '{}')), '') || ')', ''),
    ' ' order by l.id
  ), '')
  from public.partner_activity_log as l
  where l.partner_id = partner and l.subject_table = 'opportunities'
    and l.id > coalesce(nullif(current_setting('tests.seen', true), '')::bigint, 0)
$$;
create function pg_temp.seen() returns void language sql as $$
  select set_config('tests.seen', (select max(id)::text from public.partner_activity_log), true)
$$;
select pg_temp.seen();
select set_config('request.jwt.claims', jsonb_build_object('sub', manager, 'role', 'authenticated')::text, true) from known;

insert into public.opportunities (organization_id, customer_id, partner_id, name, value, currency)
select northwind, customer, first, 'Told', 5, 'EUR' from known;
select matches((select pg_temp.told(first) from known), '^opportunity_created\(.*"stage": "lead".*\)$', 'a deal that begins is told');
select is(
  (select row(actor = 'user:' || manager, is_visible_to_partner, subject_label, source_key = 'opportunities:' || pg_temp.deal() || ':1:opportunity_created')::text
   from known, public.partner_activity_log where kind = 'opportunity_created' and subject_id = pg_temp.deal()), '(t,f,Told,t)', 'who, of what, and never to the partner'
);
select pg_temp.seen();
update public.opportunities set stage = 'demo' where id = pg_temp.deal();
select is((select pg_temp.told(first) from known), 'opportunity_stage_changed(lead>demo)', 'so is each stage');
select pg_temp.seen();
update public.opportunities set next_step = 'Call', probability = 30 where id = pg_temp.deal();
select is((select pg_temp.told(first) from known), '', 'nothing of what nobody would recognise');
update public.opportunities set owner_id = (select rep from known), value = 6 where id = pg_temp.deal();
select matches((select pg_temp.told(first) from known), '^opportunity_owner_changed\(\S.+\) opportunity_value_changed\(.*\)$', 'another owner and another amount');
select pg_temp.seen();
update public.opportunities set stage = 'closed_won', reason = 'price' where id = pg_temp.deal();
select is((select pg_temp.told(first) from known), 'opportunity_won(demo>closed_won)', 'won is told once');
select pg_temp.seen();
update public.opportunities set stage = 'closed_lost', reason = 'timing' where id = pg_temp.deal();
update public.opportunities set stage = 'demo' where id = pg_temp.deal();
select is((select pg_temp.told(first) from known), 'opportunity_lost(closed_won>closed_lost) opportunity_stage_changed(closed_lost>demo)', 'lost after all, and reopened');
select pg_temp.seen();

select is((public.move_opportunity(northwind, pg_temp.deal(), second, 7) ->> 'version'), '8', 'it moves to another partner') from known;
select is((select row(pg_temp.told(first), pg_temp.told(second))::text from known), '(opportunity_moved_away,opportunity_received)', 'which both are told');
select pg_temp.seen();
select public.move_opportunity(northwind, pg_temp.deal(), null, 8) from known;
select is((select row(pg_temp.told(first), pg_temp.told(second))::text from known), '("",opportunity_moved_away)', 'or to none');
select pg_temp.seen();
update public.opportunities set stage = 'poc', value = 7 where id = pg_temp.deal();
select is((select count(*) from public.partner_activity_log where subject_table = 'opportunities' and id > current_setting('tests.seen')::bigint), 0::bigint, 'of a deal without a partner nothing is told');

insert into public.opportunities (organization_id, customer_id, partner_id, name, stage, reason, closed_at, created_at)
select northwind, customer, first, 'Copied', 'closed_won', 'price', '2026-02-03', '2026-01-02' from known;
select results_eq(
  $$ select kind, occurred_at from public.partner_activity_log where subject_label = 'Copied' order by id $$,
  $$ values ('opportunity_created' collate "C", timestamptz '2026-01-02'), ('opportunity_won', '2026-02-03') $$, 'what comes from elsewhere comes with its own dates'
);
select is(
  (select count(*) from private.backfill_partner_activity('public.opportunities') as b where b.added > 0), 0::bigint, 'and a backfill finds nothing left to tell'
);

select * from finish();
rollback;
