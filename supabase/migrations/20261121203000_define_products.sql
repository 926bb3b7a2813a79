-- A deal is registered for a product: the same customer can be one partner's for one of them and another's for the next.

set local lock_timeout = '5s';

insert into public.configuration_definitions (category, key, position, value_type, is_required, label, help, default_value, schema) values
  ('partners', 'products', 85, 'array', true, 'Products', 'What deals are registered for. Each customer can be registered once for each product.',
    '[{"key": "platform", "label": "Platform", "color": "violet"}, {"key": "add_ons", "label": "Add-ons", "color": "sky"},
      {"key": "services", "label": "Services", "color": "teal"}]',
    private.choice_list_schema('product'))
on conflict (category, key) do nothing;
