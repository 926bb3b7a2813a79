-- Whoever was deactivated changes nothing in the organization any more, and that includes what it calls them: a person who was let
-- go could still write a sentence into the list of its members and into its log, by their own profile. They stay as they were; when
-- they come back, so does what their profile says by then.

set local lock_timeout = '5s';

-- Definer, because nobody may write memberships directly. Who was deleted is forgotten everywhere.
create or replace function private.show_profile_to_colleagues() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.memberships as m
  set display_name = new.display_name, email = new.email, avatar_color = new.avatar_color
  where m.user_id = new.user_id
    and (m.status = 'active' or not exists (select from auth.users as u where u.id = new.user_id));
  return null;
end
$$;

create or replace function private.show_profile_again() returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  select p.display_name, p.email, p.avatar_color into new.display_name, new.email, new.avatar_color
  from public.profiles as p
  where p.user_id = new.user_id;
  return new;
end
$$;

create or replace trigger _150_show_profile_again
before update on public.memberships
for each row when (new.status = 'active' and old.status <> 'active') execute function private.show_profile_again();

-- A person who is deleted: as before, and their address goes from invitations too. Definer, because it is Auth that deletes.
create or replace function private.forget_person() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  update public.memberships as m set status = 'deactivated', deactivated_at = now()
  where m.user_id = old.id and m.status = 'active';
  update public.profiles as p
  set display_name = 'Former member', email = null, avatar_color = 'slate', locale = null, time_zone = null,
    notification_preferences = '{}', active_organization_id = null
  where p.user_id = old.id;
  delete from private.platform_staff as s where s.user_id = old.id;
  -- The address stood in invitations as well. An open one would still let in whoever is given the address next.
  update public.invitations as i
  set email = 'former-member@deleted.invalid',
    revoked_at = case when i.accepted_at is null then coalesce(i.revoked_at, now()) end
  where i.accepted_by = old.id or i.email = lower(old.email);
  delete from private.invitation_mails as m where m.email = lower(old.email);
  return null;
end
$$;

-- A small table, and a migration is one transaction.
-- squawk-ignore require-concurrent-index-creation
create index if not exists invitations_accepted_by_idx on public.invitations (accepted_by) where accepted_by is not null;

-- Addresses that were counted went when the same organization invited again; some never do.
create or replace function private.forget_invitation_mails() returns void
language sql
volatile
set search_path = ''
as $$
  delete from private.invitation_mails as m
  where m.id in (
    select old.id from private.invitation_mails as old where old.asked_at <= now() - interval '1 hour' for update skip locked
  )
$$;

comment on function private.forget_invitation_mails is 'Deletes addresses that no limit counts any more.';

insert into private.schedules (name, schedule, function_name, description)
values ('forget-invitation-mails', '23 * * * *', 'forget_invitation_mails', 'Deletes the addresses of mails that no limit counts any more.')
on conflict (name) do nothing;
