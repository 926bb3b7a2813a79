-- private.schedules: what runs when, and the record of what ran.
begin;
create extension if not exists pgtap with schema extensions;
select plan(25);

delete from private.schedules;
create function private.probe_works() returns void language sql as 'create temporary table probe_worked ()';
create function private.probe_breaks() returns void language plpgsql as
  $$ begin create temporary table probe_broke (); raise exception 'the probe broke'; end $$;
insert into private.schedules (name, schedule, function_name, description) values
  ('works', '0 0 1 1 *', 'probe_works', 'Probe.'),
  ('breaks', '0 0 1 1 *', 'probe_breaks', 'Probe.'),
  ('lost', '0 0 1 1 *', 'probe_is_not_there', 'Probe.');

select lives_ok($$ select private.run_schedule(name) from private.schedules $$, 'a run that fails does not break its caller');
select results_eq(
  $$ select name, ok, message from private.schedule_runs where name in ('works', 'breaks', 'lost') order by name $$,
  $$ values ('breaks', false, 'the probe broke (P0001)'),
            ('lost', false, 'function private.probe_is_not_there() does not exist (42883)'),
            ('works', true, null) $$,
  'every run is recorded, with why it failed'
);
select ok(to_regclass('pg_temp.probe_worked') is not null, 'what a run did, stays');
select ok(to_regclass('pg_temp.probe_broke') is null, 'what a failed run did, is undone');
select ok(bool_and(finished_at >= started_at), 'a run ends after it begins') from private.schedule_runs;
select throws_ok($$ select private.run_schedule('nobody') $$, 'P0002', 'There is no schedule named "nobody".');

delete from private.schedule_runs;
insert into private.schedule_runs (name, started_at, finished_at, ok) values
  ('old', now() - interval '31 days', now() - interval '31 days', true),
  ('new', now() - interval '29 days', now() - interval '29 days', true);
select private.prune_schedule_runs();
select results_eq('select name from private.schedule_runs', array['new'], 'runs of the last 30 days are kept, older ones go');

select throws_ok(
  format('insert into private.schedules values (%L, %L, %L, true, %L)', 'probe', expression, 'prune_schedule_runs', 'Probe.'),
  '23514', null, format('"%s" is not a schedule', expression)
)
from unnest(array['', '* * * *', '* * * * * *', 'daily', '90 seconds', '* * * * mon']) as expression;

select is(
  private.schedule_last_due(schedule, first::timestamptz, last::timestamptz), due::timestamptz, format('"%s": %s', schedule, story)
)
from (values
  ('*/15 * * * *', '2026-11-21T07:46Z', '2026-11-21T08:20Z', '2026-11-21T08:15Z', 'the last quarter of an hour'),
  ('*/15 * * * *', '2026-11-21T07:46Z', '2026-11-21T07:59Z', null, 'no quarter between'),
  ('30 3 * * *', '2026-11-21T03:00Z', '2026-11-21T03:59:59Z', '2026-11-21T03:30Z', 'daily'),
  ('0 8 * * 1-5', '2026-11-20T07:30Z', '2026-11-20T08:29Z', '2026-11-20T08:00Z', 'a Friday is a weekday'),
  ('0 8 * * 1-5', '2026-11-21T07:30Z', '2026-11-21T08:29Z', null, 'a Saturday is none'),
  ('0 8 * * 7', '2026-11-22T07:30Z', '2026-11-22T08:29Z', '2026-11-22T08:00Z', 'Sunday written as 7'),
  ('0 0 13 * 5', '2026-11-20T00:00Z', '2026-11-20T00:30Z', '2026-11-20T00:00Z', 'the 13th or a Friday, on a Friday'),
  ('0 0 13 * 5', '2026-12-13T00:00Z', '2026-12-13T00:30Z', '2026-12-13T00:00Z', 'the 13th or a Friday, on the 13th'),
  ('5,10-12 * * * *', '2026-11-21T07:00Z', '2026-11-21T07:11:30Z', '2026-11-21T07:11Z', 'a list with a range'),
  ('30 seconds', '2026-11-21T07:00Z', '2026-11-21T07:11:30Z', '2026-11-21T07:11Z', 'seconds name every minute')
) as given (schedule, first, last, due, story);

select ok(not has_table_privilege('authenticated', 'private.schedules', 'select'), 'who is signed in cannot read schedules');
select ok(
  not has_function_privilege('authenticated', 'private.run_schedule(text)', 'execute'), 'who is signed in cannot run them'
);

select * from finish();
rollback;
