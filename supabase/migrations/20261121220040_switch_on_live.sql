-- Everything a screen shows is live from here on. Later tables switch it on in the migration that creates them. What people of a partner
-- hear of follows what the functions of the portal show them, column by column: nothing internal can be told from a message.

set local lock_timeout = '5s';

select private.switch_on_live('public.organizations', 'notices', organization => 'n.id');
select private.switch_on_live(
  'public.profiles', null, everyone => 'false', person => 'n.user_id', organization => 'null::uuid', row_id => 'n.user_id'
);
select private.switch_on_live('public.memberships', 'members');
select private.switch_on_live('public.roles', 'members');
select private.switch_on_live('public.role_permissions', 'members', row_id => 'n.role_id');
select private.switch_on_live('public.invitations', 'members:invitations');
select private.switch_on_live('public.configurations', 'configuration');

select private.switch_on_live(
  'public.partners', 'partners', partner => 'n.id', portal => $$case when n.archived_at is null then '' end$$,
  portal_columns => '{name,website,status,tier,region,owner_id,primary_contact_name,primary_contact_email,primary_contact_phone,'
    'primary_contact_role,agreement_starts_on,agreement_ends_on,agreement_renews_on}'
);
select private.switch_on_live('public.partner_members', 'partners');
select private.switch_on_live('public.partner_commission_terms', 'partners:commissions');
select private.switch_on_live('public.custom_field_definitions', 'partners');
select private.switch_on_live(
  'public.saved_views', 'partners', everyone => 'n.is_shared', person => 'case when not n.is_shared then n.owner_id end'
);
select private.switch_on_live(
  'public.partner_training', 'partners', portal => $$''$$,
  portal_columns => '{title,person_name,status,due_on,completed_at,expires_on,score,certificate_url}'
);

select private.switch_on_live('public.customers', 'partners:customers');
select private.switch_on_live('public.opportunities', 'partners:opportunities', person => 'n.owner_id');
select private.switch_on_live(
  'public.partner_referrals', 'partners:referrals', portal => $$''$$,
  portal_columns => '{client_name,client_email,client_company,client_website,estimated_value,currency,status,outcome,referred_at,'
    'decided_at,submitted_by}'
);
-- Whether it was rejected is for staff to know: in the portal it goes on being looked at.
select private.switch_on_live(
  'public.deal_registrations', 'partners:referrals', portal_columns => '{account_domain,account_name,product}',
  portal => $$case when n.status in ('requested', 'rejected') then 'under_review' else concat_ws(' ', n.status, n.protected_until) end$$
);

select private.switch_on_live(
  'public.partner_documents', 'partners:documents', portal => $$case when n.is_shared and n.archived_at is null then '' end$$,
  portal_columns => '{title,document_type,notion_url,current_version}'
);
select private.switch_on_live('public.partner_document_versions', 'partners:documents');
select private.switch_on_live(
  'public.partner_resources', 'partners:documents', portal => $$case when n.published_at is not null then '' end$$,
  portal_columns => '{title,description,url,document_type,published_at}'
);
select private.switch_on_live(
  'public.partner_tasks', 'partners:tasks', portal => $$case when n.is_shared then '' end$$,
  portal_columns => '{title,description,status,due_on,completed_at,assignee_id}'
);
select private.switch_on_live(
  'public.partner_task_comments', 'partners:tasks', portal_columns => '{body}', portal => $$case
    when n.is_shared then (
      select '' from public.partner_tasks as t where t.organization_id = n.organization_id and t.id = n.task_id and t.is_shared
    )
  end$$
);
-- The portal's timeline shows that it took place, as soon as it is entered.
select private.switch_on_live('public.partner_interactions', 'partners:activity', portal => $$case when n.is_shared then '' end$$);

-- A tenant's configuration is that of the organizations below it, where they have none of their own. They read no row of it, so they
-- are told to read what results.
create or replace function private.tell_organizations_below() returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  above uuid[];
begin
  begin
    if tg_op = 'DELETE' then
      above := array(select distinct r.organization_id from old_rows as r);
    else
      above := array(select distinct r.organization_id from new_rows as r);
    end if;
    perform private.tell_of_many('configurations', 'configuration', 'update', o.id, '{}', false)
    from public.organizations as o
    where o.parent_id = any (above);
  exception when others then
    raise warning 'Nobody below was told of a change of configurations: %', sqlerrm;
  end;
  return null;
end
$$;

create or replace trigger _910_broadcast_below_insert
after insert on public.configurations
referencing new table as new_rows
for each statement execute function private.tell_organizations_below();

create or replace trigger _910_broadcast_below_update
after update on public.configurations
referencing new table as new_rows
for each statement execute function private.tell_organizations_below();

create or replace trigger _910_broadcast_below_delete
after delete on public.configurations
referencing old table as old_rows
for each statement execute function private.tell_organizations_below();
