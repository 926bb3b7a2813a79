-- Measured on one insert: of what its event cost, half went into asking who acts, through two functions that each set a search path.
-- The statement asks itself now. And a repetition of a backfill compared each row of a chunk with every event of the organization,
-- for want of figures about a table that was empty a moment ago: it goes by the key, whatever the planner believes.

set local lock_timeout = '5s';

-- Who acts, as private.actor() and private.actor_name() say it: in the statement, so that they are planned with it and asked once, and
-- only if something happened.
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
       (select coalesce(''user:'' || auth.uid(), ''system:'' || coalesce(nullif(current_setting(''app.job'', true), ''''), current_user))),
       (select p.display_name from public.profiles as p where p.user_id = (select auth.uid())),
       %3$L, n.id, left((%4$s)::text, 300),
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

alter function private.backfill_partner_activity(regclass, uuid, integer) set enable_hashjoin = off;
alter function private.backfill_partner_activity(regclass, uuid, integer) set enable_mergejoin = off;
alter function private.backfill_partner_activity(regclass, uuid, integer) set enable_seqscan = off;
alter function private.backfill_partner_activity(regclass, uuid, integer) set enable_bitmapscan = off;
alter function private.backfill_partner_activity(regclass, uuid, integer) set enable_material = off;

-- Tables that feed the timeline already, with their statements built anew.
do $$
declare
  feeding private.activity_tables;
begin
  for feeding in select * from private.activity_tables loop
    perform private.switch_on_timeline(feeding.target, feeding.partner, feeding.label, feeding.rules);
  end loop;
end
$$;
