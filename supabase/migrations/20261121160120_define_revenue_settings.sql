-- The settings of category "revenue" and "pipeline": what is to be reached, and the way of a deal.

set local lock_timeout = '5s';

insert into public.configuration_definitions (category, key, position, value_type, is_required, label, help, default_value, schema) values
  ('revenue', 'quarterly_target', 10, 'object', false, 'Quarterly revenue target', 'What partner business is to bring in a quarter. Without one, no progress is shown.',
    'null', '{"type": "object", "format": "money", "exclusiveMinimum": 0, "maximum": 999999999999}'),
  ('revenue', 'targets_by_region', 20, 'array', true, 'Targets by region', 'The quarter''s target of each region that has one.',
    '[]',
    '{"type": "array", "maxItems": 50, "x-item": "target", "x-unique": ["region"],
      "items": {"type": "object", "additionalProperties": false, "required": ["region", "target"], "x-fields": ["region", "target"], "x-label": "region",
        "properties": {
          "region": {"type": "string", "title": "Region", "x-references": {"category": "partners", "key": "regions", "property": "key", "title": "Regions"}},
          "target": {"type": "object", "title": "Target", "format": "money", "exclusiveMinimum": 0, "maximum": 999999999999}}}}'),
  ('revenue', 'currencies', 30, 'array', true, 'Currencies of deals', 'In which deals can be entered. Amounts of different currencies are never added up.',
    '["USD", "EUR", "GBP"]',
    '{"type": "array", "minItems": 1, "maxItems": 40, "uniqueItems": true, "x-item": "currency", "items": {"type": "string", "format": "currency"}}'),
  ('revenue', 'forecast', 40, 'object', true, 'Forecast', 'How open deals count in the forecast, and how far it looks ahead.',
    '{"method": "weighted", "months": 6}',
    '{"type": "object", "additionalProperties": false, "required": ["method", "months"], "x-fields": ["method", "months"],
      "properties": {
        "method": {"type": "string", "title": "Open deals count", "enum": ["weighted", "committed", "full"],
          "x-enum-labels": {"weighted": "By their probability", "committed": "In full, from 75 percent on", "full": "In full"}},
        "months": {"type": "integer", "title": "Look ahead", "minimum": 1, "maximum": 24, "x-unit": "months"}}}'),
  ('revenue', 'approval_threshold', 50, 'object', false, 'Deals that need approval', 'A deal of this amount or more has to be approved. Without one, none has to.',
    '{"amount": "100000", "currency": "USD"}', '{"type": "object", "format": "money", "minimum": 0, "maximum": 999999999999}'),
  ('revenue', 'on_track_percent', 60, 'number', true, 'On track from', 'A target whose progress is at least this share of what should be reached by now is on track.',
    '90', '{"type": "number", "format": "percent", "minimum": 1, "maximum": 100, "multipleOf": 0.1}'),

  ('pipeline', 'stages', 10, 'array', true, 'Deal stages', 'The way of a deal, and how probable it is to be won from there.',
    '[{"key": "lead", "label": "Lead", "color": "slate", "probability": 10, "outcome": "open"},
      {"key": "demo", "label": "Demo", "color": "sky", "probability": 25, "outcome": "open"},
      {"key": "poc", "label": "Proof of concept", "color": "violet", "probability": 50, "outcome": "open"},
      {"key": "proposal", "label": "Proposal", "color": "amber", "probability": 75, "outcome": "open"},
      {"key": "closed_won", "label": "Closed won", "color": "green", "probability": 100, "outcome": "won"},
      {"key": "closed_lost", "label": "Closed lost", "color": "rose", "probability": 0, "outcome": "lost"}]',
    private.choice_list_schema('stage', '[
      ["probability", {"type": "number", "title": "Probability", "format": "percent", "minimum": 0, "maximum": 100, "multipleOf": 0.1, "default": 50}],
      ["outcome", {"type": "string", "title": "Outcome", "enum": ["open", "won", "lost"], "x-enum-labels": {"open": "Still open", "won": "Won", "lost": "Lost"}}]]',
      '{"maxItems": 20, "x-count": [
        {"property": "outcome", "equals": "open", "minimum": 1, "message": "needs at least one stage that is still open"},
        {"property": "outcome", "equals": "won", "minimum": 1, "maximum": 1, "message": "needs exactly one stage whose outcome is won"},
        {"property": "outcome", "equals": "lost", "minimum": 1, "maximum": 1, "message": "needs exactly one stage whose outcome is lost"}]}')),
  ('pipeline', 'win_reasons', 20, 'array', true, 'Reasons for winning', 'One is asked for when a deal is won.',
    '[{"key": "price", "label": "Price"}, {"key": "product", "label": "Product fit"}, {"key": "partner", "label": "The partner''s recommendation"},
      {"key": "relationship", "label": "Relationship"}, {"key": "other", "label": "Other"}]',
    private.choice_list_schema('reason', with_color => false)),
  ('pipeline', 'loss_reasons', 30, 'array', true, 'Reasons for losing', 'One is asked for when a deal is lost.',
    '[{"key": "price", "label": "Price"}, {"key": "competitor", "label": "Another vendor"}, {"key": "no_budget", "label": "No budget"},
      {"key": "no_decision", "label": "No decision"}, {"key": "timing", "label": "Timing"}, {"key": "other", "label": "Other"}]',
    private.choice_list_schema('reason', with_color => false)),
  ('pipeline', 'sources', 40, 'array', true, 'Sources of deals', 'Where a deal came from.',
    '[{"key": "partner", "label": "Partner"}, {"key": "inbound", "label": "Inbound"}, {"key": "outbound", "label": "Outbound"},
      {"key": "event", "label": "Event"}]',
    private.choice_list_schema('source', with_color => false)),
  ('pipeline', 'stale_after_days', 50, 'integer', true, 'A deal is stale after', 'Without a change for so long it is marked.',
    '30', '{"type": "integer", "minimum": 1, "maximum": 365, "x-unit": "days"}'),
  ('pipeline', 'close_reminder_days', 60, 'array', true, 'Reminders before closing', 'So many days before the expected date, the owner is reminded.',
    '[14, 3]', '{"type": "array", "maxItems": 10, "uniqueItems": true, "x-item": "reminder", "items": {"type": "integer", "title": "Days before", "minimum": 0, "maximum": 365, "x-unit": "days before"}}'),
  ('pipeline', 'require_next_step', 70, 'boolean', true, 'Ask for a next step', 'An open deal needs a next task before it can move on.',
    'false', '{"type": "boolean"}')
on conflict (category, key) do nothing;
