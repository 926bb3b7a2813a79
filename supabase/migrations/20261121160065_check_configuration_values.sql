-- No value gets in that its definition does not allow, by whichever way it comes: SQLSTATE PW007, the first problem as message,
-- all of them with their places as detail.

set local lock_timeout = '5s';

create or replace function private.configuration_problems(organization uuid, category text, key text, value jsonb)
returns table (path text, message text)
language plpgsql
stable
set search_path = ''
as $$
declare
  definition public.configuration_definitions;
begin
  select * into definition from public.configuration_definitions as d where d.category = $2 and d.key = $3;
  if definition.key is null then
    return query select '', 'There is no such setting: choose one of those that are listed';
  elsif value is null or value = 'null' then
    return query select '', definition.label || ': is missing' where definition.is_required;
  elsif octet_length(value::text) > 65536 then
    return query select '', definition.label || ': is larger than 64 KB, shorten it';
  else
    return query
      select p.path, p.message
      from private.json_schema_problems(definition.schema || jsonb_build_object('title', definition.label), value, organization) as p;
  end if;
end
$$;

create or replace function private.refuse_configuration(problems jsonb) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise exception '%', problems #>> '{0,message}' || '.' using
    errcode = 'PW007',
    detail = problems::text,
    hint = 'Correct what is named and save again.';
end
$$;

-- Definer, because a value may refer to one that the organization inherits. What the client says of version and author is not
-- granted to it in the first place; the author is set here for everybody.
create or replace function private.check_configuration() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  problems jsonb;
begin
  -- The Data API makes a null out of the JSON null that stands for "not set".
  new.value := coalesce(new.value, 'null');
  -- Settings refer to each other: of two that are saved at once, the second is checked against the first.
  perform pg_advisory_xact_lock(hashtextextended('configuration:' || new.organization_id, 0));
  select jsonb_agg(jsonb_build_object('path', p.path, 'message', p.message) order by p.number) into problems
  from private.configuration_problems(new.organization_id, new.category, new.key, new.value)
    with ordinality as p (path, message, number);
  if problems is not null then
    perform private.refuse_configuration(problems);
  end if;
  if tg_op = 'INSERT' or new.value is distinct from old.value then
    new.updated_by := (select auth.uid());
  end if;
  return new;
end
$$;

create or replace trigger _200_check_configuration
before insert or update on public.configurations
for each row execute function private.check_configuration();

-- What other settings of the same organization would then name without its being there any more: "Target of APAC". Settings of
-- organizations below are not looked at, since nobody here may see them; what they name and is gone counts as unknown there.
create or replace function private.dangling_references(organization uuid, category text, key text)
returns table (path text, message text)
language sql
stable
set search_path = ''
as $$
  select '', format('%s still needs what you remove here (%s): change %1$s first', d.label, rtrim(p.message, '.'))
  from public.configuration_definitions as d
  cross join lateral (select private.configuration_value(organization, d.category, d.key) as value) as now_valid
  cross join lateral private.json_schema_problems(d.schema || jsonb_build_object('title', d.label), now_valid.value, organization) as p
  where now_valid.value <> 'null'
    and jsonb_path_exists(
      d.schema, '$.**."x-references" ? (@.category == $category && @.key == $key)',
      jsonb_build_object('category', $2, 'key', $3)
    )
$$;

-- Definer for the same reason. An organization that is being deleted takes its settings along unasked.
create or replace function private.check_configuration_references() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  changed constant public.configurations := case when tg_op = 'DELETE' then old else new end;
  problems jsonb;
begin
  if exists (select from public.organizations as o where o.id = changed.organization_id) then
    perform pg_advisory_xact_lock(hashtextextended('configuration:' || changed.organization_id, 0));
    select jsonb_agg(jsonb_build_object('path', p.path, 'message', p.message)) into problems
    from private.dangling_references(changed.organization_id, changed.category, changed.key) as p;
    if problems is not null then
      perform private.refuse_configuration(problems);
    end if;
  end if;
  return null;
end
$$;

create or replace trigger _200_check_references
after insert or update or delete on public.configurations
for each row execute function private.check_configuration_references();
