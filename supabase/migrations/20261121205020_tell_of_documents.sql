-- What happens to documents and resources, in the timeline of their partner.

set local lock_timeout = '5s';

select private.switch_on_timeline('public.partner_documents', partner => 'n.partner_id', label => 'n.title', rules => array[
  private.activity_rule(
    kind => 'document_added', on_event => 'insert', occurred_at => 'n.created_at', visible => 'n.is_shared',
    after => 'to_jsonb(n.document_type)', backfilled => true
  ),
  private.activity_rule(
    kind => 'document_replaced', on_event => 'update',
    happened => $$(o.current_version > 0 and n.current_version > o.current_version)
      or (o.notion_url is not null and n.notion_url is not null and o.notion_url <> n.notion_url)$$,
    visible => 'n.is_shared',
    before => 'to_jsonb(nullif(o.current_version, n.current_version))', after => 'to_jsonb(nullif(n.current_version, o.current_version))'
  ),
  private.activity_rule(
    kind => 'document_shared', on_event => 'update', happened => 'n.is_shared and not o.is_shared', visible => 'true'
  ),
  private.activity_rule(
    kind => 'document_removed', on_event => 'update', happened => 'o.archived_at is null and n.archived_at is not null',
    occurred_at => 'n.archived_at', visible => 'o.is_shared'
  ),
  private.activity_rule(
    kind => 'document_removed', on_event => 'delete', happened => 'n.archived_at is null', visible => 'n.is_shared'
  )
]);

-- One that is for every partner is in nobody's timeline: it would be the same line a thousand times.
select private.switch_on_timeline('public.partner_resources', partner => 'n.partner_id', label => 'n.title', rules => array[
  private.activity_rule(
    kind => 'resource_published', on_event => 'insert', happened => 'n.partner_id is not null and n.published_at is not null',
    occurred_at => 'n.published_at', visible => 'true', backfilled => true
  ),
  private.activity_rule(
    kind => 'resource_published', on_event => 'update',
    happened => 'n.partner_id is not null and o.published_at is null and n.published_at is not null',
    occurred_at => 'n.published_at', visible => 'true'
  )
]);
