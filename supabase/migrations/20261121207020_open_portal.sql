-- The door of the portal. Every function behind it says which partner it is about, and asks here who is asking: a person of that
-- partner, at this moment, of an organization that is open. Whoever is none gets one answer, whatever the id stands for.

set local lock_timeout = '5s';

create type private.portal_guest as (
  organization_id uuid, partner_id uuid, member_id uuid, user_id uuid, name text, joined_at timestamptz
);

comment on type private.portal_guest is 'Who asks in a portal, and for which partner: made by private.my_portals alone.';

-- An active colleague is no guest in the same organization, however both came about.
create or replace function private.my_portals() returns setof private.portal_guest
language plpgsql
stable
set search_path = ''
as $$
declare
  me constant uuid := (select auth.uid());
begin
  return query
  select m.organization_id, m.partner_id, m.id, m.user_id, m.display_name, m.joined_at
  from public.partner_members as m
  join public.partners as p on p.organization_id = m.organization_id and p.id = m.partner_id
  where m.user_id = me
    and m.status = 'active'
    and p.archived_at is null
    and not exists (select from private.suspended_organizations as s where s.id = m.organization_id)
    and not exists (
      select from public.memberships as colleague
      where colleague.organization_id = m.organization_id and colleague.user_id = me and colleague.status = 'active'
    );
end
$$;

create or replace function private.enter_portal(partner uuid) returns private.portal_guest
language plpgsql
stable
set search_path = ''
as $$
declare
  guest private.portal_guest;
begin
  select g.* into guest from private.my_portals() as g where g.partner_id = partner;
  if guest.member_id is null then
    raise exception 'You do not have the right to do this.' using errcode = 'insufficient_privilege';
  end if;
  return guest;
end
$$;

comment on function private.enter_portal is 'Who asks, or a refusal that is the same for a foreign partner and for none.';

-- Whoever signs in with exactly an invited address, confirmed, is that person from now on. Read where Auth keeps it; compared
-- without any folding but of ASCII, so that no other address can ever be taken for it.
create or replace function private.join_portals() returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  me constant uuid := (select auth.uid());
begin
  update public.partner_members as m
  set status = 'active', user_id = me, joined_at = now()
  where m.status = 'invited'
    and m.email = (select lower(u.email collate "C") from auth.users as u where u.id = me and u.email_confirmed_at is not null)
    and not exists (
      select from public.memberships as colleague
      where colleague.organization_id = m.organization_id and colleague.user_id = me and colleague.status = 'active'
    )
    -- Invited again under another address of theirs: they are in already.
    and not exists (
      select from public.partner_members as earlier
      where earlier.organization_id = m.organization_id and earlier.partner_id = m.partner_id
        and earlier.user_id = me and earlier.status = 'active'
    );
end
$$;

-- Definer, here and in all that follows for the portal: its people have no right on any table. Each function enters by
-- private.enter_portal first, and looks at rows of that partner only.
create or replace function private.portal_context()
returns table (partner_id uuid, partner_name text, organization_name text, member_name text, joined_at timestamptz)
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform private.join_portals();
  return query
  select p.id, p.name, o.name, g.name, g.joined_at
  from private.my_portals() as g
  join public.partners as p on p.organization_id = g.organization_id and p.id = g.partner_id
  join public.organizations as o on o.id = g.organization_id
  order by o.name, p.name, p.id;
end
$$;

-- The keys of a setting become words; one that is no longer configured stays as it is written.
create or replace function private.choice_label(organization uuid, category text, key text, choice text) returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(private.configured_choice(organization, category, key, choice) ->> 'label', choice)
$$;

create or replace function private.portal_partner(partner uuid)
returns table (
  partner_id uuid, name text, website text, status text, tier text, region text, manager_name text,
  primary_contact_name text, primary_contact_email text, primary_contact_phone text, primary_contact_role text,
  agreement_starts_on date, agreement_ends_on date, agreement_renews_on date
)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  guest constant private.portal_guest := private.enter_portal(partner);
begin
  return query
  select p.id, p.name, p.website,
    private.choice_label(p.organization_id, 'partners', 'statuses', p.status),
    private.choice_label(p.organization_id, 'partners', 'tiers', p.tier),
    private.choice_label(p.organization_id, 'partners', 'regions', p.region),
    (select m.display_name from public.memberships as m
     where m.organization_id = p.organization_id and m.user_id = p.owner_id and m.status = 'active'),
    p.primary_contact_name, p.primary_contact_email, p.primary_contact_phone, p.primary_contact_role,
    p.agreement_starts_on, p.agreement_ends_on, p.agreement_renews_on
  from public.partners as p
  where p.organization_id = guest.organization_id and p.id = guest.partner_id;
end
$$;

create or replace function public.portal_context()
returns table (partner_id uuid, partner_name text, organization_name text, member_name text, joined_at timestamptz)
language sql volatile set search_path = '' as $$ select * from private.portal_context() $$;
create or replace function public.portal_partner(partner uuid)
returns table (
  partner_id uuid, name text, website text, status text, tier text, region text, manager_name text,
  primary_contact_name text, primary_contact_email text, primary_contact_phone text, primary_contact_role text,
  agreement_starts_on date, agreement_ends_on date, agreement_renews_on date
)
language sql stable set search_path = '' as $$ select * from private.portal_partner(partner) $$;

comment on function public.portal_context is
  'The partners whose portal is open to me. The first call: it lets me in wherever my confirmed address was invited.';
comment on function public.portal_partner is 'The partner as its own people see it.';

-- anon is deliberately absent.
grant execute on function
  private.portal_context(), public.portal_context(), private.portal_partner(uuid), public.portal_partner(uuid)
to authenticated;
