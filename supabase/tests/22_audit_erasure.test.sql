-- Erasing a person: what is theirs goes, what is somebody else's stays, whatever the person called themselves.
begin;
create extension if not exists pgtap with schema extensions;
select plan(9);

create function pg_temp.id_of(address text) returns uuid language sql as $$ select user_id from public.profiles where email = address $$;
create temporary table known as
select o.id as northwind, pg_temp.id_of('nobody@example.test') as stranger, pg_temp.id_of('rep@northwind.test') as rep
from public.organizations as o where o.slug = 'northwind';
create function pg_temp.erased() returns bigint language sql as $$ select count(*) from public.audit_log where changes ->> 'erased' is not null $$;
create function pg_temp.call_stranger(new_name text) returns void language sql as $$
  update public.profiles set display_name = new_name where user_id = (select stranger from known)
$$;

select pg_temp.call_stranger('status');
select is(private.erase_personal_data(stranger, 'Asked for it.'), 0::bigint, 'a name that is a word of the log takes nothing along') from known;
select pg_temp.call_stranger('Sofia Martins');
select is(
  private.erase_personal_data(stranger, 'Asked for it.'), 0::bigint, 'nor does somebody else''s name'
) from known;
select pg_temp.call_stranger((select display_name from public.memberships where user_id = (select rep from known)));
select is(private.erase_personal_data(stranger, 'Asked for it.'), 0::bigint, 'not even the name of somebody in the log') from known;

-- An address within another one.
select private.record_audit(northwind, 'noted', 'organizations', '1', '{"note": "Ask superrep@northwind.test or rep@northwind.testing.example"}') from known;
select private.record_audit(northwind, 'noted', 'organizations', '2', '{"note": "Ask REP@northwind.test."}') from known;
select private.record_audit(northwind, 'noted', 'organizations', '3', '{"note": "Ask our Sofia"}') from known;
select cmp_ok(private.erase_personal_data(rep, 'Asked for it.', '{our Sofia}'), '>=', 3::bigint, 'the person''s own events are found') from known;
create function pg_temp.is_erased(wanted text) returns boolean language sql as $$
  select changes ->> 'erased' is not null from public.audit_log where action = 'noted' and row_id = wanted
$$;
select is(pg_temp.is_erased('1'), false, 'an address is not found within another one');
select is(pg_temp.is_erased('2'), true, 'but wherever it stands by itself');
select is(pg_temp.is_erased('3'), true, 'and so is what was given along');
select is_empty(
  $$ select from public.audit_log
     where table_name = 'memberships' and row_id in (select id::text from public.memberships where user_id = (select rep from known))
       and (label is not null or changes ->> 'erased' is null) $$,
  'nothing of their memberships is left'
);
select private.seal_audit_log();
select ok((select ok from private.verify_audit_log((select northwind from known))), 'the chain still fits');

select * from finish();
rollback;
