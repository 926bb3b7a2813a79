-- A comment from the portal is signed with what whoever invited its author calls them, as everything else there is: the portal's function
-- says so, and no client may. Ours stay signed with their own names.

set local lock_timeout = '5s';

-- Definer as before: a person's name is asked for where the person need not see profiles.
create or replace function private.sign_task_comment() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' then
    if new.body is distinct from old.body then
      new.edited_at := now();
    end if;
  elsif (select auth.uid()) is not null then
    new.author_id := (select auth.uid());
    new.author_name := case when new.is_from_partner then new.author_name else private.actor_name() end;
    new.edited_at := null;
  end if;
  return new;
end
$$;
