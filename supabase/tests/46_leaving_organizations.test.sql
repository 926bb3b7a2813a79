-- An organization can be deleted with everything it has. What tells of the past stays.
begin;
create extension if not exists pgtap with schema extensions;
select plan(4);

create temporary table leaving as select id from public.organizations where slug in ('northwind', 'contoso');
-- How many rows of theirs each table has; the log of refusals and what tells of the past left out.
create function pg_temp.rows_left() returns table (name text, rows bigint) language plpgsql as $$
begin
  for name in
    select c.oid::regclass::text from pg_class as c
    join pg_attribute as a on a.attrelid = c.oid and a.attname = 'organization_id'
    where c.relnamespace in ('public'::regnamespace, 'private'::regnamespace) and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname !~ '^(audit_|partner_activity_log$|activity_erasures$|opportunity_stage_history$)'
    order by 1
  loop
    execute format('select count(*) from %s where organization_id in (select id from leaving)', name) into rows;
    return next;
  end loop;
end
$$;

select cmp_ok((select count(*) from pg_temp.rows_left() as t where t.rows > 0), '>', 15::bigint, 'there is much to take along');
select lives_ok('delete from public.organizations where id in (select id from leaving)', 'organizations go with all they have');
select is_empty('select * from pg_temp.rows_left() as t where t.rows > 0', 'nothing is left behind');
select isnt_empty(
  'select from public.opportunity_stage_history where organization_id in (select id from leaving)', 'but what tells of the past'
);

select * from finish();
rollback;
