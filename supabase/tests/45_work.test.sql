-- Work with partners: tasks and what is said about them, contacts, training. What a row may hold, whose it is, what triggers keep,
-- what the timeline tells, and that certificates end.
begin;
create extension if not exists pgtap with schema extensions;
select plan(73);

-- As the owner: a person sees no profile but their own.
create function pg_temp.id_of(address text) returns uuid language sql security definer as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql security definer as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;
create temporary table known as
select (select id from public.organizations where slug = 'northwind') as northwind,
  (select id from public.organizations where slug = 'contoso') as contoso,
  gen_random_uuid() as partner, gen_random_uuid() as other_partner, gen_random_uuid() as foreign_partner;
grant select on known to authenticated, anon;
delete from public.partner_tasks;
delete from public.partner_interactions;
delete from public.partner_training;
insert into public.partners (id, organization_id, name)
select partner, northwind, 'Worked With' from known union all select other_partner, northwind, 'Another' from known
union all select foreign_partner, contoso, 'Elsewhere' from known;

-- Adds a row with these columns, as whoever acts; answers with its id.
create function pg_temp.add(target text, given jsonb) returns uuid language plpgsql as $$
declare
  made uuid;
  whole constant jsonb := jsonb_build_object(
    'organization_id', (select northwind from known), 'partner_id', (select partner from known)
  ) || given;
  columns constant text := (select string_agg(format('%I', key), ', ' order by key) from jsonb_object_keys(whole) as key);
begin
  execute format('insert into public.%I (%s) select %2$s from jsonb_populate_record(null::public.%1$I, $1) returning id', target, columns)
    into made using whole;
  return made;
end
$$;
create function pg_temp.task(title text) returns public.partner_tasks language sql as $$
  select t from public.partner_tasks as t where t.title = $1
$$;
create function pg_temp.certificate(wanted text) returns public.partner_training language sql as $$
  select t from public.partner_training as t where t.title = wanted
$$;
create function pg_temp.told(subject text) returns text[] language sql security definer as $$
  select coalesce(array_agg(l.kind::text collate "default" order by l.id), '{}') from public.partner_activity_log as l
  where l.partner_id = (select partner from known) and l.subject_label = subject
$$;
create function pg_temp.person(address text) returns jsonb language sql security definer as $$ select to_jsonb(pg_temp.id_of(address)) $$;
grant execute on function
  pg_temp.id_of(text), pg_temp.become(text), pg_temp.add(text, jsonb), pg_temp.task(text), pg_temp.certificate(text), pg_temp.told(text),
  pg_temp.person(text)
to authenticated;

-- Tasks: what a row may hold
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select lives_ok($$ select pg_temp.add('partner_tasks', '{"title": "Plan", "priority": "high", "due_on": "2027-01-31"}') $$, 'a task is added');
select is((pg_temp.task('Plan')).created_by, pg_temp.id_of('partners@northwind.test'), 'by who added it');
select is((pg_temp.task('Plan')).status || (pg_temp.task('Plan')).version, 'pending1', 'to be done, in its first version');
select throws_ok(format('select pg_temp.add(%L, %L)', 'partner_tasks', given), code, null, story)
from (values
  ('{"title": ""}', '23514', 'a task has a title'),
  ('{"title": " blank "}', '23514', 'without blanks around it'),
  (E'{"title": "two\\nlines"}', '23514', 'in one line'),
  (E'{"title": "x", "description": "\\u0007"}', '23514', 'no control characters in a description'),
  ('{"title": "x", "status": "done"}', '23514', 'a status that there is'),
  ('{"title": "x", "priority": "soon"}', 'PW050', 'a priority that is configured'),
  ('{"title": "x", "due_on": "infinity"}', '23514', 'a date that will come'),
  ('{"title": "x", "metadata": []}', '23514', 'what is remembered is an object'),
  ('{"title": "x", "created_by": null}', '42501', 'nobody chooses the author'),
  ('{"title": "x", "completed_at": "2020-01-01"}', '42501', 'nor when it was done')
) as given (given, code, story);
select throws_ok(
  format('select pg_temp.add(%L, jsonb_build_object(%L, %L, %L, pg_temp.person(%L)))', 'partner_tasks', 'title', 'x', 'assignee_id', 'admin@contoso.test'),
  'PW066', null, 'nobody of another organization is given a task'
);
select throws_ok(
  $$ select pg_temp.add('partner_tasks', jsonb_build_object('title', 'x', 'assignee_id', gen_random_uuid())) $$, 'PW066', null, 'which is answered like nobody at all'
);
select throws_ok(
  format('select pg_temp.add(%L, jsonb_build_object(%L, %L, %L, %L))', 'partner_tasks', 'title', 'x', 'partner_id', foreign_partner),
  '23503', null, 'no task of a partner of another organization'
) from known;
select throws_ok(
  format('select pg_temp.add(%L, jsonb_build_object(%L, %L, %L, %L, %L, %L))', 'partner_tasks', 'title', 'x', 'partner_id', foreign_partner, 'organization_id', contoso),
  '42501', null, 'nor in that organization'
) from known;
select throws_ok(
  $$ select pg_temp.add('partner_tasks', '{"title": "x", "client_key": "00000000-0000-4000-8000-000000000001"}') from generate_series(1, 2) $$,
  '23505', null, 'tried again with its key it is not added twice'
);

-- Tasks: what triggers keep
update public.partner_tasks set status = 'completed' where title = 'Plan';
select is((pg_temp.task('Plan')).completed_at, now(), 'a completed task says when');
update public.partner_tasks set status = 'in_progress' where title = 'Plan';
select is((pg_temp.task('Plan')).completed_at, null, 'one that is open again does not');
select is((pg_temp.task('Plan')).version, 3::bigint, 'each change is a version');
select is(pg_temp.told('Plan'), '{task_created,task_completed,task_reopened}', 'and what a person recognises in them is on the timeline');
reset role;
select pg_temp.add('partner_tasks', jsonb_build_object(
  'title', 'Imported', 'status', 'completed', 'created_at', '2024-02-01T00:00:00Z', 'completed_at', '2024-03-01T00:00:00Z', 'is_shared', true,
  'assignee_id', pg_temp.person('rep@northwind.test')
)) from (select set_config('request.jwt.claims', '', true)) as nobody;
select results_eq(
  $$ select kind::text collate "default", occurred_at, is_visible_to_partner from public.partner_activity_log where subject_label = 'Imported' order by id $$,
  $$ values ('task_created', timestamptz '2024-02-01Z', true), ('task_completed', timestamptz '2024-03-01Z', true) $$,
  'what is imported keeps its dates, and what is shared is seen by the partner'
);

-- Tasks: whose they are
select pg_temp.become('rep@northwind.test');
set local role authenticated;
update public.partner_tasks set description = 'Mine' where title in ('Plan', 'Imported');
select is((pg_temp.task('Imported')).description || coalesce((pg_temp.task('Plan')).description, ' alone'), 'Mine alone', 'who writes their own writes what they are given');
select throws_ok(
  $$ update public.partner_tasks set assignee_id = null where title = 'Imported' $$, '42501', null, 'and cannot put it off'
);
select lives_ok($$ select pg_temp.add('partner_tasks', '{"title": "My idea"}') $$, 'what they add is their own');
update public.partner_tasks set assignee_id = pg_temp.id_of('sales@northwind.test') where title = 'My idea';
select is((pg_temp.task('My idea')).assignee_id, pg_temp.id_of('sales@northwind.test'), 'also when somebody else does it');
delete from public.partner_tasks where title in ('My idea', 'Imported');
select isnt(pg_temp.task('My idea'), null, 'deleting is for who writes all tasks');

-- Comments
reset role;
create temporary table made as select (pg_temp.task('Imported')).id as shared_task, (pg_temp.task('Plan')).id as task;
grant select on made to authenticated;
set local role authenticated;
select lives_ok(
  $$ select pg_temp.add('partner_task_comments', jsonb_build_object('task_id', shared_task, 'body', 'First', 'is_shared', true)) from made $$,
  'who has a task comments on it'
);
select throws_ok(
  $$ select pg_temp.add('partner_task_comments', jsonb_build_object('task_id', task, 'body', 'x')) from made $$, '42501', null, 'and not on others'''
);
select pg_temp.become('partners@northwind.test');
select lives_ok(
  $$ select pg_temp.add('partner_task_comments', jsonb_build_object('task_id', task, 'body', 'Second', 'is_shared', true)) from made $$,
  'who writes all tasks comments on each'
);
select results_eq(
  $$ select body, author_name, author_id, is_from_partner from public.partner_task_comments order by body $$,
  $$ values ('First', 'Sofia Reyes', pg_temp.id_of('rep@northwind.test'), false), ('Second', 'Mara Köhler', pg_temp.id_of('partners@northwind.test'), false) $$,
  'each is signed by who wrote it'
);
select throws_ok(
  format('select pg_temp.add(%L, jsonb_build_object(%L, task, %L, %L, %L, %L)) from made', 'partner_task_comments', 'task_id', 'body', 'x', 'partner_id', other_partner),
  '23503', null, 'a comment is of the task''s own partner'
) from known;
select throws_ok(
  $$ select pg_temp.add('partner_task_comments', jsonb_build_object('task_id', task, 'body', 'x', 'author_name', 'Forged')) from made $$,
  '42501', null, 'nobody signs for another'
);
update public.partner_task_comments set body = body || '.';
select results_eq(
  $$ select body, edited_at from public.partner_task_comments order by body $$, $$ values ('First', null::timestamptz), ('Second.', now()) $$,
  'one changes one''s own words, and it says when'
);
delete from public.partner_task_comments where true;
select results_eq($$ select body from public.partner_task_comments $$, array['First'], 'and takes one''s own back');
reset role;
select results_eq(
  $$ select subject_label, is_visible_to_partner from public.partner_activity_log where kind = 'task_commented' and partner_id = (select partner from known) order by id $$,
  $$ values ('Imported', true), ('Plan', false) $$, 'the partner hears of shared comments on shared tasks'
);
select is_empty(
  $$ select from public.partner_activity_log where kind = 'task_commented' and concat(before, after, details) ~ 'First|Second' $$, 'and words stay out of the timeline'
);
select pg_temp.become('partner@alpine.test');
select pg_temp.add('partner_task_comments', jsonb_build_object(
  'task_id', shared_task, 'body', 'From outside', 'author_name', 'Petra of Alpine', 'is_from_partner', true, 'is_shared', true
)) from made;
select results_eq(
  $$ select author_id, author_name from public.partner_task_comments where body = 'From outside' $$,
  $$ values (pg_temp.id_of('partner@alpine.test'), 'Petra of Alpine') $$, 'the portal signs with the name that it knows its people by'
);

-- Who asks that their data goes, goes from under their words, and the log that tells of it does not say the name again.
select set_config('request.jwt.claims', '', true);
select cmp_ok(private.erase_personal_data(pg_temp.id_of('rep@northwind.test'), 'Asked for it.'), '>', 0::bigint, 'a person is forgotten');
select results_eq(
  $$ select body, author_name from public.partner_task_comments where body in ('First', 'From outside') order by body $$,
  $$ values ('First', null), ('From outside', 'Petra of Alpine') $$, 'what they said stays without their name, and what others said with theirs'
);
select results_eq(
  $$ select changes ->> 'erased' is not null from public.audit_log where table_name = 'partner_task_comments' and action in ('insert', 'update')
     and row_id = (select id::text from public.partner_task_comments where body = 'First') $$,
  array[true, true], 'nor does the log say it, where they wrote and where they were forgotten'
);
select results_eq(
  $$ select changes ->> 'events' from public.audit_log where table_name = 'partner_task_comments' and action = 'personal_data_erased' $$,
  array['1'], 'but how many comments there were'
);
select private.seal_audit_log();
select ok((select ok from private.verify_audit_log((select northwind from known))), 'its chain still fits');
delete from public.partner_task_comments where body = 'From outside';
select private.erase_personal_data(pg_temp.id_of('partner@alpine.test'), 'Asked for it.');
select is_empty(
  $$ select from public.audit_log where table_name = 'partner_task_comments' and changes ->> 'author_name' = 'Petra of Alpine' $$,
  'and a comment that is gone says no name in the log either'
);

-- Contacts
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select lives_ok(
  $$ select pg_temp.add('partner_interactions', '{"interaction_type": "meeting", "subject": "Begun by a test", "occurred_at": "2025-05-05T10:00:00Z", "duration_minutes": 45}') $$,
  'a contact is logged later, with its date'
);
select is(
  (select user_id from public.partner_interactions where subject = 'Begun by a test'), pg_temp.id_of('rep@northwind.test'), 'it was who logs it, unless said'
);
select throws_ok(format('select pg_temp.add(%L, %L)', 'partner_interactions', given), code, null, story)
from (values
  ('{"interaction_type": "seance", "subject": "x"}', 'PW050', 'a kind of contact that is configured'),
  ('{"interaction_type": "call", "subject": "x", "occurred_at": "2100-01-01"}', '23514', 'not in the future'),
  ('{"interaction_type": "call", "subject": "x", "occurred_at": "infinity"}', '23514', 'nor never'),
  ('{"interaction_type": "call", "subject": "x", "occurred_at": "-infinity"}', '23514', 'nor always'),
  ('{"interaction_type": "call", "subject": "x", "duration_minutes": 0}', '23514', 'a time that passed'),
  ('{"interaction_type": "call"}', '23502', 'about something')
) as given (given, code, story);
select throws_ok(
  $$ select pg_temp.add('partner_interactions', jsonb_build_object('interaction_type', 'call', 'subject', 'x', 'user_id', pg_temp.person('vp@northwind.test'))) $$,
  '42501', null, 'who logs their own logs nobody else''s'
);
select throws_ok($$ delete from public.partner_interactions where true $$, '42501', null, 'what took place is not deleted');
reset role;
select results_eq(
  $$ select occurred_at, is_visible_to_partner, after #>> '{}', details ->> 'duration_minutes' from public.partner_activity_log where subject_label = 'Begun by a test' $$,
  $$ values (timestamptz '2025-05-05T10:00Z', false, 'meeting', '45') $$, 'on the timeline it stands where it took place'
);

-- Training
select pg_temp.become('partners@northwind.test');
set local role authenticated;
select pg_temp.add('partner_training', '{"title": "Basics", "person_name": "Pat", "due_on": "2026-12-31"}');
reset role;
insert into public.configurations (organization_id, category, key, value)
select northwind, setting.category, setting.key, setting.value::jsonb
from known, (values ('organization', 'time_zone', '"Europe/Berlin"'), ('partners', 'certification_months', '12')) as setting (category, key, value)
on conflict on constraint configurations_organization_id_category_key_key do update set value = excluded.value;
set local role authenticated;
update public.partner_training set status = 'completed', completed_at = '2026-02-28T23:30:00Z', score = 92.5 where title = 'Basics';
select is(
  (pg_temp.certificate('Basics')).expires_on, date '2027-03-01', 'a certificate holds for as long as is configured, by the organization''s clock'
);
update public.partner_training set expires_on = '2029-01-01' where title = 'Basics';
select is((pg_temp.certificate('Basics')).expires_on, date '2029-01-01', 'or as it says itself');
update public.partner_training set expires_on = null where title = 'Basics';
select is((pg_temp.certificate('Basics')).expires_on, null, 'or for ever');
update public.partner_training set status = 'in_progress' where title = 'Basics';
select is((pg_temp.certificate('Basics')).completed_at, null, 'what has begun anew is not completed');
select throws_ok(format('select pg_temp.add(%L, %L)', 'partner_training', given), code, null, story)
from (values
  ('{"title": "x"}', '23502', 'training is somebody''s'),
  ('{"title": "x", "person_name": "Pat", "status": "failed"}', '23514', 'a status that there is'),
  ('{"title": "x", "person_name": "Pat", "score": 100.5}', '23514', 'at most everything right'),
  ('{"title": "x", "person_name": "Pat", "score": "NaN"}', '23514', 'a score is a number'),
  ('{"title": "x", "person_name": "Pat", "certificate_url": "javascript:alert(1)"}', '23514', 'a certificate is on the web'),
  (E'{"title": "x", "person_name": "Pat", "certificate_url": "https://a.example/\\tb"}', '23514', 'where browsers find what they are told'),
  ('{"title": "x", "person_name": "Pat", "status": "completed", "completed_at": "2100-01-01"}', '23514', 'nobody has learned tomorrow')
) as given (given, code, story);
select throws_ok($$ delete from public.partner_training where true $$, '42501', null, 'certificates are not deleted');
select pg_temp.become('rep@northwind.test');
select throws_ok($$ select pg_temp.add('partner_training', '{"title": "x", "person_name": "Pat"}') $$, '42501', null, 'training is for who manages it');
reset role;

-- The job
select pg_temp.add('partner_training', jsonb_build_object('title', title, 'person_name', 'Pat', 'status', 'completed', 'completed_at', now() - interval '2 years', 'expires_on', ends))
from (values ('Long over', current_date - 40), ('Still good', current_date + 3)) as given (title, ends);
select set_config('request.jwt.claims', '', true);
select private.run_schedule('expire-training');
select results_eq(
  $$ select title, status from public.partner_training where partner_id = (select partner from known) and title <> 'Basics' order by title $$,
  $$ values ('Long over', 'expired'), ('Still good', 'completed') $$, 'certificates end with their time'
);
select results_eq(
  $$ select actor::text collate "default", occurred_at, is_visible_to_partner from public.partner_activity_log where kind = 'training_expired' and subject_label = 'Long over, Pat' $$,
  $$ values ('system:expire-training', (current_date - 39)::timestamp at time zone 'UTC', true) $$, 'which the timeline tells with the day that it was'
);
select private.run_schedule('expire-training');
select is(pg_temp.told('Long over, Pat'), '{training_completed,training_expired}', 'and once');
update public.partner_training set status = 'completed' where title = 'Long over';
select ok((pg_temp.certificate('Long over')).completed_at = now() and (pg_temp.certificate('Long over')).expires_on > current_date, 'passed again, it holds anew');

select * from finish();
rollback;
