-- Which settings there are. A definition says what a setting is called, what it may be (JSON schema) and what it is as long as
-- nobody says otherwise: that default is the global level, and nobody inside an organization can change it.

set local lock_timeout = '5s';

create table if not exists public.configuration_definitions (
  category text not null,
  key text not null,
  value_type text not null,
  schema jsonb not null,
  default_value jsonb not null,
  label text not null,
  help text not null default '',
  position bigint not null,
  is_required boolean not null default true,
  created_at timestamptz not null default now(),
  constraint configuration_definitions_pkey primary key (category, key),
  constraint configuration_definitions_category_check
    check (category in ('organization', 'team', 'revenue', 'commission', 'pipeline', 'partners', 'integration')),
  constraint configuration_definitions_key_check check (key ~ '^[a-z][a-z0-9_]{1,59}$'),
  constraint configuration_definitions_value_type_check
    check (value_type in ('string', 'number', 'integer', 'boolean', 'array', 'object')),
  constraint configuration_definitions_label_check check (char_length(label) between 1 and 60),
  constraint configuration_definitions_help_check check (char_length(help) <= 300),
  constraint configuration_definitions_category_position_key unique (category, position)
);

comment on table public.configuration_definitions is
  'Which settings there are, and their global defaults. Insert, update and delete are absent on purpose: migrations only.';
comment on column public.configuration_definitions.schema is
  'JSON schema; its keywords stand in private.json_schema_keywords, and no others are accepted.';
comment on column public.configuration_definitions.is_required is
  'Whether a value is always needed; where it is not, null stands for "not set".';

-- A schema that cannot be checked, or a default that breaks it, never gets in.
create or replace function private.check_configuration_definition() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  defect text;
begin
  select string_agg(d, '; ') into defect from private.json_schema_defects(new.schema) as d;
  if defect is null and new.schema ->> 'type' is distinct from new.value_type then
    defect := 'its type is not that of the schema';
  end if;
  if defect is null and new.is_required and new.default_value = 'null' then
    defect := 'a required setting needs a default';
  end if;
  if defect is null and new.default_value <> 'null' then
    select string_agg(p.message, '; ') into defect
    from private.json_schema_problems(new.schema || jsonb_build_object('title', new.label), new.default_value) as p;
  end if;
  if defect is not null then
    raise exception 'The definition of %.% is not valid: %.', new.category, new.key, defect using errcode = 'check_violation';
  end if;
  return new;
end
$$;

alter table public.configuration_definitions enable row level security;

-- The same for everybody, but only who may see a configuration has use for it.
create policy select_config_reader on public.configuration_definitions for select to authenticated
  using ((select private.organizations_where_i_can('config.read')) <> '{}');

grant select on public.configuration_definitions to authenticated;

create or replace trigger _100_check_definition
before insert or update on public.configuration_definitions
for each row execute function private.check_configuration_definition();
