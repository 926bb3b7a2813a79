-- What a person recognises in the changes of a partner. Its name, website, region, tags and notes are not among them: they are in
-- the audit log.

set local lock_timeout = '5s';

-- Health is computed often and moves by a point or two: worth telling is when it crosses into another of the configured levels.
create or replace function private.health_level_differs(organization uuid, before bigint, after bigint) returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select from jsonb_array_elements(private.configuration_value(organization, 'partners', 'health_levels')) as level
    where (level ->> 'from')::numeric > least(before, after) and (level ->> 'from')::numeric <= greatest(before, after)
  );
end
$$;

create or replace function private.member_as_event(organization uuid, person uuid) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object('id', m.user_id, 'name', m.display_name)
    from public.memberships as m where m.organization_id = organization and m.user_id = person
  );
end
$$;

comment on function private.member_as_event is 'A colleague in before, after or details of an event: {id, name}; null for nobody.';

select private.switch_on_timeline('public.partners', partner => 'n.id', label => 'n.name', rules => array[
  private.activity_rule('partner_created', 'insert', occurred_at => 'n.created_at', visible => 'true', backfilled => true),
  private.activity_rule('partner_archived', 'insert', 'n.archived_at is not null', occurred_at => 'n.archived_at', backfilled => true),
  private.activity_rule('partner_archived', 'update', 'o.archived_at is null and n.archived_at is not null', occurred_at => 'n.archived_at'),
  private.activity_rule('partner_restored', 'update', 'o.archived_at is not null and n.archived_at is null'),
  private.activity_rule('status_changed', 'update', 'o.status <> n.status', visible => 'true',
    before => 'to_jsonb(o.status)', after => 'to_jsonb(n.status)'),
  private.activity_rule('tier_changed', 'update', 'o.tier is distinct from n.tier', visible => 'true',
    before => 'to_jsonb(o.tier)', after => 'to_jsonb(n.tier)'),
  private.activity_rule('owner_changed', 'update', 'o.owner_id is distinct from n.owner_id',
    before => 'private.member_as_event(n.organization_id, o.owner_id)', after => 'private.member_as_event(n.organization_id, n.owner_id)'),
  private.activity_rule('agreement_renewed', 'update',
    'n.agreement_ends_on > o.agreement_ends_on or n.agreement_renews_on > o.agreement_renews_on', visible => 'true',
    before => $$jsonb_build_object('starts_on', o.agreement_starts_on, 'ends_on', o.agreement_ends_on, 'renews_on', o.agreement_renews_on)$$,
    after => $$jsonb_build_object('starts_on', n.agreement_starts_on, 'ends_on', n.agreement_ends_on, 'renews_on', n.agreement_renews_on)$$,
    details => $$jsonb_build_object('terms_changed', o.agreement_terms is distinct from n.agreement_terms)$$),
  -- Whatever else becomes of it. A renewal is told as one.
  private.activity_rule('agreement_changed', 'update',
    $$(o.agreement_starts_on, o.agreement_ends_on, o.agreement_renews_on, o.agreement_terms)
        is distinct from (n.agreement_starts_on, n.agreement_ends_on, n.agreement_renews_on, n.agreement_terms)
      and (n.agreement_ends_on > o.agreement_ends_on or n.agreement_renews_on > o.agreement_renews_on) is not true$$, visible => 'true',
    before => $$jsonb_build_object('starts_on', o.agreement_starts_on, 'ends_on', o.agreement_ends_on, 'renews_on', o.agreement_renews_on)$$,
    after => $$jsonb_build_object('starts_on', n.agreement_starts_on, 'ends_on', n.agreement_ends_on, 'renews_on', n.agreement_renews_on)$$,
    details => $$jsonb_build_object('terms_changed', o.agreement_terms is distinct from n.agreement_terms)$$),
  private.activity_rule('contact_changed', 'update',
    $$(o.primary_contact_name, o.primary_contact_email, o.primary_contact_phone, o.primary_contact_role)
      is distinct from (n.primary_contact_name, n.primary_contact_email, n.primary_contact_phone, n.primary_contact_role)$$, visible => 'true',
    before => $$jsonb_build_object('name', o.primary_contact_name, 'email', o.primary_contact_email, 'phone', o.primary_contact_phone,
      'role', o.primary_contact_role)$$,
    after => $$jsonb_build_object('name', n.primary_contact_name, 'email', n.primary_contact_email, 'phone', n.primary_contact_phone,
      'role', n.primary_contact_role)$$),
  private.activity_rule('health_changed', 'update',
    $$o.relationship_health <> n.relationship_health
      and private.health_level_differs(n.organization_id, o.relationship_health, n.relationship_health)$$,
    before => 'to_jsonb(o.relationship_health)', after => 'to_jsonb(n.relationship_health)')
]);
