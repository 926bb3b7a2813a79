-- The one place that says which value holds: the organization's own, else that of the tenant above it, else the definition's
-- default. Screens, checks and every figure of the product ask here.

set local lock_timeout = '5s';

create or replace function private.resolve_configuration(organization uuid)
returns table (
  category text, key text, value jsonb, source text, inherited_value jsonb, inherited_source text,
  version bigint, updated_by uuid, updated_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select
    d.category, d.key,
    coalesce(own.value, above.value, d.default_value),
    case when own.id is not null then 'organization' when above.id is not null then 'tenant' else 'global' end,
    coalesce(above.value, d.default_value),
    case when above.id is not null then 'tenant' else 'global' end,
    own.version, own.updated_by, own.updated_at
  from public.configuration_definitions as d
  left join public.configurations as own
    on own.organization_id = $1 and own.category = d.category and own.key = d.key
  left join public.configurations as above
    on above.organization_id = (select o.parent_id from public.organizations as o where o.id = $1)
    and above.category = d.category and above.key = d.key
$$;

comment on function private.resolve_configuration is 'Every setting as it holds in an organization, and what it would inherit. Checks no right.';

-- One value, for other functions: three look-ups by key at most.
create or replace function private.configuration_value(organization uuid, category text, key text) returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select c.value from public.configurations as c where c.organization_id = $1 and c.category = $2 and c.key = $3),
    (select c.value from public.organizations as o
      join public.configurations as c on c.organization_id = o.parent_id and c.category = $2 and c.key = $3
      where o.id = $1),
    (select d.default_value from public.configuration_definitions as d where d.category = $2 and d.key = $3)
  )
$$;

comment on function private.configuration_value is 'The value that holds; without an organization, the global one. Checks no right.';

-- Definer, because a child reads what it inherits from its tenant, whose own rows its members may not see. The right to the one
-- organization that was asked for is checked first.
create or replace function private.resolved_configuration(organization uuid, wanted_category text)
returns table (
  category text, key text, value jsonb, source text, inherited_value jsonb, inherited_source text, version bigint,
  updated_by uuid, updated_at timestamptz, label text, help text, schema jsonb, value_type text, is_required boolean,
  "position" bigint
)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'config.read') then
    raise exception 'You may not see the configuration of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return query
    select r.category, r.key, r.value, r.source, r.inherited_value, r.inherited_source, r.version, r.updated_by, r.updated_at,
      d.label, d.help, d.schema, d.value_type, d.is_required, d.position
    from private.resolve_configuration(organization) as r
    join public.configuration_definitions as d on d.category = r.category and d.key = r.key
    where wanted_category is null or r.category = wanted_category
    order by d.category, d.position;
end
$$;

create or replace function public.resolved_configuration(organization uuid, category text default null)
returns table (
  category text, key text, value jsonb, source text, inherited_value jsonb, inherited_source text, version bigint,
  updated_by uuid, updated_at timestamptz, label text, help text, schema jsonb, value_type text, is_required boolean,
  "position" bigint
)
language sql
stable
set search_path = ''
as $$
  select * from private.resolved_configuration($1, $2)
$$;

comment on function public.resolved_configuration is
  'The settings of an organization as they hold, with where each value comes from and what it would be if it were reset.';

-- anon is deliberately absent.
grant execute on function private.resolved_configuration(uuid, text), public.resolved_configuration(uuid, text) to authenticated;
