-- Before somebody saves: what is wrong with the new value, what in it differs, how many organizations take it over, and what it
-- does to rows that are there. Later features add their own effects to the registry; this function stays as it is.

set local lock_timeout = '5s';

create table if not exists private.configuration_effects (
  category text not null,
  key text not null,
  function_name text not null,
  position bigint not null default 10,
  description text not null,
  constraint configuration_effects_pkey primary key (category, key, function_name),
  constraint configuration_effects_definition_fkey foreign key (category, key)
    references public.configuration_definitions (category, key) on delete cascade
);

comment on table private.configuration_effects is
  'What a change of a setting does to rows that are there. No policies on purpose: only migrations and the preview touch it.';
comment on column private.configuration_effects.function_name is
  'A function in private of (organization uuid, before jsonb, after jsonb) that returns (amount bigint, message text).';

alter table private.configuration_effects enable row level security;

create or replace function private.check_configuration_effect() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if to_regprocedure(format('private.%I(uuid, jsonb, jsonb)', new.function_name)) is null then
    raise exception 'There is no function private.%(uuid, jsonb, jsonb).', new.function_name using errcode = 'undefined_function';
  end if;
  return new;
end
$$;

create or replace trigger _100_check_effect
before insert or update on private.configuration_effects
for each row execute function private.check_configuration_effect();

-- By what an entry is known again when it has moved: its first unique field, itself where it is a single value, else its place.
create or replace function private.json_item_identity(schema jsonb, item jsonb, place bigint) returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    item ->> (schema #>> '{x-unique,0}'),
    case when jsonb_typeof(item) not in ('object', 'array') then item #>> '{}' end,
    place::text
  )
$$;

-- A list in words: its entries by name. Everything else as its field shows it.
create or replace function private.json_content_in_words(schema jsonb, content jsonb) returns text
language sql
immutable
set search_path = ''
as $$
  select case
    when jsonb_typeof(content) = 'array' and schema ? 'items' then coalesce(
      (select string_agg(
        case when jsonb_typeof(item) = 'object' then private.json_item_name(schema -> 'items', item, place::integer)
          else private.json_value_in_words(schema -> 'items', item) end, ', ' order by place)
      from jsonb_array_elements(content) with ordinality as entry (item, place)),
      'nothing')
    else private.json_value_in_words(schema, content)
  end
$$;

create or replace function private.json_differences(
  schema jsonb, before jsonb, after jsonb, place text, title text, owner text
) returns table (path text, kind text, label text, was text, becomes text)
language plpgsql
stable
set search_path = ''
as $$
declare
  item_schema constant jsonb := schema -> 'items';
begin
  if before = after then
    return;
  elsif jsonb_typeof(before) = 'array' and jsonb_typeof(after) = 'array' and schema ? 'items' then
    return query
      with old_entry as (
        select item, number, private.json_item_identity(schema, item, number) as identity
        from jsonb_array_elements(before) with ordinality as entry (item, number)
      ),
      new_entry as (
        select item, number, private.json_item_identity(schema, item, number) as identity
        from jsonb_array_elements(after) with ordinality as entry (item, number)
      ),
      named as (
        select o.identity is null as is_added, n.identity is null as is_removed, o.item as old_item, n.item as new_item,
          coalesce(n.number, o.number)::integer as number, o.number as old_number, n.number as new_number,
          case when item_schema ? 'properties' then private.json_item_name(item_schema, coalesce(o.item, n.item), coalesce(n.number, o.number)::integer)
            else private.json_value_in_words(item_schema, coalesce(o.item, n.item)) end as name
        from old_entry as o full join new_entry as n on n.identity = o.identity
      )
      (select place || '/' || (named.number - 1), case when is_added then 'added' else 'removed' end, title || owner,
        case when is_removed then name end, case when is_added then name end
      from named where is_added or is_removed order by named.number)
      union all
      select place, 'moved', title || owner,
        string_agg(name, ', ' order by old_number), string_agg(name, ', ' order by new_number)
      from named where not is_added and not is_removed
      having array_agg(name order by old_number) <> array_agg(name order by new_number)
      union all
      select inside.path, inside.kind, inside.label, inside.was, inside.becomes
      from named
      cross join lateral private.json_differences(
        item_schema, old_item, new_item, place || '/' || (named.number - 1), title, ' of ' || name
      ) as inside
      where not is_added and not is_removed;
  elsif jsonb_typeof(before) = 'object' and jsonb_typeof(after) = 'object' and schema ? 'properties' then
    return query
      select inside.path, inside.kind, inside.label, inside.was, inside.becomes
      from jsonb_each(schema -> 'properties') as property (key, inner_schema)
      cross join lateral private.json_differences(
        inner_schema, coalesce(before -> key, 'null'), coalesce(after -> key, 'null'), private.json_pointer(place, key),
        private.json_title(inner_schema, key), owner
      ) as inside;
  else
    return query select place, 'changed', title || owner,
      private.json_content_in_words(schema, before), private.json_content_in_words(schema, after);
  end if;
end
$$;

create or replace function private.configuration_effects_of(
  organization uuid, category text, key text, before jsonb, after jsonb
) returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  effect record;
  found jsonb;
  effects jsonb := '[]';
begin
  for effect in
    select e.function_name from private.configuration_effects as e
    where e.category = $2 and e.key = $3 order by e.position, e.function_name
  loop
    execute format(
      'select jsonb_agg(jsonb_build_object(''amount'', e.amount, ''message'', e.message)) from private.%I($1, $2, $3) as e where e.amount > 0',
      effect.function_name
    ) into found using organization, before, after;
    effects := effects || coalesce(found, '[]');
  end loop;
  return effects;
end
$$;

-- Whether saving would be refused is found out by saving, and taking it back: the same triggers decide, so the two never differ.
create or replace function private.trial_of_configuration(organization uuid, category text, key text, value jsonb, reset boolean) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  problems text;
begin
  if not exists (select from public.configuration_definitions as d where d.category = $2 and d.key = $3) then
    return (select jsonb_agg(to_jsonb(p)) from private.configuration_problems(organization, category, key, value) as p);
  end if;
  begin
    if reset then
      delete from public.configurations as c where c.organization_id = $1 and c.category = $2 and c.key = $3;
    else
      insert into public.configurations as c (organization_id, category, key, value) values ($1, $2, $3, $4)
      on conflict on constraint configurations_organization_id_category_key_key do update set value = excluded.value;
    end if;
    raise exception using errcode = 'PW020', message = 'Taken back: it was a trial.';
  exception
    when sqlstate 'PW020' then return '[]';
    when sqlstate 'PW007' then
      get stacked diagnostics problems = pg_exception_detail;
      return problems::jsonb;
  end;
end
$$;

-- Definer, because it counts what the caller may not see one by one: organizations below, open invitations. The right to change
-- this organization's configuration is checked first.
create or replace function private.preview_configuration(
  organization uuid, category text, key text, value jsonb, reset boolean
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  now_valid record;
  definition public.configuration_definitions;
  problems jsonb;
  proposed jsonb;
begin
  if not private.can(organization, 'config.write') then
    raise exception 'You may not change the configuration of this organization.' using errcode = 'insufficient_privilege';
  end if;
  problems := private.trial_of_configuration(organization, category, key, value, reset);
  select * into now_valid from private.resolve_configuration(organization) as r where r.category = $2 and r.key = $3;
  select * into definition from public.configuration_definitions as d where d.category = $2 and d.key = $3;
  proposed := case when reset then now_valid.inherited_value else coalesce(value, 'null') end;
  return jsonb_build_object(
    'problems', problems,
    'current', jsonb_build_object('value', now_valid.value, 'source', now_valid.source),
    'proposed', jsonb_build_object('value', proposed, 'source', case when reset then now_valid.inherited_source else 'organization' end),
    'inheriting', (
      select count(*) from public.organizations as o
      where o.parent_id = organization and not exists (
        select from public.configurations as c where c.organization_id = o.id and c.category = $2 and c.key = $3
      )
    ),
    'changes', case when problems = '[]' then (
      select coalesce(jsonb_agg(jsonb_build_object(
        'path', d.path, 'kind', d.kind, 'label', d.label, 'before', d.was, 'after', d.becomes
      )), '[]')
      from private.json_differences(definition.schema, now_valid.value, proposed, '', definition.label, '') as d
    ) else '[]' end,
    'effects', case when problems = '[]' then private.configuration_effects_of(organization, category, key, now_valid.value, proposed) else '[]' end
  );
end
$$;

create or replace function public.preview_configuration(
  organization uuid, category text, key text, value jsonb default null, reset boolean default false
) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.preview_configuration($1, $2, $3, $4, $5)
$$;

comment on function public.preview_configuration is
  'What saving this value, or resetting the setting, would do: problems, changes, organizations that inherit, effects.';

-- anon is deliberately absent.
grant execute on function
  private.preview_configuration(uuid, text, text, jsonb, boolean), public.preview_configuration(uuid, text, text, jsonb, boolean)
to authenticated;
