-- Where I belong, and beginning an organization of one's own.

set local lock_timeout = '5s';

-- Also organizations that are suspended and memberships that ended: without rights, so that a screen can say what happened.
-- Definer, because both are hidden from their members by the policies.
create or replace function private.my_organizations()
returns table (
  organization_id uuid, name text, slug text, parent_id uuid, subscription_tier text, seat_limit bigint, is_active boolean,
  is_tenant boolean, membership_status text, role_key text, role_name text, permissions jsonb, platform_access_until timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  with access as (
    select a.organization_id, max(a.expires_at) as expires_at
    from private.platform_access as a
    where a.user_id = (select auth.uid()) and a.expires_at > now()
    group by a.organization_id
  ),
  mine as (
    select
      o.*,
      o.is_active and coalesce(tenant.is_active, true) as is_open,
      m.status, r.key as role_key, r.name as role_name, r.id as role_id,
      access.expires_at
    from public.organizations as o
    left join public.organizations as tenant on tenant.id = o.parent_id
    left join public.memberships as m on m.organization_id = o.id and m.user_id = (select auth.uid())
    left join public.roles as r on r.id = m.role_id
    left join access on access.organization_id = o.id
    where o.id in (
      select own.organization_id from public.memberships as own where own.user_id = (select auth.uid())
      union
      select access.organization_id from access
    )
  )
  select
    mine.id, mine.name, mine.slug, mine.parent_id, mine.subscription_tier, mine.seat_limit, mine.is_open,
    exists (select from public.organizations as child where child.parent_id = mine.id),
    coalesce(mine.status, 'none'), mine.role_key, mine.role_name,
    coalesce(
      (
        select jsonb_object_agg(given.permission, given.scope)
        from (
          -- The wider scope wins: "all" sorts before "own".
          select held.permission, min(held.scope) as scope
          from (
            select rp.permission, rp.scope from public.role_permissions as rp
            where rp.role_id = mine.role_id and mine.status = 'active' and mine.is_open
            union all
            select p.key, 'all' from public.permissions as p where p.for_platform_staff and mine.expires_at is not null
          ) as held
          group by held.permission
        ) as given
      ),
      '{}'
    ),
    mine.expires_at
  from mine
  order by mine.name, mine.id
$$;

create or replace function public.my_organizations()
returns table (
  organization_id uuid, name text, slug text, parent_id uuid, subscription_tier text, seat_limit bigint, is_active boolean,
  is_tenant boolean, membership_status text, role_key text, role_name text, permissions jsonb, platform_access_until timestamptz
)
language sql stable set search_path = '' as $$ select * from private.my_organizations() $$;

comment on function public.my_organizations is 'Where I belong, as what, and what I may do there: {permission: scope}.';

-- Never a name as it was typed: whether somebody else's organization has it would otherwise show.
create or replace function private.new_slug(organization_name text) returns text
language sql
volatile
set search_path = ''
as $$
  select coalesce(nullif(left(base, 50), '') || '-', 'org-') || encode(extensions.gen_random_bytes(4), 'hex')
  from btrim(
    left(regexp_replace(
      -- Letters lose their accents, everything else becomes a hyphen.
      regexp_replace(lower(normalize(organization_name, nfkd)), '[\u0300-\u036f]', '', 'g'), '[^a-z0-9]+', '-', 'g'
    ), 50), '-'
  ) as base
$$;

create or replace function private.create_organization(organization_name text) returns uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  me constant uuid := (select auth.uid());
  made uuid;
begin
  if private.my_confirmed_address() is null then
    raise exception 'Confirm your e-mail address first.' using errcode = 'PW010';
  end if;
  -- One at a time for each person, so that the limit holds.
  perform pg_advisory_xact_lock(hashtextextended('private.create_organization:' || me::text, 0));
  if (
    select count(*) from public.organizations as o where o.created_by = me and o.created_at > now() - interval '1 day'
  ) >= 5 then
    raise exception 'At most 5 organizations can be created in a day.' using errcode = 'PW011';
  end if;
  begin
    insert into public.organizations (name, slug, created_by)
    values (btrim(organization_name), private.new_slug(organization_name), me)
    returning id into made;
  exception when check_violation or not_null_violation then
    raise exception 'The name of an organization has 1 to 120 characters.' using errcode = 'PW016';
  end;
  insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color)
  select made, p.user_id, r.id, p.display_name, p.email, p.avatar_color
  from public.profiles as p
  join public.roles as r on r.organization_id = made and r.key = 'org_admin'
  where p.user_id = me;
  update public.profiles as p set active_organization_id = made where p.user_id = me;
  return made;
end
$$;

create or replace function public.create_organization(organization_name text) returns uuid
language sql volatile set search_path = '' as $$ select private.create_organization(organization_name) $$;

comment on function public.create_organization is 'A new organization with me as its administrator; answers with its id.';

grant execute on function
  private.my_organizations(), public.my_organizations(),
  private.create_organization(text), public.create_organization(text)
to authenticated;
