-- Whatever can take a right away raises the epoch of its organization, in the same transaction: memberships, what roles hold, an
-- organization that is suspended, people who leave a portal, the platform's accesses. Those who listen under the old epoch are told
-- once, and ask again what they may hear.

set local lock_timeout = '5s';

-- Says something on a live topic. Whatever goes wrong with it, the write that it tells of stands.
create or replace function private.tell(topic text, event text, payload jsonb) returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform realtime.send(payload, event, topic, true);
exception when others then
  raise warning 'Nobody was told on "%": %', topic, sqlerrm;
end
$$;

comment on function private.tell is 'Sends a private broadcast; a failure is a warning.';

-- In the order of ids, so that two who raise several never wait for each other. An organization that is just being deleted needs none.
create or replace function private.raise_live_epochs(organizations uuid[]) returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  raised private.live_epochs;
begin
  for raised in
    insert into private.live_epochs as e (organization_id)
    select o.id from public.organizations as o where o.id = any (organizations) order by o.id
    on conflict on constraint live_epochs_pkey do update
    set epoch = e.epoch + 1, raised_at = excluded.raised_at, raised_by = excluded.raised_by
    where e.raised_by <> excluded.raised_by
    returning e.*
  loop
    perform private.tell(
      format('org:%s:%s#%s', raised.organization_id, listener.subject, raised.epoch - 1), 'epoch',
      jsonb_build_object('organization_id', raised.organization_id, 'epoch', raised.epoch)
    )
    from (
      select 'notices' as subject
      union all
      -- Portals hear no notices.
      select distinct format('partner:%s:portal', m.partner_id)
      from public.partner_members as m
      where m.organization_id = raised.organization_id and m.status = 'active'
    ) as listener;
  end loop;
end
$$;

comment on function private.raise_live_epochs is 'Once a transaction for each organization, and tells those who listen.';

-- Definer, here and below: who writes these tables has no right on epochs. Whoever gains or loses by it is told, wherever they are.
create or replace function private.follow_membership() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    perform private.raise_live_epochs(array[old.organization_id]);
  end if;
  perform private.tell(
    'user:' || coalesce(new.user_id, old.user_id), 'membership',
    jsonb_build_object('organization_id', coalesce(new.organization_id, old.organization_id))
  );
  return null;
end
$$;

create or replace trigger _800_follow_new_membership
after insert on public.memberships
for each row execute function private.follow_membership();

create or replace trigger _800_follow_membership
after update on public.memberships
for each row
when (old.status is distinct from new.status or old.role_id is distinct from new.role_id)
execute function private.follow_membership();

create or replace trigger _800_follow_lost_membership
after delete on public.memberships
for each row execute function private.follow_membership();

-- What a role gained counts too: those who have it hear of it at once. A role that nobody has changes nothing for anybody.
create or replace function private.follow_role_permissions() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  changed uuid[];
begin
  if tg_op = 'DELETE' then
    changed := array(select distinct r.role_id from old_rows as r);
  else
    changed := array(select distinct r.role_id from new_rows as r);
  end if;
  if changed <> '{}' then
    perform private.raise_live_epochs(array(
      select m.organization_id from public.memberships as m where m.role_id = any (changed) and m.status = 'active'
    ));
  end if;
  return null;
end
$$;

create or replace trigger _800_follow_new_permissions
after insert on public.role_permissions
referencing new table as new_rows
for each statement execute function private.follow_role_permissions();

create or replace trigger _800_follow_permissions
after update on public.role_permissions
referencing new table as new_rows
for each statement execute function private.follow_role_permissions();

create or replace trigger _800_follow_lost_permissions
after delete on public.role_permissions
referencing old table as old_rows
for each statement execute function private.follow_role_permissions();

create or replace function private.follow_organization_activity() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.raise_live_epochs(array(
    select o.id from public.organizations as o where o.id = new.id or o.parent_id = new.id
  ));
  return null;
end
$$;

create or replace trigger _800_follow_activity
after update on public.organizations
for each row
when (old.is_active is distinct from new.is_active or old.parent_id is distinct from new.parent_id)
execute function private.follow_organization_activity();

create or replace function private.follow_partner_member() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.raise_live_epochs(array[old.organization_id]);
  return null;
end
$$;

create or replace trigger _800_follow_partner_member
after update on public.partner_members
for each row
when (old.status = 'active' and (new.status <> 'active' or old.user_id is distinct from new.user_id))
execute function private.follow_partner_member();

create or replace trigger _800_follow_lost_partner_member
after delete on public.partner_members
for each row
when (old.status = 'active')
execute function private.follow_partner_member();

-- An archived partner has no portal.
create or replace function private.follow_archived_partner() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if exists (
    select from public.partner_members as m
    where m.organization_id = new.organization_id and m.partner_id = new.id and m.status = 'active'
  ) then
    perform private.raise_live_epochs(array[new.organization_id]);
  end if;
  return null;
end
$$;

create or replace trigger _800_follow_archived_partner
after update on public.partners
for each row
when (old.archived_at is null and new.archived_at is not null)
execute function private.follow_archived_partner();

create or replace function private.follow_platform_access() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.raise_live_epochs(array[coalesce(new.organization_id, old.organization_id)]);
  return null;
end
$$;

create or replace trigger _800_follow_access
after insert or update or delete on private.platform_access
for each row execute function private.follow_platform_access();

-- An access that runs out is no write of anybody's. It is told unless the epoch was raised since, as it is when one is closed.
create or replace function private.end_lapsed_access() returns void
language sql
volatile
set search_path = ''
as $$
  select private.raise_live_epochs(array(
    select a.organization_id
    from private.platform_access as a
    left join private.live_epochs as e on e.organization_id = a.organization_id
    where a.expires_at <= now() and a.expires_at > now() - interval '1 day' and (e.raised_at is null or e.raised_at < a.expires_at)
  ))
$$;

insert into private.schedules (name, schedule, function_name, description)
values ('end-lapsed-access', '30 seconds', 'end_lapsed_access', 'Ends live channels of the platform''s staff whose access has run out.')
on conflict (name) do nothing;
