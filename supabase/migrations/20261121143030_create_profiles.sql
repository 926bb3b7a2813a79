-- A person, as the product knows them: made when they sign up, kept when they go. Everybody sees their own profile only; what
-- colleagues may see of it (name, address, colour) stands in each membership.

set local lock_timeout = '5s';

create table if not exists public.profiles (
  user_id uuid not null,
  display_name text not null,
  email text,
  avatar_color text not null,
  theme text not null default 'system',
  locale text,
  time_zone text,
  notification_preferences jsonb not null default '{}',
  active_organization_id uuid,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint profiles_pkey primary key (user_id),
  constraint profiles_display_name_check check (
    char_length(display_name) between 1 and 120 and display_name = btrim(display_name) and display_name !~ '[[:cntrl:]]'
  ),
  constraint profiles_avatar_color_check check (
    avatar_color in ('violet', 'teal', 'amber', 'rose', 'sky', 'green', 'orange', 'slate')
  ),
  constraint profiles_theme_check check (theme in ('light', 'dark', 'system')),
  constraint profiles_locale_check check (locale ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'),
  constraint profiles_time_zone_check check (char_length(time_zone) <= 64),
  constraint profiles_notification_preferences_check check (
    jsonb_typeof(notification_preferences) = 'object' and octet_length(notification_preferences::text) <= 8192
  )
);

comment on table public.profiles is
  'One person, readable by that person alone. Insert and delete are absent on purpose: triggers on auth.users do both.';
comment on column public.profiles.user_id is 'Without a foreign key: a person who was deleted stays behind what they did, without a name.';
comment on column public.profiles.email is 'The confirmed address, kept by the triggers on auth.users.';
comment on column public.profiles.locale is 'Empty: as the browser says.';
comment on column public.profiles.time_zone is 'Empty: as the browser says.';

create index if not exists profiles_active_organization_id_user_id_idx on public.profiles (active_organization_id, user_id);

alter table public.profiles enable row level security;

create policy select_self on public.profiles for select to authenticated using (user_id = (select auth.uid()));
create policy update_self on public.profiles for update to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()));

grant select on public.profiles to authenticated;
grant update (display_name, avatar_color, theme, locale, time_zone, notification_preferences, active_organization_id)
  on public.profiles to authenticated;

create or replace function private.check_profile() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  begin
    perform now() at time zone new.time_zone;
  exception when invalid_parameter_value then
    raise exception '"%" is not a time zone.', new.time_zone using errcode = 'check_violation';
  end;
  return new;
end
$$;

create or replace trigger _100_check_profile
before insert or update of time_zone on public.profiles
for each row execute function private.check_profile();

create or replace trigger _100_touch_version
before update on public.profiles
for each row execute function private.touch_version();

-- What a person is first called: what they said at sign-up, else what stands before the @. It is shown and grants nothing.
create or replace function private.first_display_name(metadata jsonb, address text) returns text
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    nullif(btrim(left(regexp_replace(
      coalesce(metadata ->> 'display_name', metadata ->> 'full_name', metadata ->> 'name', ''), '[[:cntrl:]]', ' ', 'g'
    ), 120)), ''),
    nullif(btrim(left(regexp_replace(split_part(coalesce(address, ''), '@', 1), '[[:cntrl:]]', ' ', 'g'), 120)), ''),
    'New member'
  )
$$;

-- Definer, because it is Auth that writes auth.users, and Auth has no right on profiles.
create or replace function private.add_profile() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  insert into public.profiles (user_id, display_name, email, avatar_color)
  values (
    new.id,
    private.first_display_name(new.raw_user_meta_data, new.email),
    case when new.email_confirmed_at is not null then lower(new.email) end,
    (array['violet', 'teal', 'amber', 'rose', 'sky', 'green', 'orange', 'slate'])[1 + abs(hashtext(new.id::text)::bigint) % 8]
  )
  on conflict (user_id) do nothing;
  return null;
end
$$;

create or replace trigger _500_add_profile
after insert on auth.users
for each row execute function private.add_profile();

-- Definer for the same reason.
create or replace function private.keep_profile_email() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.profiles as p
  set email = case when new.email_confirmed_at is not null then lower(new.email) end
  where p.user_id = new.id;
  return null;
end
$$;

create or replace trigger _500_keep_profile_email
after update of email, email_confirmed_at on auth.users
for each row
when (old.email is distinct from new.email or old.email_confirmed_at is distinct from new.email_confirmed_at)
execute function private.keep_profile_email();

-- People who were there before this table.
insert into public.profiles (user_id, display_name, email, avatar_color)
select
  u.id,
  private.first_display_name(u.raw_user_meta_data, u.email),
  case when u.email_confirmed_at is not null then lower(u.email) end,
  (array['violet', 'teal', 'amber', 'rose', 'sky', 'green', 'orange', 'slate'])[1 + abs(hashtext(u.id::text)::bigint) % 8]
from auth.users as u
on conflict (user_id) do nothing;
