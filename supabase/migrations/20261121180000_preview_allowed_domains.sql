-- Who limits the domains of addresses should know whom it concerns.

set local lock_timeout = '5s';

create or replace function private.people_outside_domains(organization uuid, before jsonb, after jsonb)
returns table (amount bigint, message text)
language sql
stable
set search_path = ''
as $$
  select count(*), case count(*)
    when 1 then '1 open invitation goes to an address outside these domains and can still be accepted until withdrawn.'
    else count(*) || ' open invitations go to addresses outside these domains and can still be accepted until withdrawn.'
  end
  from public.invitations as i
  where i.organization_id = $1
    and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
    and after <> '[]'
    and not after ? lower(split_part(i.email, '@', 2))
  union all
  select count(*), case count(*)
    when 1 then '1 member has an address outside these domains and stays a member.'
    else count(*) || ' members have addresses outside these domains and stay members.'
  end
  from public.memberships as m
  where m.organization_id = $1
    and m.status = 'active'
    and after <> '[]'
    and not after ? lower(split_part(m.email, '@', 2))
$$;

insert into private.configuration_effects (category, key, function_name, description)
values ('organization', 'allowed_domains', 'people_outside_domains', 'Open invitations and members whose address lies outside.')
on conflict do nothing;
