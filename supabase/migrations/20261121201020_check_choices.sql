-- Many columns hold the key of a configured choice: a status, a tier, a stage. What is newly written must be one that the
-- organization has at that moment; what was written earlier stays when the list changes, and its row can still be edited.

set local lock_timeout = '5s';

create table if not exists private.choice_columns (
  target regclass not null,
  column_name text not null,
  category text not null,
  key text not null,
  is_list boolean not null,
  constraint choice_columns_pkey primary key (target, column_name),
  constraint choice_columns_definition_fkey foreign key (category, key)
    references public.configuration_definitions (category, key) on delete cascade
);

comment on table private.choice_columns is 'Which column holds keys of which setting. No policies on purpose: private.switch_on_choices only.';

create index if not exists choice_columns_category_key_idx on private.choice_columns (category, key);

alter table private.choice_columns enable row level security;

create or replace function private.configured_choice(organization uuid, category text, key text, choice text) returns jsonb
language sql
stable
set search_path = ''
as $$
  select item from jsonb_array_elements(private.configuration_value($1, $2, $3)) as item where item ->> 'key' = $4
$$;

comment on function private.configured_choice is 'The entry of a list of choices, with its label and what else it has; nothing where the key is none.';

create or replace function private.first_choice(organization uuid, category text, key text) returns text
language sql
stable
set search_path = ''
as $$
  select private.configuration_value($1, $2, $3) #>> '{0,key}'
$$;

create or replace function private.refuse_choices(problems jsonb) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception '%', problems #>> '{0,message}' using
    errcode = 'PW050',
    detail = problems::text,
    hint = 'Choose one of those that are configured, or add it to the configuration first.';
end
$$;

-- What a row holds that is no choice in its organization, in words. Asked with the distinct ones of a statement.
create or replace function private.choice_problem(organization uuid, category text, key text, choice text) returns text
language sql
stable
set search_path = ''
as $$
  select format('“%s” is none of the %s here: %s.', left($4, 60), lower(d.label),
    (select string_agg(item ->> 'label', ', ' order by place) from jsonb_array_elements(configured.value) with ordinality as entry (item, place)))
  from public.configuration_definitions as d
  cross join lateral (select private.configuration_value($1, $2, $3) as value) as configured
  where d.category = $2 and d.key = $3
    and not configured.value @> jsonb_build_array(jsonb_build_object('key', $4))
$$;

-- Rows that would lose their choice when a setting changes: told before somebody saves it.
create or replace function private.count_lost_choices(organization uuid, category text, key text, before jsonb, after jsonb)
returns table (amount bigint, message text)
language plpgsql
stable
set search_path = ''
as $$
declare
  lost constant text[] := array(
    select item ->> 'key' from jsonb_array_elements(case jsonb_typeof(before) when 'array' then before else '[]' end) as item
    except
    select item ->> 'key' from jsonb_array_elements(case jsonb_typeof(after) when 'array' then after else '[]' end) as item
  );
  used private.choice_columns;
  counted bigint;
begin
  for used in
    select * from private.choice_columns as c where c.category = $2 and c.key = $3 and lost <> '{}' order by c.target::text, c.column_name
  loop
    execute format(
      'select count(*) from %s as r where r.organization_id = $1 and %s', used.target,
      format(case when used.is_list then 'r.%I && $2' else 'r.%I = any ($2)' end, used.column_name)
    ) into counted using organization, lost;
    if counted > 0 then
      return query select counted, format('%s in %s keep what is removed here, and show it by its key.', counted,
        replace((select c.relname from pg_catalog.pg_class as c where c.oid = used.target), '_', ' '));
    end if;
  end loop;
end
$$;

-- For migrations: columns as "{column, category, key}". Builds the table's own check, so that its plan is kept: each column
-- is one part of one query over the distinct new values of a statement.
create or replace function private.switch_on_choices(target regclass, variadic columns text[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  name constant text := (select c.relname from pg_catalog.pg_class as c where c.oid = target);
  given text;
  used private.choice_columns;
  effect text;
  parts_of_insert text[] := '{}';
  parts_of_update text[] := '{}';
begin
  foreach given in array columns loop
    insert into private.choice_columns (target, column_name, category, key, is_list)
    select target, (given::text[])[1], (given::text[])[2], (given::text[])[3], a.attndims > 0
    from pg_catalog.pg_attribute as a
    where a.attrelid = target and a.attname = (given::text[])[1]
    returning * into strict used;
    effect := format('lost_choices_of_%s_%s', used.category, used.key);
    execute format(
      $sql$create or replace function private.%I(organization uuid, before jsonb, after jsonb) returns table (amount bigint, message text)
        language sql stable set search_path = '' as %L$sql$,
      effect, format('select * from private.count_lost_choices($1, %L, %L, $2, $3)', used.category, used.key)
    );
    insert into private.configuration_effects (category, key, function_name, description)
    values (used.category, used.key, effect, 'Rows that hold a choice which is removed')
    on conflict (category, key, function_name) do nothing;
  end loop;
  for used in select * from private.choice_columns as c where c.target = $1 order by c.column_name loop
    parts_of_insert := parts_of_insert || format(
      case when used.is_list
        then 'select distinct n.organization_id, %L, %L, %L, item from new_rows as n cross join lateral unnest(n.%4$I) as item'
        else 'select distinct n.organization_id, %L, %L, %L, n.%4$I from new_rows as n where n.%4$I is not null' end,
      used.column_name, used.category, used.key, used.column_name);
    parts_of_update := parts_of_update || format(
      case when used.is_list
        then 'select distinct n.organization_id, %L, %L, %L, item from new_rows as n join old_rows as o on o.id = n.id
          cross join lateral unnest(n.%4$I) as item where n.%4$I is distinct from o.%4$I and item <> all (coalesce(o.%4$I, ''{}''))'
        else 'select distinct n.organization_id, %L, %L, %L, n.%4$I from new_rows as n join old_rows as o on o.id = n.id
          where n.%4$I is distinct from o.%4$I and n.%4$I is not null' end,
      used.column_name, used.category, used.key, used.column_name);
  end loop;
  execute format(
    $sql$
    create or replace function private.%1$I() returns trigger
    language plpgsql
    volatile
    security definer
    set search_path = ''
    as $body$
    declare
      problems jsonb;
    begin
      if tg_op = 'INSERT' then
        select jsonb_agg(jsonb_build_object('path', given.field, 'message', p.message)) into problems
        from (%2$s) as given (organization_id, field, category, key, choice)
        cross join lateral private.choice_problem(given.organization_id, given.category, given.key, given.choice) as p (message)
        where p.message is not null;
      else
        select jsonb_agg(jsonb_build_object('path', given.field, 'message', p.message)) into problems
        from (%3$s) as given (organization_id, field, category, key, choice)
        cross join lateral private.choice_problem(given.organization_id, given.category, given.key, given.choice) as p (message)
        where p.message is not null;
      end if;
      if problems is not null then
        perform private.refuse_choices(problems);
      end if;
      return null;
    end
    $body$
    $sql$,
    'check_choices_of_' || name, array_to_string(parts_of_insert, ' union all '), array_to_string(parts_of_update, ' union all ')
  );
  -- Definer, because an organization inherits choices of its tenant, whose settings its members may not see.
  execute format('comment on function private.%I() is %L', 'check_choices_of_' || name,
    'Built by private.switch_on_choices. Definer: choices are inherited from a tenant whose settings members may not see.');
  execute format('create or replace trigger _200_check_choices_on_insert after insert on %s
    referencing new table as new_rows for each statement execute function private.%I()', target, 'check_choices_of_' || name);
  execute format('create or replace trigger _200_check_choices_on_update after update on %s
    referencing old table as old_rows new table as new_rows for each statement execute function private.%I()', target, 'check_choices_of_' || name);
end
$$;

comment on function private.switch_on_choices is
  'For migrations: select private.switch_on_choices(''public.partners'', ''{status,partners,statuses}'', ''{tags,partners,tags}'').';
