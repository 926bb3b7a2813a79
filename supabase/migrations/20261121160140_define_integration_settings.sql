-- The settings of category "integration": which other systems there are and how often they are asked. Keys and passwords are no
-- configuration: everybody in the organization can read this.

set local lock_timeout = '5s';

insert into public.configuration_definitions (category, key, position, value_type, is_required, label, help, default_value, schema)
select 'integration', given.key, given.place, 'object', true, given.label, given.help,
  jsonb_build_object('enabled', false, 'address', null, 'sync_minutes', given.minutes) || given.more_default,
  jsonb_build_object(
    'type', 'object', 'additionalProperties', false,
    'required', '["enabled", "address", "sync_minutes"]'::jsonb,
    'x-fields', '["enabled"]'::jsonb || given.more_fields || '["address", "sync_minutes"]'::jsonb,
    'x-required-when', '[{"property": "enabled", "equals": true, "required": ["address"]}]'::jsonb,
    'properties', jsonb_build_object(
      'enabled', '{"type": "boolean", "title": "Connected"}'::jsonb,
      'address', jsonb_build_object('type', '["string", "null"]'::jsonb, 'title', 'Address', 'format', 'uri', 'description', given.address_help),
      'sync_minutes', '{"type": "integer", "title": "Ask every", "minimum": 5, "maximum": 1440, "x-unit": "minutes"}'::jsonb
    ) || given.more_properties
  )
from (values
  ('airtable', 10, 'Airtable', 'Partners are taken over from a base.', 60, 'The address of the base.', '{}'::jsonb, '[]'::jsonb, '{}'::jsonb),
  ('crm', 20, 'CRM', 'Deals are kept in step with the customer system.', 15, 'The address of its API.', '{"system": "hubspot"}'::jsonb, '["system"]'::jsonb,
    '{"system": {"type": "string", "title": "System", "enum": ["hubspot", "salesforce", "dynamics", "pipedrive", "other"],
      "x-enum-labels": {"hubspot": "HubSpot", "salesforce": "Salesforce", "dynamics": "Dynamics 365", "pipedrive": "Pipedrive", "other": "Another one"}}}'::jsonb),
  ('notion', 30, 'Notion', 'Agreements and plans are linked from a workspace.', 120, 'The address of the workspace.', '{}'::jsonb, '[]'::jsonb, '{}'::jsonb)
) as given (key, place, label, help, minutes, address_help, more_default, more_fields, more_properties)
on conflict (category, key) do nothing;

insert into public.configuration_definitions (category, key, position, value_type, is_required, label, help, default_value, schema) values
  ('integration', 'mail', 40, 'object', true, 'Mail', 'Who mails to partners come from.',
    '{"enabled": false, "sender_name": null, "address": null, "reply_to": null, "sync_minutes": 15}',
    '{"type": "object", "additionalProperties": false, "required": ["enabled", "sender_name", "address", "reply_to", "sync_minutes"],
      "x-fields": ["enabled", "sender_name", "address", "reply_to", "sync_minutes"],
      "x-required-when": [{"property": "enabled", "equals": true, "required": ["sender_name", "address"]}],
      "properties": {
        "enabled": {"type": "boolean", "title": "Send mails"},
        "sender_name": {"type": ["string", "null"], "title": "Sender''s name", "minLength": 1, "maxLength": 80},
        "address": {"type": ["string", "null"], "title": "Sender''s address", "format": "email"},
        "reply_to": {"type": ["string", "null"], "title": "Answers go to", "description": "Empty: to the sender''s address.", "format": "email"},
        "sync_minutes": {"type": "integer", "title": "Send every", "minimum": 5, "maximum": 1440, "x-unit": "minutes"}}}')
on conflict (category, key) do nothing;
