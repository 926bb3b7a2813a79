-- What the timeline of a partner tells of its deals. Each change is told once: a deal that is won has not also moved on a stage. Of a
-- deal without a partner nothing is told; one that changes partners is told of on both sides.

set local lock_timeout = '5s';

insert into private.activity_kinds (kind, label, area, "position", permission, for_partner) values
  ('opportunity_received', 'Opportunity assigned to the partner', 'opportunities', 101, 'opportunities.read', false),
  ('opportunity_moved_away', 'Opportunity taken from the partner', 'opportunities', 102, 'opportunities.read', false)
on conflict on constraint activity_kinds_pkey do nothing;

select private.switch_on_timeline('public.opportunities', partner => 'n.partner_id', label => 'n.name', rules => array[
  private.activity_rule('opportunity_created', 'insert', 'n.partner_id is not null', occurred_at => 'n.created_at', backfilled => true,
    after => $$jsonb_build_object('stage', n.stage, 'value', n.value, 'currency', n.currency)$$),
  private.activity_rule('opportunity_won', 'insert', $$n.partner_id is not null and n.status = 'won'$$, occurred_at => 'n.closed_at',
    backfilled => true, after => 'to_jsonb(n.stage)',
    details => $$jsonb_build_object('reason', n.reason, 'value', n.value, 'currency', n.currency)$$),
  private.activity_rule('opportunity_lost', 'insert', $$n.partner_id is not null and n.status = 'lost'$$, occurred_at => 'n.closed_at',
    backfilled => true, after => 'to_jsonb(n.stage)',
    details => $$jsonb_build_object('reason', n.reason, 'value', n.value, 'currency', n.currency)$$),
  private.activity_rule('opportunity_stage_changed', 'update',
    $$n.partner_id is not null and n.stage <> o.stage and (n.status = 'open' or n.status = o.status)$$,
    before => 'to_jsonb(o.stage)', after => 'to_jsonb(n.stage)'),
  private.activity_rule('opportunity_won', 'update', $$n.partner_id is not null and n.status = 'won' and o.status <> 'won'$$,
    before => 'to_jsonb(o.stage)', after => 'to_jsonb(n.stage)',
    details => $$jsonb_build_object('reason', n.reason, 'value', n.value, 'currency', n.currency)$$),
  private.activity_rule('opportunity_lost', 'update', $$n.partner_id is not null and n.status = 'lost' and o.status <> 'lost'$$,
    before => 'to_jsonb(o.stage)', after => 'to_jsonb(n.stage)',
    details => $$jsonb_build_object('reason', n.reason, 'value', n.value, 'currency', n.currency)$$),
  private.activity_rule('opportunity_owner_changed', 'update', 'n.partner_id is not null and n.owner_id is distinct from o.owner_id',
    before => 'private.member_as_event(n.organization_id, o.owner_id)', after => 'private.member_as_event(n.organization_id, n.owner_id)'),
  private.activity_rule('opportunity_value_changed', 'update',
    'n.partner_id is not null and (n.value, n.currency) is distinct from (o.value, o.currency)',
    before => $$jsonb_build_object('value', o.value, 'currency', o.currency)$$,
    after => $$jsonb_build_object('value', n.value, 'currency', n.currency)$$),
  private.activity_rule('opportunity_received', 'update', 'n.partner_id is not null and n.partner_id is distinct from o.partner_id',
    details => $$jsonb_build_object('stage', n.stage, 'value', n.value, 'currency', n.currency)$$)
]);

-- The other side of a move, by the same writer's statement: its event stands with the partner that the deal had before. Definer,
-- because nobody may add to the timeline but through here.
do $$
begin
  execute format(
    'create or replace function private.log_opportunities_that_moved_away() returns trigger
     language plpgsql
     volatile
     security definer
     set search_path = ''''
     set timezone = ''UTC''
     set jit = off
     as %L',
    format(
      E'begin\n  if exists (select from new_rows as n join old_rows as o on o.id = n.id where o.partner_id is distinct from n.partner_id) then\n    %s;\n  end if;\n  return null;\nend',
      private.activity_statement(
        'public.opportunities', 'new_rows as n join old_rows as o on o.id = n.id', 'o.partner_id', 'n.name', array[
          private.activity_rule('opportunity_moved_away', 'update', 'o.partner_id is not null and o.partner_id is distinct from n.partner_id')
        ]
      )
    )
  );
end
$$;

create or replace trigger _510_log_those_that_moved_away
after update on public.opportunities referencing old table as old_rows new table as new_rows
for each statement execute function private.log_opportunities_that_moved_away();
