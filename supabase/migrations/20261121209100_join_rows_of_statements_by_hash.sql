-- Triggers that compare the rows of a statement before and after join the two. Postgres plans that once in a session, for the first
-- statement, which mostly has one row, and keeps the plan: a loop over a loop. A later statement of 3,000 partners took 15 seconds in
-- two such triggers; by hash they take 0.1. None of these functions reaches for a large table, where a loop by an index is right.

set local lock_timeout = '5s';

do $$
declare
  slow regprocedure;
begin
  for slow in
    select distinct p.oid::regprocedure
    from pg_catalog.pg_proc as p
    where p.pronamespace = 'private'::regnamespace and p.prorettype = 'trigger'::regtype
      and (p.proname ~ '^check_choices_of_'
        or p.proname in ('check_custom_values_on_update', 'check_opportunity_currencies', 'keep_stage_history', 'log_opportunities_that_moved_away'))
  loop
    execute format('alter function %s set enable_nestloop = off', slow);
    execute format('alter function %s set enable_mergejoin = off', slow);
    -- What is switched off is given an enormous cost, which would be reason enough to compile it.
    execute format('alter function %s set jit = off', slow);
  end loop;
end
$$;

-- This one does reach for a large table, by its index; only the rows of the statement are joined by hash, which a full join has to be.
create or replace function private.unlink_moved_opportunities() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.partner_referrals as r set opportunity_id = null
  from (
    select n.organization_id, n.id, n.partner_id, o.partner_id as was
    from new_rows as n
    full join old_rows as o on o.id = n.id
    offset 0
  ) as moved
  where moved.partner_id is distinct from moved.was
    and r.organization_id = moved.organization_id and r.opportunity_id = moved.id and r.partner_id <> moved.partner_id;
  return null;
end
$$;
