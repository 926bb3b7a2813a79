-- Who may listen where. Screens follow the database over private channels; a channel's topic says what it is about and ends with the
-- organization's epoch: org:<organization>:<subject>[:<area>]#<epoch>. Whatever can take a right from somebody raises the epoch. The old
-- topics fall silent at once, and whoever goes on listening has to ask for the new ones, which the policy below grants or does not.

set local lock_timeout = '5s';

create table if not exists private.live_epochs (
  organization_id uuid not null,
  epoch bigint not null default 2,
  raised_at timestamptz not null default now(),
  raised_by xid8 not null default pg_current_xact_id(),
  constraint live_epochs_pkey primary key (organization_id),
  constraint live_epochs_organization_id_fkey foreign key (organization_id) references public.organizations (id) on delete cascade
);

comment on table private.live_epochs is
  'How often rights were taken away in an organization; without a row it is epoch 1. No policies on purpose: functions only.';
comment on column private.live_epochs.raised_by is 'The transaction, which raises it once however much it takes away.';

alter table private.live_epochs enable row level security;

create or replace function private.live_epoch_of(organization uuid) returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce((select e.epoch from private.live_epochs as e where e.organization_id = organization), 1)
$$;

-- What a topic can be about, and the permission that it takes. Those that begin with "partners" exist for the organization and for each
-- of its partners: partners:tasks is org:<organization>:partners:tasks and org:<organization>:partner:<partner>:tasks.
create table if not exists private.live_areas (
  area text not null,
  permission text,
  own_is_enough boolean not null default false,
  constraint live_areas_pkey primary key (area),
  constraint live_areas_permission_fkey foreign key (permission) references public.permissions (key) on delete restrict,
  constraint live_areas_area_check check (area ~ '^[a-z]+(:[a-z]+)?$' and area !~ ':portal$')
);

comment on table private.live_areas is 'What live topics are about. No policies on purpose: migrations add to it.';
comment on column private.live_areas.permission is 'What listening takes; empty where being a member is enough.';
comment on column private.live_areas.own_is_enough is 'Held on one''s own rows only it lets in as well, because the policy of the table shows all rows to such people.';

alter table private.live_areas enable row level security;

create index if not exists live_areas_permission_idx on private.live_areas (permission);

insert into private.live_areas (area, permission, own_is_enough)
values
  ('notices', null, false),
  ('configuration', 'config.read', false),
  ('members', 'members.read', false),
  ('members:invitations', 'members.manage', false),
  ('partners', 'partners.read', false),
  ('partners:activity', 'activity.read', false),
  ('partners:commissions', 'commissions.read', false),
  ('partners:customers', 'opportunities.read', true),
  ('partners:documents', 'documents.read', false),
  ('partners:opportunities', 'opportunities.read', false),
  ('partners:referrals', 'referrals.read', false),
  ('partners:tasks', 'tasks.read', false)
on conflict (area) do nothing;

-- Whether the caller may listen there now. A topic has one spelling; a foreign organization or partner is refused like one that does not
-- exist. People of a partner listen to what concerns their portal, and to nothing else. Definer, because it reads memberships, which are
-- under policies.
create or replace function private.may_join_topic(topic text) returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  uuid_pattern constant text := '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
  part constant text[] := regexp_match(
    topic, format('^org:(%s):(?:(partner):(%1$s)|([a-z]+))(?::([a-z]+))?#([1-9][0-9]{0,17})$', uuid_pattern)
  );
  organization constant uuid := part[1];
  partner constant uuid := part[3];
  subject constant text := case when part[2] = 'partner' then 'partners' else part[4] end;
begin
  if not private.session_has_not_ended() then
    return false;
  end if;
  if part is null then
    return coalesce(topic = 'user:' || (select auth.uid()), false);
  end if;
  if part[6]::bigint <> private.live_epoch_of(organization) then
    return false;
  end if;
  if part[5] = 'portal' then
    return exists (select from private.my_portals() as g where g.organization_id = organization and g.partner_id = partner);
  end if;
  if partner is not null and not exists (
    select from public.partners as p where p.organization_id = organization and p.id = partner
  ) then
    return false;
  end if;
  return exists (
    select from private.live_areas as a
    where a.area = concat_ws(':', subject, part[5])
      and organization = any (case
        when a.permission is null then private.my_organization_ids()
        when a.own_is_enough then private.organizations_where_i_hold(a.permission)
        else private.organizations_where_i_can(a.permission)
      end)
  );
end
$$;

comment on function private.may_join_topic is 'Whether I may listen to a live topic at this moment.';

-- Who is here shows on the directory and on a partner, for colleagues. Clients send nothing else: what changed, the database says.
create or replace function private.may_show_presence(topic text) returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(topic ~ '^org:[^:#]+:(partners|partner:[^:#]+)#', false) and private.may_join_topic(topic)
$$;

comment on function private.may_show_presence is 'Whether I may be seen on a live topic at this moment.';

grant execute on function private.may_join_topic(text), private.may_show_presence(text) to authenticated;

-- Update and delete are absent on purpose, and so is everything for anon.
create policy select_listener on realtime.messages for select to authenticated
  using (
    extension in ('broadcast', 'presence') and (select private.may_join_topic((select realtime.topic())))
  );
create policy insert_present_colleague on realtime.messages for insert to authenticated
  with check (extension = 'presence' and (select private.may_show_presence((select realtime.topic()))));

create or replace function private.live_epoch(organization uuid) returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if organization = any (private.my_organization_ids())
    or exists (select from private.my_portals() as g where g.organization_id = organization)
  then
    return private.live_epoch_of(organization);
  end if;
  raise exception 'You do not have the right to do this.' using errcode = 'insufficient_privilege';
end
$$;

create or replace function public.live_epoch(organization uuid) returns bigint
language sql stable set search_path = '' as $$ select private.live_epoch(organization) $$;

comment on function public.live_epoch is
  'The epoch that live topics of the organization end with. For its members, and for whom the portal of one of its partners is open to.';

-- anon is deliberately absent.
grant execute on function private.live_epoch(uuid), public.live_epoch(uuid) to authenticated;
