-- What the directory and a partner's page say at their top: how many, how much, how far. One answer each, so that a page asks once.
-- Each figure stands only where the caller may see what it counts; amounts in different currencies are never added up.

set local lock_timeout = '5s';

-- What is in the pipeline, and what was won; for those who see only deals of their own, of these. Nothing for those who see none.
create or replace function private.deal_figures(organization uuid, partner uuid, outcome text) returns jsonb
language sql
stable
set search_path = ''
as $$
  select case when seen.own_only is not null then (
    select coalesce(jsonb_agg(jsonb_build_object('currency', f.currency, 'deals', f.deals, 'value', f.value::text) order by f.deals desc, f.currency), '[]')
    from (
      select d.currency, count(*) as deals, trim_scale(sum(d.value)) as value
      from public.opportunities as d
      where d.organization_id = $1 and d.status = $3 and ($2 is null or d.partner_id = $2)
        and (not seen.own_only or d.owner_id = (select auth.uid()))
      group by d.currency
    ) as f
  ) end
  from (select private.only_own($1, 'opportunities.read') as own_only) as seen
$$;

comment on function private.deal_figures is
  'By currency: [{currency, deals, value}], the value as text; the line without a currency counts deals without an amount.';

-- Definer, because figures under policies cannot use an index; so it asks for each right itself.
create or replace function private.partner_summary(organization uuid) returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'partners.read') then
    raise exception 'You may not see the partners of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return jsonb_build_object(
    'active', (
      select count(*)
      from jsonb_array_elements(private.configuration_value(organization, 'partners', 'statuses')) as entry (choice)
      join public.partners as p on p.organization_id = organization and p.status = choice ->> 'key' and p.archived_at is null
      where choice ->> 'counts_as' = 'active'
    ),
    'all', (select count(*) from public.partners as p where p.organization_id = organization and p.archived_at is null),
    'pipeline', private.deal_figures(organization, null, 'open'),
    'open_referrals', case when private.can(organization, 'referrals.read') then (
      select count(*) from public.partner_referrals as r where r.organization_id = organization and r.outcome = 'open'
    ) end
  );
end
$$;

create or replace function public.partner_summary(organization uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.partner_summary(organization)
$$;

comment on function public.partner_summary is
  'The figures of the directory: {active, all, pipeline: [{currency, deals, value}], open_referrals}; null is what the caller may not see.';

-- Definer for the same reason.
create or replace function private.partner_figures(organization uuid, partner uuid) returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  today date;
begin
  if not private.can(organization, 'partners.read') then
    raise exception 'You may not see the partners of this organization.' using errcode = 'insufficient_privilege';
  end if;
  -- By the organization's clock, so that colleagues in other zones read the same.
  today := (now() at time zone (private.configuration_value(organization, 'organization', 'time_zone') #>> '{}'))::date;
  return jsonb_build_object(
    'pipeline', private.deal_figures(organization, partner, 'open'),
    'won', private.deal_figures(organization, partner, 'won'),
    'referrals', case when private.can(organization, 'referrals.read') then (
      select jsonb_build_object(
        'open', count(*) filter (where r.outcome = 'open'),
        'won', count(*) filter (where r.outcome = 'won'),
        'lost', count(*) filter (where r.outcome = 'lost')
      )
      from public.partner_referrals as r where r.organization_id = organization and r.partner_id = partner
    ) end,
    'tasks', case when private.can(organization, 'tasks.read') then (
      select jsonb_build_object('open', count(*), 'overdue', count(*) filter (where t.due_on < today))
      from public.partner_tasks as t
      where t.organization_id = organization and t.partner_id = partner and t.status in ('pending', 'in_progress')
    ) end,
    'documents', case when private.can(organization, 'documents.read') then (
      select count(*) from public.partner_documents as d
      where d.organization_id = organization and d.partner_id = partner and d.archived_at is null
    ) end
  );
end
$$;

create or replace function public.partner_figures(organization uuid, partner uuid) returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.partner_figures(organization, partner)
$$;

comment on function public.partner_figures is
  'The figures of a partner: {pipeline, won: [{currency, deals, value}], referrals: {open, won, lost}, tasks: {open, overdue}, documents}; null is what the caller may not see.';

-- anon is deliberately absent, and so is what the definer functions call.
grant execute on function
  private.partner_summary(uuid), public.partner_summary(uuid), private.partner_figures(uuid, uuid), public.partner_figures(uuid, uuid)
to authenticated;
