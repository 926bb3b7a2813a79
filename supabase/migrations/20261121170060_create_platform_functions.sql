-- What the platform's staff (super_admin) do: see which organizations there are, suspend them, set what they subscribed to. Their
-- data stays closed, unless an access is opened: for one organization, for a reason, for a while, read only, and in its audit log.

set local lock_timeout = '5s';

create or replace function private.i_am_platform_staff() returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (select from private.platform_staff as s where s.user_id = (select auth.uid()))
$$;

-- Definer, here and below: staff have no right on these tables; each function asks whether the caller is staff.
create or replace function private.platform_organizations()
returns table (
  organization_id uuid, name text, slug text, parent_id uuid, subscription_tier text, seat_limit bigint, seats_taken bigint,
  is_active boolean, created_at timestamptz, access_until timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select
    o.id, o.name, o.slug, o.parent_id, o.subscription_tier, o.seat_limit, private.seats_taken(o.id), o.is_active, o.created_at,
    (
      select max(a.expires_at) from private.platform_access as a
      where a.organization_id = o.id and a.user_id = (select auth.uid()) and a.expires_at > now()
    )
  from public.organizations as o
  where (select private.i_am_platform_staff())
  order by o.name, o.id
$$;

create or replace function private.set_organization_active(organization uuid, active boolean, reason text) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not private.i_am_platform_staff() then
    return private.refuse(organization, 'set_organization_active', 'organizations', organization::text);
  end if;
  if char_length(btrim(coalesce(reason, ''))) < 10 then
    raise exception 'Say why, in at least 10 characters.' using errcode = 'PW017';
  end if;
  update public.organizations as o set is_active = active where o.id = organization;
  if not found then
    raise exception 'This organization does not exist.' using errcode = 'PW012';
  end if;
  perform private.record_audit(
    organization, case when active then 'organization_reactivated' else 'organization_suspended' end,
    'organizations', organization::text, jsonb_build_object('reason', left(btrim(reason), 500))
  );
  return jsonb_build_object('organization_id', organization, 'is_active', active);
end
$$;

create or replace function private.set_subscription(organization uuid, tier text, seats bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not private.i_am_platform_staff() then
    return private.refuse(organization, 'set_subscription', 'organizations', organization::text);
  end if;
  begin
    update public.organizations as o set subscription_tier = tier, seat_limit = seats where o.id = organization;
  exception when check_violation or not_null_violation then
    raise exception 'A subscription is basic, professional or enterprise, with 1 to 100,000 seats.' using errcode = 'PW017';
  end;
  if not found then
    raise exception 'This organization does not exist.' using errcode = 'PW012';
  end if;
  return jsonb_build_object('organization_id', organization, 'subscription_tier', tier, 'seat_limit', seats);
end
$$;

create or replace function private.open_platform_access(organization uuid, reason text, minutes bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  until timestamptz;
begin
  if not private.i_am_platform_staff() then
    return private.refuse(organization, 'open_platform_access', 'organizations', organization::text);
  end if;
  if coalesce(minutes, 0) not between 1 and 480 or char_length(btrim(coalesce(reason, ''))) not between 10 and 500 then
    raise exception 'An access needs a reason of 10 to 500 characters and lasts 1 to 480 minutes.' using errcode = 'PW017';
  end if;
  if not exists (select from public.organizations as o where o.id = organization) then
    raise exception 'This organization does not exist.' using errcode = 'PW012';
  end if;
  until := now() + make_interval(mins => minutes::integer);
  insert into private.platform_access (organization_id, user_id, reason, expires_at)
  values (organization, (select auth.uid()), btrim(reason), until);
  perform private.record_audit(
    organization, 'platform_access_opened', 'organizations', organization::text,
    jsonb_build_object('reason', btrim(reason), 'expires_at', until)
  );
  return jsonb_build_object('organization_id', organization, 'expires_at', until);
end
$$;

create or replace function private.close_platform_access(organization uuid) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if not private.i_am_platform_staff() then
    return private.refuse(organization, 'close_platform_access', 'organizations', organization::text);
  end if;
  update private.platform_access as a set expires_at = greatest(a.opened_at, now())
  where a.organization_id = organization and a.user_id = (select auth.uid()) and a.expires_at > now();
  if found then
    perform private.record_audit(organization, 'platform_access_closed', 'organizations', organization::text, '{}');
  end if;
  return jsonb_build_object('organization_id', organization);
end
$$;

create or replace function public.platform_organizations()
returns table (
  organization_id uuid, name text, slug text, parent_id uuid, subscription_tier text, seat_limit bigint, seats_taken bigint,
  is_active boolean, created_at timestamptz, access_until timestamptz
)
language sql stable set search_path = '' as $$ select * from private.platform_organizations() $$;
create or replace function public.set_organization_active(organization uuid, active boolean, reason text) returns jsonb
language sql volatile set search_path = '' as $$ select private.set_organization_active(organization, active, reason) $$;
create or replace function public.set_subscription(organization uuid, tier text, seats bigint) returns jsonb
language sql volatile set search_path = '' as $$ select private.set_subscription(organization, tier, seats) $$;
create or replace function public.open_platform_access(organization uuid, reason text, minutes bigint) returns jsonb
language sql volatile set search_path = '' as $$ select private.open_platform_access(organization, reason, minutes) $$;
create or replace function public.close_platform_access(organization uuid) returns jsonb
language sql volatile set search_path = '' as $$ select private.close_platform_access(organization) $$;

comment on function public.platform_organizations is 'Every organization, for the platform''s staff; nobody else gets a row.';
comment on function public.set_organization_active is 'Suspends an organization or takes that back. For the platform''s staff.';
comment on function public.set_subscription is 'Sets tier and seats of an organization. For the platform''s staff.';
comment on function public.open_platform_access is 'Lets me read one organization for a while and a reason. For the platform''s staff.';
comment on function public.close_platform_access is 'Ends my access before its time. For the platform''s staff.';

grant execute on function
  private.platform_organizations(), public.platform_organizations(),
  private.set_organization_active(uuid, boolean, text), public.set_organization_active(uuid, boolean, text),
  private.set_subscription(uuid, text, bigint), public.set_subscription(uuid, text, bigint),
  private.open_platform_access(uuid, text, bigint), public.open_platform_access(uuid, text, bigint),
  private.close_platform_access(uuid), public.close_platform_access(uuid)
to authenticated;
