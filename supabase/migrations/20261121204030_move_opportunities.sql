-- Which partner a deal belongs to decides whose timeline, health and commission it counts for. So it is no field like others: who may
-- write the deal can say once whose it is; to move it away again takes the right to all deals, and a closed one stays.

set local lock_timeout = '5s';

-- Whether this permission is held on one's own rows only (true), on all (false), or not at all (null). For definer functions.
create or replace function private.only_own(organization uuid, permission text) returns boolean
language sql
stable
set search_path = ''
as $$
  select case
    when private.can(organization, permission) then false
    when organization = any (private.organizations_where_i_hold(permission)) then true
  end
$$;

-- Definer, because partner_id is not granted to clients for changing; it asks for the right itself.
create or replace function private.move_opportunity(organization uuid, opportunity uuid, partner uuid, seen_version bigint) returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  own_only constant boolean := private.only_own(organization, 'opportunities.write');
  target public.opportunities;
begin
  if own_only is null then
    return private.refuse(organization, 'move_opportunity', 'opportunities', opportunity::text);
  end if;
  select d.* into target from public.opportunities as d
  where d.organization_id = organization and d.id = opportunity and (not own_only or d.owner_id = (select auth.uid()))
  for update;
  if target.id is null then
    raise exception 'This deal does not exist in the organization.' using errcode = 'PW012';
  end if;
  if own_only and target.partner_id is not null then
    return private.refuse(
      organization, 'move_opportunity', 'opportunities', target.id::text, 'A deal is moved from one partner to another by who may write all deals.'
    );
  end if;
  if target.version is distinct from seen_version then
    raise exception 'Somebody else changed this deal in the meantime.' using errcode = 'PW006';
  end if;
  if partner is not null and not exists (select from public.partners as p where p.organization_id = organization and p.id = partner) then
    raise exception 'This partner does not exist in the organization.' using errcode = 'PW012';
  end if;
  if target.status <> 'open' and target.partner_id is not null and target.partner_id is distinct from partner then
    perform private.refuse_field('PW059', 'partner_id', 'A closed deal stays with its partner. Reopen it first.');
  end if;
  update public.opportunities as d set partner_id = partner where d.id = target.id returning d.* into target;
  return jsonb_build_object('id', target.id, 'partner_id', target.partner_id, 'version', target.version);
end
$$;

create or replace function public.move_opportunity(organization uuid, opportunity uuid, partner uuid, seen_version bigint) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select private.move_opportunity(organization, opportunity, partner, seen_version)
$$;

comment on function public.move_opportunity is
  'Says whose a deal is that has no partner yet; with the right to all deals, moves an open one to another partner or to none.';

-- anon is deliberately absent.
grant execute on function
  private.move_opportunity(uuid, uuid, uuid, bigint), public.move_opportunity(uuid, uuid, uuid, bigint)
to authenticated;
