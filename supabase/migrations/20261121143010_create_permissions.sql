-- What can be permitted at all, and who has it when an organization begins. Organizations adapt their roles, never this list:
-- a new permission comes with the migration of the feature that asks for it, through private.add_permission.

set local lock_timeout = '5s';

create table if not exists public.permissions (
  key text not null,
  area text not null,
  label text not null,
  description text not null,
  supports_own boolean not null default false,
  for_platform_staff boolean not null default false,
  position bigint not null,
  constraint permissions_pkey primary key (key),
  constraint permissions_key_check check (key ~ '^[a-z_]+\.[a-z_]+$'),
  constraint permissions_position_key unique (position)
);

comment on table public.permissions is 'The fixed catalogue of what a role can hold. Insert, update and delete are absent on purpose: migrations only.';
comment on column public.permissions.supports_own is 'Whether it can be limited to rows one owns or is assigned to.';
comment on column public.permissions.for_platform_staff is 'Whether the platform''s staff have it while an access to the organization is open.';

alter table public.permissions enable row level security;

create table if not exists private.built_in_roles (
  key text not null,
  name text not null,
  description text not null,
  position bigint not null,
  constraint built_in_roles_pkey primary key (key)
);

comment on table private.built_in_roles is 'The roles that every organization begins with. No policies on purpose: migrations only.';

alter table private.built_in_roles enable row level security;

create table if not exists private.built_in_permissions (
  role_key text not null,
  permission text not null,
  scope text not null,
  constraint built_in_permissions_pkey primary key (role_key, permission),
  constraint built_in_permissions_role_key_fkey foreign key (role_key) references private.built_in_roles (key) on delete cascade,
  constraint built_in_permissions_permission_fkey foreign key (permission) references public.permissions (key) on delete cascade,
  constraint built_in_permissions_scope_check check (scope in ('all', 'own'))
);

comment on table private.built_in_permissions is 'What the built-in roles begin with. No policies on purpose: migrations only.';

create index if not exists built_in_permissions_permission_idx on private.built_in_permissions (permission);

alter table private.built_in_permissions enable row level security;

insert into private.built_in_roles (key, name, description, position) values
  ('org_admin', 'Administrator', 'Runs the organization: members, roles, configuration and everything else.', 1),
  ('vp', 'VP', 'Sees everything, approves deals and commissions, reads the audit log.', 2),
  ('sales_manager', 'Sales manager', 'Leads the team: partners, referrals, deals, goals and alerts.', 3),
  ('partnership_manager', 'Partnership manager', 'Looks after partners, their referrals and their deals.', 4),
  ('sales_rep', 'Sales rep', 'Works on own partners, referrals and deals, and sees the others.', 5),
  ('data_team', 'Data team', 'Imports, backfills, exports and fields; keeps the directory clean.', 6)
on conflict (key) do nothing;

-- One row a permission, as in the product's own table: org_admin has all of them; "a" all, "o" own, "-" none for
-- vp, sales_manager, partnership_manager, sales_rep, data_team.
create temporary table catalogue (
  key text, area text, label text, description text, others text, position bigint generated always as identity
) on commit drop;

insert into catalogue (key, area, label, description, others) values
  ('partners.read', 'Partners', 'See partners', 'The directory and each partner''s workspace.', 'aaaaa'),
  ('partners.write', 'Partners', 'Edit partners', 'Create partners and change their fields.', '-aaoa'),
  ('partners.archive', 'Partners', 'Archive partners', 'Put partners away and bring them back.', '-aa-a'),
  ('partners.merge', 'Partners', 'Merge partners', 'Join two records of the same partner.', '-aa-a'),
  ('referrals.read', 'Referrals', 'See referrals', 'What partners brought, and how far it got.', 'aaaaa'),
  ('referrals.write', 'Referrals', 'Edit referrals', 'Create referrals and change their fields.', '-aaoa'),
  ('referrals.decide', 'Referrals', 'Decide referrals', 'Qualify, win, lose, register deals.', '-aa--'),
  ('opportunities.read', 'Deals', 'See deals', 'The pipeline and each deal.', 'aaaoa'),
  ('opportunities.write', 'Deals', 'Edit deals', 'Create deals and move them.', '-aao-'),
  ('opportunities.approve', 'Deals', 'Approve deals', 'Say yes or no where a stage asks for it.', 'aa---'),
  ('commissions.read', 'Commissions', 'See commissions', 'Amounts, rules and how each came about.', 'aaa-a'),
  ('commissions.approve', 'Commissions', 'Approve commissions', 'Never one''s own.', 'a----'),
  ('commissions.configure', 'Commissions', 'Configure commissions', 'Rates, tiers and rules.', '-----'),
  ('payouts.manage', 'Commissions', 'Manage payouts', 'Prepare, pay and correct payouts.', '-----'),
  ('tasks.read', 'Work', 'See tasks', 'Tasks of partners and of the team.', 'aaaaa'),
  ('tasks.write', 'Work', 'Edit tasks', 'Create, change and complete tasks.', '-aaoa'),
  ('documents.read', 'Work', 'See documents', 'Agreements, plans and files of partners.', 'aaaaa'),
  ('documents.write', 'Work', 'Edit documents', 'Add, replace and label documents.', '-aaoa'),
  ('activity.read', 'Work', 'See activity', 'The timeline of each partner.', 'aaaaa'),
  ('activity.log', 'Work', 'Log activity', 'Meetings, calls, e-mails and events.', '-aaoa'),
  ('training.manage', 'Work', 'Manage training', 'Courses and certifications of partners.', '-aa-a'),
  ('views.share', 'Work', 'Share views', 'Save views for everybody.', '-aa-a'),
  ('dashboard.read', 'Reports', 'See dashboards', 'Figures of the organization.', 'aaa--'),
  ('reports.read', 'Reports', 'See reports', 'Reports and what stands behind them.', 'aaa--'),
  ('status.submit', 'Reports', 'Submit weekly status', 'One''s own week.', 'aaaaa'),
  ('status.read_team', 'Reports', 'Read the team''s status', 'Everybody''s week.', 'aaa--'),
  ('goals.manage', 'Reports', 'Manage goals', 'Quarterly goals and their targets.', 'aa---'),
  ('alerts.manage', 'Reports', 'Manage alerts', 'What should be reported, and to whom.', 'aa---'),
  ('jobs.run', 'Data', 'Run jobs', 'Imports and backfills.', '----a'),
  ('exports.run', 'Data', 'Export', 'Take data out as files.', '----a'),
  ('custom_fields.manage', 'Data', 'Manage fields', 'Fields of the organization''s own.', '----a'),
  ('config.read', 'Administration', 'See configuration', 'How the organization is set up.', 'aaaaa'),
  ('config.write', 'Administration', 'Change configuration', 'Statuses, tiers, stages, rates and targets.', '-----'),
  ('members.read', 'Administration', 'See members', 'Who belongs to the organization.', 'aaaaa'),
  ('members.manage', 'Administration', 'Manage members', 'Invite, change roles, deactivate.', '-----'),
  ('roles.manage', 'Administration', 'Manage roles', 'What each role may do.', '-----'),
  ('access.explain', 'Administration', 'Explain access', 'Why somebody can or cannot see a row; see as they do.', '-----'),
  ('audit.read', 'Administration', 'Read the audit log', 'Who changed what, and when.', 'a----');

insert into public.permissions (key, area, label, description, supports_own, for_platform_staff, position)
select key, area, label, description, others like '%o%', key like '%.read' or key = 'status.read_team', position * 10
from catalogue
on conflict (key) do nothing;

insert into private.built_in_permissions (role_key, permission, scope)
select role.key, c.key, case when role.key = 'org_admin' then 'all' when letter = 'a' then 'all' else 'own' end
from catalogue as c
cross join private.built_in_roles as role
cross join lateral substr(c.others, (role.position - 1)::integer, 1) as letter
where role.key = 'org_admin' or letter in ('a', 'o')
on conflict (role_key, permission) do nothing;
