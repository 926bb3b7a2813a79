-- The people of demo partners: Petra Huber of Alpine Systems works in Northwind's portal; somebody else is invited.

select pg_temp.act_as('partners');
insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, invited_by, joined_at, created_at, updated_at)
select pg_temp.organization('northwind'), pg_temp.partner('northwind', 'Alpine Systems'), given.email, given.name, pg_temp.person(given.email), given.status,
  pg_temp.person('partners'), pg_temp.days_ago(given.joined), pg_temp.days_ago(given.days), pg_temp.days_ago(coalesce(given.joined, given.days))
from (values
  ('partner@alpine.test', 'Petra Huber', 'active', 400, 402),
  ('jonas.pichler@alpine.test', 'Jonas Pichler', 'invited', null, 6)
) as given (email, name, status, joined, days);

select pg_temp.act_as(null);
