-- Organizations, people, rights and configuration leave events from here on. Later tables switch it on in the migration that
-- creates them.

set local lock_timeout = '5s';

select private.switch_on_audit('public.organizations', label => 'r.name');
select private.switch_on_audit('public.memberships', label => 'r.display_name');
select private.switch_on_audit('public.roles', label => 'r.name');
select private.switch_on_audit(
  'public.role_permissions',
  label => '(select concat_ws('': '', role.name, r.permission) from public.roles as role where role.id = r.role_id)'
);
select private.switch_on_audit('public.invitations', redacted => '{token_hash}', label => 'r.email');
select private.switch_on_audit('public.configurations', label => 'r.category || ''.'' || r.key');
