-- Nobody gets a right by accident. What `postgres` makes from here on starts without any grant to the API roles, and every
-- migration says itself who may do what. Older hosted projects and local images still grant everything by default.

set local lock_timeout = '5s';

alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

-- Not limited to a schema: a default for one schema can only add to what PUBLIC gets everywhere, never take it away.
alter default privileges revoke execute on functions from public;

-- Definer functions, and tables that no client may name, live here. It is never listed in the Data API's schemas.
create schema if not exists private;

comment on schema private is 'What the Data API never exposes: definer functions behind policies and rpc, tables of the machinery.';

-- Policies and invoker functions call helpers here with the caller's rights. Usage alone opens nothing: each function is
-- granted by itself. anon is deliberately absent.
grant usage on schema private to authenticated, service_role;
