-- People of our partners. They are signed in like colleagues and are none: no membership, no role, no policy of any table lets them
-- in. Each stands here once for each partner, by the address that one of us invited; whoever signs in with exactly that address,
-- confirmed, is that person. What they see and do goes through the functions of the portal alone, which ask here at each request.

set local lock_timeout = '5s';

create table if not exists public.partner_members (
  id uuid not null default gen_random_uuid(),
  organization_id uuid not null,
  partner_id uuid not null,
  email text not null,
  display_name text not null,
  user_id uuid,
  status text not null default 'invited',
  invited_by uuid,
  joined_at timestamptz,
  removed_at timestamptz,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint partner_members_pkey primary key (id),
  constraint partner_members_organization_id_id_key unique (organization_id, id),
  constraint partner_members_organization_id_partner_id_id_key unique (organization_id, partner_id, id),
  constraint partner_members_partner_id_fkey foreign key (organization_id, partner_id)
    references public.partners (organization_id, id) on delete cascade,
  constraint partner_members_user_id_fkey foreign key (user_id) references public.profiles (user_id) on delete restrict,
  constraint partner_members_invited_by_fkey foreign key (organization_id, invited_by)
    references public.memberships (organization_id, user_id) on delete restrict,
  -- Small letters of ASCII only: other folding makes one address of two.
  constraint partner_members_email_check check (private.is_mail_address(email) and email = lower(email collate "C")),
  constraint partner_members_display_name_check check (private.is_line(display_name, 120)),
  constraint partner_members_status_check check (
    case status
      when 'invited' then user_id is null and joined_at is null and removed_at is null
      when 'active' then user_id is not null and joined_at is not null and removed_at is null
      when 'removed' then removed_at is not null
      else false
    end
  )
);

comment on table public.partner_members is
  'People of partners. Insert, update and delete are absent on purpose: functions only, and whoever is removed stays as removed.';
comment on column public.partner_members.email is 'Whom we invited. What they change their address to later is their own business.';
comment on column public.partner_members.display_name is 'What whoever invited calls them; their own profile does not change it.';
comment on column public.partner_members.user_id is 'Empty until somebody signs in with the confirmed address.';

create unique index if not exists partner_members_organization_id_partner_id_email_key
  on public.partner_members (organization_id, partner_id, email) where status <> 'removed';
create unique index if not exists partner_members_organization_id_partner_id_user_id_key
  on public.partner_members (organization_id, partner_id, user_id) where status = 'active';
create index if not exists partner_members_organization_id_partner_id_display_name_id_idx
  on public.partner_members (organization_id, partner_id, display_name, id);
create index if not exists partner_members_organization_id_invited_by_idx on public.partner_members (organization_id, invited_by);
-- Whose portals, at each of their requests; and whom a new address lets in. Neither knows the organization yet.
create index if not exists partner_members_user_id_idx on public.partner_members (user_id);
create index if not exists partner_members_email_idx on public.partner_members (email) where status <> 'removed';

alter table public.partner_members enable row level security;

create policy select_partner_reader on public.partner_members for select to authenticated
  using (organization_id = any ((select private.organizations_where_i_can('partners.read'))::uuid[]));

grant select on public.partner_members to authenticated;

create or replace trigger _100_touch_version
before update on public.partner_members
for each row execute function private.touch_version();

select private.switch_on_audit('public.partner_members', label => 'r.display_name');
select private.switch_on_timeline('public.partner_members', partner => 'n.partner_id', label => 'n.display_name', rules => array[
  private.activity_rule('portal_user_invited', 'insert', occurred_at => 'n.created_at', visible => 'true', backfilled => true),
  private.activity_rule(
    'portal_user_joined', 'insert', 'n.joined_at is not null', occurred_at => 'n.joined_at', visible => 'true', backfilled => true
  ),
  private.activity_rule(
    'portal_user_removed', 'insert', $$n.status = 'removed'$$, occurred_at => 'n.removed_at', visible => 'true', backfilled => true
  ),
  private.activity_rule(
    'portal_user_joined', 'update', $$o.status <> 'active' and n.status = 'active'$$, occurred_at => 'n.joined_at', visible => 'true'
  ),
  private.activity_rule(
    'portal_user_removed', 'update', $$o.status <> 'removed' and n.status = 'removed'$$, occurred_at => 'n.removed_at', visible => 'true'
  )
]);

-- Nobody stands on both sides of one organization. An invitation says so to whoever invites, a membership to whoever accepts or
-- brings somebody back; and the portal is closed to an active colleague however it came about.
create or replace function private.refuse_portal_person() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  is_guest boolean;
begin
  if tg_table_name = 'invitations' then
    is_guest := exists (
      select from public.partner_members as m
      where m.organization_id = new.organization_id and m.email = new.email and m.status <> 'removed'
    );
  else
    is_guest := exists (
      select from public.partner_members as m
      where m.organization_id = new.organization_id and m.user_id = new.user_id and m.status <> 'removed'
    );
  end if;
  if is_guest then
    raise exception 'This person uses the portal of one of your partners, and cannot be a colleague at the same time.' using
      errcode = 'PW072', hint = 'Remove them from the portal first.';
  end if;
  return new;
end
$$;

create or replace trigger _250_refuse_portal_person
before insert on public.invitations
for each row execute function private.refuse_portal_person();

create or replace trigger _250_refuse_portal_person
before insert on public.memberships
for each row when (new.status = 'active') execute function private.refuse_portal_person();

create or replace trigger _250_refuse_portal_person_again
before update on public.memberships
for each row when (new.status = 'active' and old.status <> 'active') execute function private.refuse_portal_person();

-- A person who is deleted leaves the portal without a name, as they leave an organization. Definer, because it is Auth that deletes.
create or replace function private.forget_partner_member() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.partner_members as m
  set status = 'removed', removed_at = coalesce(m.removed_at, now()), display_name = 'Former member',
    email = 'former-member@deleted.invalid'
  where m.user_id = old.id or m.email = lower(old.email collate "C");
  return null;
end
$$;

create or replace trigger _510_forget_partner_member
after delete on auth.users
for each row execute function private.forget_partner_member();

-- An erasure finds what the log tells of them there, too, and under which addresses.
create or replace function private.is_about(event public.audit_log, person uuid) returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when event.actor = 'user:' || person and event.actor_name is not null then true
    when event.table_name = 'memberships' then
      event.changes ->> 'user_id' = person::text
      or exists (select from public.memberships as m where m.user_id = person and m.id::text = event.row_id)
    when event.table_name = 'invitations' then
      exists (select from public.invitations as i where i.accepted_by = person and i.id::text = event.row_id)
    when event.table_name = 'partner_members' then
      exists (select from public.partner_members as m where m.user_id = person and m.id::text = event.row_id)
    else false
  end
$$;

create or replace function private.personal_addresses(person uuid) returns text[]
language sql
stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct lower(found.value)), '{}')
  from (
    select p.email as value from public.profiles as p where p.user_id = person
    union all
    select m.email from public.memberships as m where m.user_id = person
    union all
    select m.email from public.partner_members as m where m.user_id = person
    union all
    select u.email::text from auth.users as u where u.id = person
    union all
    -- What their memberships and invitations said before.
    select part.value
    from public.audit_log as e
    cross join lateral json_each(e.changes) as field
    cross join lateral (
      select field.value #>> '{}' as value where json_typeof(field.value) = 'string'
      union all
      select json_array_elements_text(case when json_typeof(field.value) = 'array' then field.value else '[]' end)
    ) as part
    where e.table_name in ('memberships', 'invitations', 'partner_members') and field.key = 'email' and private.is_about(e, person)
  ) as found
  where strpos(found.value, '@') > 0 and found.value <> 'former-member@deleted.invalid'
$$;
