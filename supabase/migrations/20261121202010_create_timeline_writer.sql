-- The one writer of the timeline. A table says by rules what a person would recognise in its changes; from them one statement for
-- each command is built, which reads the rows of a statement once, however many rules there are, and keeps what happened. It stands
-- in a trigger function of its own, so that Postgres keeps its plan: planning it anew costs more than a small write itself. The
-- backfill of history is the same statement over the table itself.
--
--   select private.switch_on_timeline('public.partner_tasks', partner => 'n.partner_id', label => 'n.title', rules => array[
--     private.activity_rule('task_created', 'insert', occurred_at => 'n.created_at', visible => 'n.is_shared', backfilled => true),
--     private.activity_rule('task_completed', 'update', $$o.status <> 'completed' and n.status = 'completed'$$,
--       occurred_at => 'n.completed_at', visible => 'n.is_shared', before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)')
--   ]);
--
-- n is the new row (of a delete: the one that goes), o the row before (of an update). Each rule that happened makes one event of a
-- row. The table has id, organization_id and version, and bumps its version at each update. A person in before, after or details
-- goes with their id beside the name: by the id an erasure finds them.

set local lock_timeout = '5s';

-- In plpgsql their plans are kept: they are asked once in each statement that leaves an event.
create or replace function private.actor() returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce('user:' || auth.uid(), 'system:' || coalesce(nullif(current_setting('app.job', true), ''), current_user));
end
$$;

create or replace function private.actor_name() returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  me constant uuid := auth.uid();
begin
  return (select p.display_name from public.profiles as p where p.user_id = me);
end
$$;

create type private.activity_rule as (
  kind text,
  on_event text,
  happened text,
  occurred_at text,
  visible text,
  before text,
  after text,
  details text,
  backfilled boolean
);

comment on type private.activity_rule is 'What makes an event of a change: pieces of SQL over n, the row, and o, the row before an update.';

create or replace function private.activity_rule(
  kind text, on_event text, happened text default 'true', occurred_at text default 'now()', visible text default 'false',
  before text default 'null', after text default 'null', details text default 'null', backfilled boolean default false
) returns private.activity_rule
language sql
immutable
set search_path = ''
as $$
  select row(kind, on_event, happened, occurred_at, visible, before, after, details, backfilled)::private.activity_rule
$$;

comment on function private.activity_rule is
  'For switch_on_timeline. backfilled: also of rows that were there before, where no event of this kind tells of them yet.';

create table if not exists private.activity_tables (
  target regclass not null,
  rules private.activity_rule[] not null,
  partner text not null,
  label text not null,
  backfill text,
  constraint activity_tables_pkey primary key (target)
);

comment on table private.activity_tables is
  'What feeds the timeline, and by which rules. No policies on purpose: private.switch_on_timeline only.';
comment on column private.activity_tables.backfill is 'The statement that makes events of a chunk of rows; empty where no rule reaches back.';

alter table private.activity_tables enable row level security;

-- What is inserted for the rules of one command, from `source`, which gives n (and o). A value is computed for what happened only,
-- hence the cases. Nothing on the timeline lies in the future, whatever date a fact brings along.
create or replace function private.activity_statement(
  target regclass, source text, partner text, label text, rules private.activity_rule[], condition text default 'true'
) returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'insert into public.partner_activity_log (organization_id, partner_id, kind, occurred_at, actor, actor_name, subject_table, subject_id,
       subject_label, is_visible_to_partner, before, after, details, source_key)
     select n.organization_id, %1$s, e.kind,
       greatest(least(case e.rule %2$s end, now()), timestamptz ''1900-01-01 00:00:00+00''),
       (select private.actor()), (select private.actor_name()), %3$L, n.id, left((%4$s)::text, 300),
       coalesce(case e.rule %5$s end, false), case e.rule %6$s end, case e.rule %7$s end, case e.rule %8$s end,
       concat_ws('':'', %3$L, n.id, %9$s, e.kind)
     from %10$s
     cross join lateral (values %11$s) as e (rule, kind, happened)
     where e.happened and %12$s
     on conflict (organization_id, source_key) do nothing',
    partner,
    string_agg(format('when %s then (%s)::timestamptz', "position", rule.occurred_at), ' ' order by "position"),
    (select c.relname from pg_catalog.pg_class as c where c.oid = target),
    label,
    string_agg(format('when %s then (%s)', "position", rule.visible), ' ' order by "position"),
    string_agg(format('when %s then (%s)::jsonb', "position", rule.before), ' ' order by "position"),
    string_agg(format('when %s then (%s)::jsonb', "position", rule.after), ' ' order by "position"),
    string_agg(format('when %s then (%s)::jsonb', "position", rule.details), ' ' order by "position"),
    -- A row begins once: a backfill much later has to come to the same key.
    case when bool_and(rule.on_event = 'insert') then '1' else 'n.version' end,
    source,
    string_agg(format('(%s, %L, (%s))', "position", rule.kind, rule.happened), ', ' order by "position"),
    condition
  )
  from unnest(rules) with ordinality as rule (kind, on_event, happened, occurred_at, visible, before, after, details, backfilled, "position")
$$;

-- For migrations: from now on what the rules describe leaves events. Ask again to replace all rules of the table.
create or replace function private.switch_on_timeline(
  target regclass, partner text, label text, rules private.activity_rule[]
) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  rule private.activity_rule;
  kind private.activity_kinds;
  command record;
  trigger_name text;
  writer text;
  statement text;
  reaching_back constant private.activity_rule[] := array(select r from unnest(rules) as r where r.backfilled);
begin
  if coalesce(cardinality(rules), 0) = 0 then
    raise exception 'Without a rule nothing of % would ever be on the timeline.', target;
  end if;
  foreach rule in array rules loop
    select * into kind from private.activity_kinds as k where k.kind = rule.kind;
    if not found then
      raise exception 'There is no kind % of event: add it to private.activity_kinds.', rule.kind;
    elsif not kind.for_partner and rule.visible <> 'false' then
      raise exception 'Events of the kind % are never shown to the partner.', rule.kind;
    elsif rule.on_event not in ('insert', 'update', 'delete') then
      raise exception 'Rows are inserted, updated or deleted, not %.', rule.on_event;
    elsif rule.backfilled and rule.on_event <> 'insert' then
      raise exception 'What happened at an % cannot be seen in a row any more: only rules of inserts reach back.', rule.on_event;
    end if;
  end loop;
  if exists (select from unnest(rules) as r group by r.kind, r.on_event having count(*) > 1) then
    raise exception 'Two rules of % make the same kind of event: the second would be taken for a repetition.', target;
  end if;

  for command in
    select given.*, array(select r from unnest(rules) as r where r.on_event = given.name) as rules
    from (values
      ('insert', 'new table as new_rows', 'new_rows', 'new_rows as n', '%1$s as n'),
      ('update', 'old table as old_rows new table as new_rows', 'new_rows',
        'new_rows as n join old_rows as o on o.id = n.id', '%1$s as n join %1$s as o on o.id = n.id'),
      ('delete', 'old table as old_rows', 'old_rows', 'old_rows as n', '%1$s as n')
    ) as given (name, transition, main, source, whole)
  loop
    trigger_name := '_500_log_activity_on_' || command.name;
    if exists (select from pg_catalog.pg_trigger as t where t.tgrelid = target and t.tgname = trigger_name) then
      execute format('drop trigger %I on %s', trigger_name, target);
    end if;
    continue when cardinality(command.rules) = 0;
    -- A mistake in a rule shows here, not at the first write.
    execute 'explain ' || private.activity_statement(target, format(command.whole, target), partner, label, command.rules);
    statement := private.activity_statement(target, command.source, partner, label, command.rules);
    writer := format('log_activity_of_%s_on_%s', (select c.relname from pg_catalog.pg_class as c where c.oid = target), command.name);
    -- Definer, because nobody may add to the timeline but through here. An upsert fires the triggers of both commands, one of them
    -- for nothing. The kept plan was made for one row and must hold for 10,000: hence no loop over a loop.
    execute format(
      'create or replace function private.%1$I() returns trigger
       language plpgsql
       volatile
       security definer
       set search_path = ''''
       set timezone = ''UTC''
       set enable_nestloop = off
       set enable_mergejoin = off
       set jit = off
       as %2$L',
      writer, format(E'begin\n  if exists (select from %s) then\n    %s;\n  end if;\n  return null;\nend', command.main, statement)
    );
    execute format(
      'create trigger %I after %s on %s referencing %s for each statement execute function private.%I()',
      trigger_name, command.name, target, command.transition, writer
    );
  end loop;

  insert into private.activity_tables (target, rules, partner, label, backfill)
  select target, rules, partner, label, case when cardinality(reaching_back) > 0 then format(
    'with chunk as materialized (select * from %s where $1 is null or id > $1 order by id limit $2),
     added as (%s returning 1)
     select (select id from chunk order by id desc limit 1), (select count(*) from chunk), (select count(*) from added)',
    target,
    -- Keys of one row stand together; ";" comes right after ":".
    private.activity_statement(target, 'chunk as n', partner, label, reaching_back, format(
      'not exists (
         select from public.partner_activity_log as l
         where l.organization_id = n.organization_id and l.source_key > %1$L || n.id || '':'' and l.source_key < %1$L || n.id || '';''
           and split_part(l.source_key, '':'', 4) = e.kind
       )',
      (select c.relname from pg_catalog.pg_class as c where c.oid = target) || ':'
    ))
  ) end
  on conflict on constraint activity_tables_pkey do update
  set rules = excluded.rules, partner = excluded.partner, label = excluded.label, backfill = excluded.backfill;
end
$$;

comment on function private.switch_on_timeline is
  'For migrations: from now on what the rules describe leaves events. partner and label are SQL over n, like what rules say.';

-- One chunk of a table's history, in the order of ids. Whoever drives it commits each chunk and comes back with last_id until nothing
-- was examined; stopped anywhere, repeated, or run twice at once beside live writes, it makes no second event.
create or replace function private.backfill_partner_activity(
  target regclass, after_id uuid default null, chunk integer default 10000, out last_id uuid, out examined bigint, out added bigint
)
language plpgsql
volatile
set search_path = ''
set timezone = 'UTC'
set jit = off
as $$
declare
  statement text;
begin
  select t.backfill into statement from private.activity_tables as t where t.target = backfill_partner_activity.target;
  if statement is null then
    raise exception 'No rule of % reaches back.', target;
  end if;
  execute statement into last_id, examined, added using after_id, least(greatest(chunk, 1), 100000);
end
$$;

comment on function private.backfill_partner_activity is
  'Makes events of rows that were there before; gives the last row seen, how many were, and how many events are new.';
