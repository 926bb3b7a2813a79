-- Erasing a person from the timeline: by the same call as from the audit log, theirs and nobody else's.
begin;
create extension if not exists pgtap with schema extensions;
select plan(12);

create function pg_temp.person(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create temporary table known as
select o.id as northwind, pg_temp.person('rep@northwind.test') as rep, pg_temp.person('sales@northwind.test') as sales
from public.organizations as o where o.slug = 'northwind';
create function pg_temp.act_as(who uuid) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', who, 'role', 'authenticated')::text, true)
$$;
create function pg_temp.event(wanted text, of_partner text) returns public.partner_activity_log language sql as $$
  select e from public.partner_activity_log as e where e.kind = wanted and e.subject_label is not distinct from of_partner order by id desc limit 1
$$;
select pg_temp.act_as(rep) from known;
insert into public.partners (organization_id, name) select northwind, 'Begun by them' from known;
select pg_temp.act_as(sales) from known;
insert into public.partners (organization_id, name, owner_id) select northwind, 'Owned by them', rep from known;
update public.partners set owner_id = (select sales from known) where name = 'Owned by them';
insert into public.partners (organization_id, name) select northwind, n from known, unnest(array['Contact', 'Similar', 'Leo', 'Leonora']) as n;
update public.partners set primary_contact_email = 'REP@northwind.test', primary_contact_name = 'R' where name = 'Contact';
update public.partners set primary_contact_email = 'superrep@northwind.test' where name = 'Similar';
insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, joined_at)
select k.northwind, p.id, 'guest@alpine.test', 'Guesty', g.user_id, 'active', now()
from known as k join public.partners as p on p.name = 'Contact' join public.profiles as g on g.email = 'nobody@example.test';
select set_config('request.jwt.claims', '', true);

select cmp_ok(private.erase_personal_data(rep, 'Asked for it.', '{Leo}'), '>=', 4::bigint, 'both logs are told of') from known;
select is((pg_temp.event('partner_created', 'Begun by them')).actor_name, null, 'what they did no longer says their name');
select is((pg_temp.event('partner_created', 'Begun by them')).actor, (select 'user:' || rep from known), 'but that it was one person');
select results_eq(
  $$ select (e).before, (e).after ->> 'name' is not null, (e).actor_name is not null from pg_temp.event('owner_changed', 'Owned by them') as e $$,
  $$ values (null::jsonb, true, true) $$, 'what was theirs is emptied, what is others'' stays'
);
select results_eq(
  $$ select (e).after from pg_temp.event('contact_changed', 'Contact') as e $$, $$ values (null::jsonb) $$, 'an address is found, however it is written'
);
select isnt((pg_temp.event('contact_changed', 'Similar')).after, null, 'one that contains it is not');
select isnt((pg_temp.event('partner_created', 'Leonora')).subject_label, null, 'nor is a short name within another');
select is((pg_temp.event('partner_created', 'Leo')).subject_label, null, 'but by itself');
select is(
  (select count(*) from private.activity_erasures as e join public.audit_log as told
     on told.organization_id = e.organization_id and told.id = e.audit_id and told.action = 'personal_data_erased'),
  (select count(*) from private.activity_erasures), 'each erasure is an event of the audit log'
);
select throws_ok(
  $$ update public.partner_activity_log set actor_name = 'Somebody' where actor = (select 'user:' || rep from known) $$, 'PW040', null,
  'and nothing can be put in its place'
);

select isnt((pg_temp.event('portal_user_invited', 'Guesty')).subject_label, null, 'a guest of a partner is known by name');
select private.erase_personal_data(pg_temp.person('nobody@example.test'), 'Asked for it.');
select is((pg_temp.event('portal_user_invited', 'Guesty')).subject_label, null, 'until they ask to be forgotten');

select * from finish();
rollback;
