-- A refused attempt at something sensitive is worth knowing about, but an error undoes whatever its transaction wrote. So such a
-- function does not raise: it records the attempt, answers with the status of an error, and the record stays.

set local lock_timeout = '5s';

-- What the Data API sends in place of the function's result; supabase-js reports it as the error of the call.
create or replace function private.answer_with_error(status integer, code text, message text) returns jsonb
language sql
volatile
set search_path = ''
as $$
  select jsonb_build_object('code', code, 'message', message, 'details', null, 'hint', null)
  from (select set_config('response.status', status::text, true)) as answered
$$;

-- One answer for whoever lacks the right, whether the organization exists or not. Only what somebody of the organization, or of
-- the platform, attempted goes into its log: strangers could otherwise fill it.
create or replace function private.refuse(
  organization uuid, attempted text, subject_table text, subject_id text,
  reason text default 'The right for it is missing.', code text default '42501'
) returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  if exists (
    select from public.memberships as m where m.organization_id = organization and m.user_id = (select auth.uid())
    union all
    select from private.platform_staff as s
    join public.organizations as o on o.id = organization
    where s.user_id = (select auth.uid())
  ) then
    perform private.record_denied(organization, attempted, subject_table, subject_id, reason);
  end if;
  return private.answer_with_error(403, code, case code when '42501' then 'You do not have the right to do this.' else reason end);
end
$$;
