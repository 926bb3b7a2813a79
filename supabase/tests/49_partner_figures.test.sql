-- The figures of the directory and of a partner: what they count, that currencies stay apart, and that each stands only where the
-- caller may see what it counts.
begin;
create extension if not exists pgtap with schema extensions;
select plan(20);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create function pg_temp.become(address text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.id_of(address), 'role', 'authenticated')::text, true)
$$;

-- A place of its own: nobody's partners but those made here.
insert into public.organizations (name, slug, seat_limit) values ('Figures', 'figures-of-tests', 100);
create temporary table known as
select (select id from public.organizations where slug = 'figures-of-tests') as here, (select id from public.organizations where slug = 'contoso') as contoso;
grant select on known to authenticated, anon;
insert into public.memberships (organization_id, user_id, role_id, display_name, email, avatar_color)
select known.here, p.user_id, r.id, p.display_name, p.email, p.avatar_color
from known
join (values ('sales@northwind.test', 'sales_manager'), ('rep@northwind.test', 'sales_rep'), ('data@northwind.test', 'data_team'))
  as given (address, role) on true
join public.profiles as p on p.email = given.address
join public.roles as r on r.organization_id = known.here and r.key = given.role;
insert into public.partners (organization_id, name, status, archived_at)
select here, given.name, given.status, given.archived_at
from known, (values ('First', 'active', null), ('Second', 'active', null), ('Third', 'pending', null), ('Gone', 'active', now())) as given (name, status, archived_at);
insert into public.customers (organization_id, name) select here, 'Acme' from known;
insert into public.opportunities (organization_id, partner_id, customer_id, name, value, currency, stage, owner_id)
select here, p.id, c.id, given.name, given.value, given.currency, 'lead', pg_temp.id_of(given.owner)
from known
join (values
  ('First', 'A', 100.50, 'EUR', 'sales@northwind.test'), ('First', 'B', 200, 'EUR', 'rep@northwind.test'),
  ('First', 'C', 700, 'USD', 'sales@northwind.test'), ('Second', 'D', 1, 'EUR', 'sales@northwind.test'), ('First', 'E', null, null, 'rep@northwind.test')
) as given (partner, name, value, currency, owner) on true
join public.partners as p on p.organization_id = here and p.name = given.partner
join public.customers as c on c.organization_id = here;
update public.opportunities as o set stage = 'closed_won', reason = 'price' from known where o.organization_id = here and o.name = 'D';
insert into public.partner_referrals (organization_id, partner_id, client_name, status, decision_reason)
select here, p.id, given.name, given.status, given.reason
from known
join (values ('First', 'One', 'submitted', null), ('First', 'Two', 'won', null), ('First', 'Three', 'lost', 'No budget'), ('Second', 'Four', 'qualified', null))
  as given (partner, name, status, reason) on true
join public.partners as p on p.organization_id = here and p.name = given.partner;
insert into public.partner_tasks (organization_id, partner_id, title, due_on, status)
select here, p.id, given.title, current_date + given.days, given.status
from known
join (values ('Late', -3, 'pending'), ('Soon', 3, 'in_progress'), ('Late but done', -3, 'completed'), ('Some day', null, 'pending')) as given (title, days, status) on true
join public.partners as p on p.organization_id = here and p.name = 'First';
insert into public.partner_documents (organization_id, partner_id, title, document_type)
select here, p.id, 'Agreement', 'agreement' from known join public.partners as p on p.organization_id = here and p.name = 'First';
alter table known add column first uuid, add column foreign_partner uuid;
insert into public.partners (organization_id, name) select contoso, 'Foreign' from known;
update known set first = (select id from public.partners where organization_id = here and name = 'First'),
  foreign_partner = (select id from public.partners where organization_id = contoso and name = 'Foreign');

create function pg_temp.summary(part text) returns jsonb language sql as $$ select public.partner_summary((select here from known)) -> part $$;
create function pg_temp.figures(part text) returns jsonb language sql as $$
  select public.partner_figures((select here from known), (select first from known)) -> part
$$;
grant execute on function pg_temp.summary(text), pg_temp.figures(text) to authenticated, anon;

select pg_temp.become('sales@northwind.test');
set local role authenticated;
select is(pg_temp.summary('active'), '2', 'active are those whose status counts as active and who are not archived');
select is(pg_temp.summary('all'), '3', 'all are those who are not archived');
select is(pg_temp.summary('open_referrals'), '2', 'referrals are open by their outcome');
select is(
  pg_temp.summary('pipeline'),
  '[{"currency": "EUR", "deals": 2, "value": "300.5"}, {"currency": "USD", "deals": 1, "value": "700"}, {"currency": null, "deals": 1, "value": null}]',
  'each currency is a line of its own'
);
select is(pg_temp.figures('won'), '[]', 'what was won with another partner is not this one''s');
select is(pg_temp.figures('pipeline') #>> '{0,value}', '300.5', 'what is open with this one is');
select is(pg_temp.figures('referrals'), '{"open": 1, "won": 1, "lost": 1}', 'its referrals by how they ended');
select is(pg_temp.figures('tasks'), '{"open": 3, "overdue": 1}', 'what is done is not late');
select is(pg_temp.figures('documents'), '1', 'its documents');
select is(
  (public.partner_figures((select here from known), (select foreign_partner from known)) -> 'documents'), '0', 'a foreign partner has nothing here'
);
select throws_ok('select public.partner_summary((select contoso from known))', '42501', 'You may not see the partners of this organization.', 'another organization is refused');
select throws_ok('select public.partner_figures((select contoso from known), (select foreign_partner from known))', '42501', null, 'in each');
select throws_ok('select public.partner_summary(gen_random_uuid())', '42501', 'You may not see the partners of this organization.', 'as one that does not exist');

set local role postgres;
select pg_temp.become('rep@northwind.test');
set local role authenticated;
select is(
  pg_temp.summary('pipeline'), '[{"currency": "EUR", "deals": 1, "value": "200"}, {"currency": null, "deals": 1, "value": null}]',
  'who sees their own deals has figures of these'
);
select is(pg_temp.figures('pipeline') #>> '{0,value}', '200', 'of a partner, too');
set local role postgres;
delete from public.role_permissions as rp using public.roles as r, known
where rp.role_id = r.id and r.organization_id = here and r.key = 'sales_rep' and rp.permission in ('opportunities.read', 'referrals.read', 'tasks.read', 'documents.read');
set local role authenticated;
select is(pg_temp.summary('pipeline') || pg_temp.summary('open_referrals'), '[null, null]', 'who may not see what is counted has no figure of it');
select is(
  (select array_agg(value order by key) from jsonb_each_text(public.partner_figures((select here from known), (select first from known)))),
  array[null, null, null, null, null], 'of a partner, too'
);
set local role postgres;
delete from public.role_permissions as rp using public.roles as r, known
where rp.role_id = r.id and r.organization_id = here and r.key = 'sales_rep' and rp.permission = 'partners.read';
set local role authenticated;
select throws_ok('select public.partner_summary((select here from known))', '42501', null, 'and who may not see partners has none at all');

set local role anon;
select throws_ok('select public.partner_summary((select here from known))', '42501', null, 'without signing in: nothing');
select throws_ok('select public.partner_figures((select here from known), (select first from known))', '42501', null, 'in each');

select * from finish();
rollback;
