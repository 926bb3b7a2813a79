-- Refusals are recorded so that somebody reads them; one person repeating a refused call, also one who was deactivated or holds an old
-- invitation, could fill the log without end and hide what matters. A hundred an hour tell the story; the next says that it goes on.

set local lock_timeout = '5s';

create table if not exists private.audit_refusals (
  organization_id uuid not null,
  actor text not null,
  since timestamptz not null default now(),
  refused bigint not null default 1,
  constraint audit_refusals_pkey primary key (organization_id, actor)
);

comment on table private.audit_refusals is
  'How often somebody was refused since when, to limit what is recorded of it. No policies on purpose: private.record_denied only.';
comment on column private.audit_refusals.organization_id is 'Without a foreign key, as in the log; only zeros for the platform.';

alter table private.audit_refusals enable row level security;

create or replace function private.record_denied(
  organization uuid, action text, subject_table text, subject_id text, reason text
) returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  most_recorded constant bigint := 100;
  known constant uuid := (select o.id from public.organizations as o where o.id = organization);
  times bigint;
begin
  insert into private.audit_refusals as c (organization_id, actor)
  values (coalesce(known, private.platform_chain()), private.actor())
  on conflict on constraint audit_refusals_pkey do update
  set refused = case when c.since > now() - interval '1 hour' then c.refused + 1 else 1 end,
    since = case when c.since > now() - interval '1 hour' then c.since else now() end
  returning c.refused into times;
  if times > most_recorded + 1 then
    return null;
  end if;
  return private.record_audit(
    known, 'denied', subject_table, left(subject_id, 200),
    jsonb_build_object('attempted', left(action, 100), 'reason', left(
      case when times <= most_recorded then reason
        else format('Refused more than %s times: more within the hour is not recorded.', most_recorded) end, 300
    ))
  );
end
$$;

comment on function private.record_denied is
  'Adds that somebody was refused, at most a hundred times an hour. The caller must not raise afterwards: that would undo it.';
