-- The settings of category "commission". A partner without a rate of its own inherits these, for open deals only: amounts that
-- were earned or paid never move.

set local lock_timeout = '5s';

insert into public.configuration_definitions (category, key, position, value_type, is_required, label, help, default_value, schema) values
  ('commission', 'types', 10, 'array', true, 'Commission types', 'What partners are paid for, with the rate that holds where a partner has none of its own.',
    '[{"key": "referral", "label": "Referral", "rate": 15, "payment_model": "one-time", "description": "For bringing the customer."},
      {"key": "reseller", "label": "Reseller", "rate": 25, "payment_model": "one-time", "description": "For selling it."},
      {"key": "msp", "label": "Managed service", "rate": 20, "payment_model": "recurring", "description": "For running it for the customer."},
      {"key": "custom", "label": "Custom", "rate": 10, "payment_model": "hybrid", "description": "As agreed with the partner."}]',
    private.choice_list_schema('type', with_color => false, rules => '{"maxItems": 20}', extra => '[
      ["rate", {"type": "number", "title": "Default rate", "format": "percent", "minimum": 0, "maximum": 100, "multipleOf": 0.001}],
      ["payment_model", {"type": "string", "title": "Payment", "enum": ["one-time", "recurring", "hybrid"],
        "x-enum-labels": {"one-time": "Once", "recurring": "Recurring", "hybrid": "Once and recurring"}}],
      ["description", {"type": ["string", "null"], "title": "Description", "format": "long-text", "maxLength": 300}]]')),
  ('commission', 'default_type', 20, 'string', true, 'Type of new partners', 'A new partner begins with this commission type.',
    '"referral"', '{"type": "string", "x-references": {"category": "commission", "key": "types", "property": "key", "title": "Commission types"}}'),
  ('commission', 'recurring_months', 30, 'integer', true, 'Recurring commissions run for', 'Afterwards a recurring commission ends by itself.',
    '12', '{"type": "integer", "minimum": 1, "maximum": 120, "x-unit": "months"}'),
  ('commission', 'volume_tiers', 40, 'array', true, 'Rates by volume', 'From which yearly volume on, in the base currency, how much is added to a partner''s rate.',
    '[{"from": 0, "bonus": 0}, {"from": 100000, "bonus": 1}, {"from": 500000, "bonus": 2.5}]',
    '{"type": "array", "maxItems": 20, "x-item": "step", "x-ascending": {"property": "from", "startsAt": 0},
      "items": {"type": "object", "additionalProperties": false, "required": ["from", "bonus"], "x-fields": ["from", "bonus"],
        "properties": {
          "from": {"type": "number", "title": "From", "minimum": 0, "maximum": 999999999999, "multipleOf": 0.01, "x-unit": "a year"},
          "bonus": {"type": "number", "title": "Added to the rate", "format": "percent", "minimum": 0, "maximum": 50, "multipleOf": 0.001}}}}'),
  ('commission', 'deal_limits', 50, 'object', true, 'Smallest and largest deal', 'Deals below the smallest earn nothing; what lies above the largest earns nothing. In the base currency.',
    '{"minimum": 0, "maximum": null}',
    '{"type": "object", "additionalProperties": false, "required": ["minimum", "maximum"], "x-fields": ["minimum", "maximum"],
      "x-ascending-fields": [["minimum", "maximum"]],
      "properties": {
        "minimum": {"type": "number", "title": "Smallest deal", "minimum": 0, "maximum": 999999999999, "multipleOf": 0.01},
        "maximum": {"type": ["number", "null"], "title": "Largest deal", "description": "Empty: there is none.", "minimum": 0, "maximum": 999999999999, "multipleOf": 0.01}}}'),
  ('commission', 'hold_days', 60, 'integer', true, 'Hold before payment', 'An earned commission can be paid after so many days.',
    '30', '{"type": "integer", "minimum": 0, "maximum": 365, "x-unit": "days"}'),
  ('commission', 'clawback_days', 70, 'integer', true, 'Clawback', 'If the customer leaves within so many days, the commission is taken back.',
    '90', '{"type": "integer", "minimum": 0, "maximum": 730, "x-unit": "days"}'),
  ('commission', 'payout', 80, 'object', true, 'Payouts', 'When statements are made, and from which amount on, in the base currency, they are paid.',
    '{"frequency": "monthly", "day": 15, "minimum": 50}',
    '{"type": "object", "additionalProperties": false, "required": ["frequency", "day", "minimum"], "x-fields": ["frequency", "day", "minimum"],
      "properties": {
        "frequency": {"type": "string", "title": "How often", "enum": ["monthly", "quarterly"], "x-enum-labels": {"monthly": "Every month", "quarterly": "Every quarter"}},
        "day": {"type": "integer", "title": "Day of the month", "minimum": 1, "maximum": 28},
        "minimum": {"type": "number", "title": "Smallest payout", "minimum": 0, "maximum": 1000000, "multipleOf": 0.01}}}'),
  ('commission', 'rounding', 90, 'string', true, 'Rounding', 'How amounts are rounded to the smallest coin of their currency.',
    '"half_up"', '{"type": "string", "enum": ["half_up", "half_even", "down"],
      "x-enum-labels": {"half_up": "To the nearest, halves up", "half_even": "To the nearest, halves to the even coin", "down": "Down"}}'),
  ('commission', 'exclude_tax', 100, 'boolean', true, 'Without taxes and shipping', 'Commission is computed on the net amount of a deal.',
    'true', '{"type": "boolean"}'),
  ('commission', 'statement_note', 110, 'string', false, 'Note on statements', 'Stands below every statement that partners receive.',
    'null', '{"type": "string", "format": "long-text", "maxLength": 2000}')
on conflict (category, key) do nothing;
