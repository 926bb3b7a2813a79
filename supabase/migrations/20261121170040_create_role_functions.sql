-- Changing what roles hold: whole at once, with the version that was seen, and never more than one holds oneself.

set local lock_timeout = '5s';

create or replace function private.role_to_change(organization uuid, role uuid, seen_version bigint) returns public.roles
language plpgsql
volatile
set search_path = ''
as $$
declare
  target public.roles;
begin
  select r.* into target from public.roles as r where r.organization_id = organization and r.id = role for update;
  if target.id is null then
    raise exception 'This role does not exist in the organization.' using errcode = 'PW012';
  end if;
  if target.version is distinct from seen_version then
    raise exception 'Somebody else changed this role in the meantime.' using errcode = 'PW006';
  end if;
  return target;
end
$$;

-- Only rows that differ are written, so that the log says what changed.
create or replace function private.set_role_permissions(target public.roles, wanted jsonb) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  delete from public.role_permissions as held where held.role_id = target.id and not wanted ? held.permission;
  update public.role_permissions as held set scope = wanted ->> held.permission
  where held.role_id = target.id and held.scope <> wanted ->> held.permission;
  insert into public.role_permissions (organization_id, role_id, permission, scope)
  select target.organization_id, target.id, asked.permission, asked.scope
  from jsonb_each_text(wanted) as asked (permission, scope)
  where not exists (
    select from public.role_permissions as held where held.role_id = target.id and held.permission = asked.permission
  );
end
$$;

create or replace function private.check_wanted_permissions(wanted jsonb) returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  unknown text;
begin
  if jsonb_typeof(wanted) is distinct from 'object' then
    raise exception 'The permissions of a role are an object of scopes.' using errcode = 'PW014';
  end if;
  select asked.permission into unknown
  from jsonb_each(wanted) as asked (permission, scope)
  left join public.permissions as known on known.key = asked.permission
  where known.key is null or asked.scope not in ('"all"', '"own"') or (asked.scope = '"own"' and not known.supports_own)
  limit 1;
  if unknown is not null then
    raise exception '"%" is not a permission with such a scope.', left(unknown, 80) using errcode = 'PW014';
  end if;
end
$$;

-- Definer, here and below: clients have no right to write roles; each function asks for the caller's itself.
create or replace function private.save_role(
  organization uuid, role uuid, role_name text, role_description text, role_permissions jsonb, seen_version bigint
) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  wanted constant jsonb := coalesce(role_permissions, '{}');
  target public.roles;
  new_id constant uuid := gen_random_uuid();
begin
  if not private.can(organization, 'roles.manage') then
    return private.refuse(organization, 'save_role', 'roles', role::text);
  end if;
  perform private.check_wanted_permissions(wanted);
  if role is not null then
    target := private.role_to_change(organization, role, seen_version);
    if target.key = 'org_admin' and private.permissions_of(target.id) <> wanted then
      raise exception 'The administrator''s role always holds every right.' using errcode = 'PW008';
    end if;
  end if;
  if private.exceeds_my_rights(organization, wanted)
    or (role is not null and private.exceeds_my_rights(organization, private.permissions_of(role)))
  then
    return private.refuse(organization, 'save_role', 'roles', role::text, 'The role holds more rights than who changes it.', 'PW009');
  end if;
  begin
    if role is null then
      insert into public.roles (id, organization_id, key, name, description)
      values (
        new_id, organization, 'custom_' || left(replace(new_id::text, '-', ''), 12), btrim(role_name), coalesce(role_description, '')
      )
      returning * into target;
    else
      -- The version counts as soon as anything of the role changed, its permissions included.
      update public.roles as r
      set name = btrim(role_name),
        description = coalesce(role_description, ''),
        updated_at = case when private.permissions_of(r.id) <> wanted then clock_timestamp() else r.updated_at end
      where r.id = target.id
      returning r.* into target;
    end if;
  exception
    when unique_violation then
      raise exception 'Another role has this name.' using errcode = 'PW015';
    when check_violation or not_null_violation then
      raise exception 'A role''s name has 1 to 60 characters, its description at most 300.' using errcode = 'PW014';
  end;
  perform private.set_role_permissions(target, wanted);
  return jsonb_build_object('id', target.id, 'version', target.version);
end
$$;

create or replace function private.reset_role(organization uuid, role uuid, seen_version bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  target public.roles;
  wanted jsonb;
begin
  if not private.can(organization, 'roles.manage') then
    return private.refuse(organization, 'reset_role', 'roles', role::text);
  end if;
  target := private.role_to_change(organization, role, seen_version);
  if not target.is_built_in then
    raise exception 'Only a built-in role has something to go back to.' using errcode = 'PW008';
  end if;
  select coalesce(jsonb_object_agg(b.permission, b.scope), '{}') into wanted
  from private.built_in_permissions as b
  where b.role_key = target.key;
  return private.save_role(
    organization, role,
    (select b.name from private.built_in_roles as b where b.key = target.key),
    (select b.description from private.built_in_roles as b where b.key = target.key),
    wanted, seen_version
  );
end
$$;

create or replace function private.delete_role(organization uuid, role uuid, seen_version bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  target public.roles;
begin
  if not private.can(organization, 'roles.manage') then
    return private.refuse(organization, 'delete_role', 'roles', role::text);
  end if;
  target := private.role_to_change(organization, role, seen_version);
  if target.is_built_in then
    raise exception 'A built-in role cannot be deleted.' using errcode = 'PW008';
  end if;
  if private.exceeds_my_rights(organization, private.permissions_of(role)) then
    return private.refuse(organization, 'delete_role', 'roles', role::text, 'The role holds more rights than who deletes it.', 'PW009');
  end if;
  begin
    -- Invitations that ended need the role no longer.
    delete from public.invitations as i
    where i.organization_id = organization and i.role_id = role
      and (i.accepted_at is not null or i.revoked_at is not null or i.expires_at <= now());
    delete from public.roles as r where r.id = target.id;
  exception when foreign_key_violation then
    raise exception 'Members or open invitations still have this role.' using errcode = 'PW008';
  end;
  return jsonb_build_object('id', target.id);
end
$$;

create or replace function public.save_role(
  organization uuid, role uuid, role_name text, role_description text, role_permissions jsonb, seen_version bigint
) returns jsonb
language sql volatile set search_path = ''
as $$ select private.save_role(organization, role, role_name, role_description, role_permissions, seen_version) $$;
create or replace function public.reset_role(organization uuid, role uuid, seen_version bigint) returns jsonb
language sql volatile set search_path = '' as $$ select private.reset_role(organization, role, seen_version) $$;
create or replace function public.delete_role(organization uuid, role uuid, seen_version bigint) returns jsonb
language sql volatile set search_path = '' as $$ select private.delete_role(organization, role, seen_version) $$;

comment on function public.save_role is
  'Adds a role (role and seen_version null) or changes one whole: name, description and {permission: scope}. Needs roles.manage.';
comment on function public.reset_role is 'A built-in role as every organization begins with it. Needs roles.manage.';
comment on function public.delete_role is 'Deletes a role of the organization''s own that nobody has. Needs roles.manage.';

grant execute on function
  private.save_role(uuid, uuid, text, text, jsonb, bigint), public.save_role(uuid, uuid, text, text, jsonb, bigint),
  private.reset_role(uuid, uuid, bigint), public.reset_role(uuid, uuid, bigint),
  private.delete_role(uuid, uuid, bigint), public.delete_role(uuid, uuid, bigint)
to authenticated;
