-- Fields that an organization adds to its partners: what they are called, of which type, what they may hold. A value stands in the
-- row itself, under the id of its field, so a field can be renamed at any time. Its key never changes, its type not once there are
-- values; a field that is no longer wanted is archived, and what it held stays.

set local lock_timeout = '5s';

create table if not exists public.custom_field_definitions (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  entity text not null default 'partners',
  key text not null,
  label text not null,
  help text,
  field_type text not null,
  options jsonb not null default '{}',
  is_required boolean not null default false,
  position bigint not null default 0,
  archived_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint custom_field_definitions_pkey primary key (id),
  constraint custom_field_definitions_organization_id_id_key unique (organization_id, id),
  constraint custom_field_definitions_organization_id_entity_key_key unique (organization_id, entity, key),
  constraint custom_field_definitions_organization_id_fkey foreign key (organization_id)
    references public.organizations (id) on delete cascade,
  constraint custom_field_definitions_entity_check check (entity in ('partners')),
  constraint custom_field_definitions_key_check check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  constraint custom_field_definitions_label_check check (private.is_line(label, 60)),
  constraint custom_field_definitions_help_check check (private.is_prose(help, 300)),
  constraint custom_field_definitions_field_type_check check (field_type in (
    'text', 'long_text', 'number', 'money', 'percent', 'date', 'select', 'multi_select', 'person', 'checkbox', 'rating', 'url', 'email', 'phone'
  ))
);

comment on table public.custom_field_definitions is
  'Fields of the organization''s own. Delete is absent on purpose: a field is archived, and what it held stays.';
comment on column public.custom_field_definitions.entity is 'Which table it extends.';
comment on column public.custom_field_definitions.key is 'What imports and exports call it. It never changes.';
comment on column public.custom_field_definitions.options is
  'By type: choices of select and multi_select; precision, min and max of numbers and percentages; currency, min and max of money; max of a rating.';
comment on column public.custom_field_definitions.archived_at is 'Set to any time to archive, to null to bring back; the time is the database''s own.';

-- Two fields of one name could not be told apart on any screen.
create unique index if not exists custom_field_definitions_organization_id_entity_label_key on public.custom_field_definitions
  (organization_id, entity, lower(label)) where archived_at is null;
create index if not exists custom_field_definitions_organization_id_entity_position_idx on public.custom_field_definitions
  (organization_id, entity, position, id);

alter table public.custom_field_definitions enable row level security;

create policy select_partner_reader on public.custom_field_definitions for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('partners.read'))::uuid[]));
create policy insert_field_manager on public.custom_field_definitions for insert to authenticated
  with check (organization_id = any ((select private.organizations_where_i_can('custom_fields.manage'))::uuid[]));
create policy update_field_manager on public.custom_field_definitions for update to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('custom_fields.manage'))::uuid[]))
  with check (organization_id = any ((select private.organizations_where_i_can('custom_fields.manage'))::uuid[]));

grant select on public.custom_field_definitions to authenticated;
grant insert (organization_id, entity, key, label, help, field_type, options, is_required, position)
on public.custom_field_definitions to authenticated;
grant update (label, help, field_type, options, is_required, position, archived_at) on public.custom_field_definitions to authenticated;

create or replace trigger _100_touch_version
before update on public.custom_field_definitions
for each row execute function private.touch_version();

-- What can be said of a field of each type, as a schema of the same kind as those of the configuration.
create or replace function private.custom_field_options_schema(field_type text) returns jsonb
language sql
immutable
set search_path = ''
as $$
  select '{"type": "object"}'::jsonb || case
    when field_type in ('select', 'multi_select') then jsonb_build_object(
      'required', '["choices"]'::jsonb,
      'properties', jsonb_build_object('choices', private.choice_list_schema('choice', rules => '{"title": "Choices", "maxItems": 200}'))
    )
    when field_type in ('number', 'percent') then '{"x-ascending-fields": [["min", "max"]], "properties": {
      "precision": {"type": "integer", "title": "Digits after the point", "minimum": 0, "maximum": 6},
      "min": {"type": "number", "title": "Smallest value"},
      "max": {"type": "number", "title": "Largest value"}}}'
    when field_type = 'money' then '{"x-ascending-fields": [["min", "max"]], "properties": {
      "currency": {"type": "string", "title": "Currency", "format": "currency"},
      "min": {"type": "number", "title": "Smallest amount"},
      "max": {"type": "number", "title": "Largest amount"}}}'
    when field_type = 'rating' then '{"properties": {"max": {"type": "integer", "title": "Best rating", "minimum": 2, "maximum": 10}}}'
    else '{"properties": {}}'
  end
$$;

-- Whoever changes what values may be, and whoever writes values, look at each other's work: the first alone, the others together.
create or replace function private.custom_fields_lock(organization uuid) returns bigint
language sql
immutable
set search_path = ''
as $$
  select hashtextextended('custom_fields:' || organization, 0)
$$;

-- How many rows hold a value of a field; with a choice, this one among others.
create or replace function private.count_custom_values(organization uuid, entity text, field uuid, choice text default null) returns bigint
language sql
stable
set search_path = ''
as $$
  select count(*)
  from public.partners as p
  where $2 = 'partners' and p.organization_id = $1 and coalesce(p.custom_fields -> $3::text, 'null') <> 'null'
    and ($4 is null or p.custom_fields -> $3::text ? $4)
$$;

create or replace function private.custom_field_problems(field public.custom_field_definitions, before public.custom_field_definitions)
returns table (path text, message text)
language sql
stable
set search_path = ''
as $$
  select '/options' || p.path, p.message
  from private.json_schema_problems(private.custom_field_options_schema(field.field_type), field.options) as p
  union all
  select '/options', 'Options are larger than 64 KB: shorten them' where octet_length(field.options::text) > 65536
  union all
  select '/field_type', format('The type stays, because %s partners have a value: archive this field and add another one', used.values)
  from (select private.count_custom_values(before.organization_id, before.entity, before.id) as values) as used
  where before.field_type <> field.field_type and used.values > 0
  union all
  select '/options/choices', format('“%s” stays, because %s partners have it: give them another choice first', lost.choice ->> 'label', used.values)
  from jsonb_array_elements(before.options -> 'choices') as lost (choice)
  cross join lateral (
    select private.count_custom_values(before.organization_id, before.entity, before.id, lost.choice ->> 'key') as values
  ) as used
  where field.options -> 'choices' is distinct from before.options -> 'choices'
    and not coalesce(field.options -> 'choices', '[]') @> jsonb_build_array(jsonb_build_object('key', lost.choice -> 'key'))
    and used.values > 0
  union all
  select '', 'There are 200 fields already, and more cannot be shown: archive one that is no longer needed'
  where field.archived_at is null and (before.id is null or before.archived_at is not null) and 200 <= (
    select count(*) from public.custom_field_definitions as d
    where d.organization_id = field.organization_id and d.entity = field.entity and d.archived_at is null
  )
$$;

-- Definer, because values are counted in all rows of the organization, whichever of them the person may see.
create or replace function private.check_custom_field() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  problems jsonb;
begin
  perform pg_advisory_xact_lock(private.custom_fields_lock(new.organization_id));
  if new.archived_at is not null and (tg_op = 'INSERT' or old.archived_at is distinct from new.archived_at) then
    new.archived_at := now();
  end if;
  select jsonb_agg(jsonb_build_object('path', p.path, 'message', p.message) order by p.number) into problems
  from private.custom_field_problems(new, case tg_op when 'UPDATE' then old end) with ordinality as p (path, message, number);
  if problems is not null then
    raise exception '%', problems #>> '{0,message}' || '.' using
      errcode = 'PW067', detail = problems::text, hint = 'Correct what is named and save again.';
  end if;
  return new;
end
$$;

create or replace trigger _200_check_custom_field
before insert or update on public.custom_field_definitions
for each row execute function private.check_custom_field();

select private.switch_on_audit('public.custom_field_definitions', label => 'r.label');
