-- Is the log still what was written? Every seal is compared with the one before it, with its event and with what was put
-- outside; the first that does not fit is named, with why.

set local lock_timeout = '5s';

create type private.audit_verdict as (
  ok boolean,
  checked bigint,
  bad_sequence bigint,
  bad_audit_id bigint,
  reason text,
  verified_up_to bigint,
  head bigint,
  unsealed bigint,
  oldest_unsealed timestamptz
);

comment on type private.audit_verdict is
  'reason: seal missing, seal altered, row missing, row altered, payload changed, row inserted or anchor differs.';

create or replace function private.verify_audit_log(
  organization uuid, after_sequence bigint default 0, most_rows bigint default null
) returns private.audit_verdict
language plpgsql
stable
set search_path = ''
as $$
declare
  verdict private.audit_verdict;
  last_sequence bigint;
  whole boolean;
begin
  select coalesce(max(s.sequence), 0) into verdict.head from private.audit_seals as s where s.organization_id = organization;
  last_sequence := least(verdict.head, after_sequence + coalesce(most_rows, verdict.head));
  whole := last_sequence >= verdict.head;

  select count(*), (array_agg(checks.sequence order by checks.sequence) filter (where checks.reason is not null))[1],
    (array_agg(checks.audit_id order by checks.sequence) filter (where checks.reason is not null))[1],
    (array_agg(checks.reason order by checks.sequence) filter (where checks.reason is not null))[1]
  into verdict.checked, verdict.bad_sequence, verdict.bad_audit_id, verdict.reason
  from (
    select
      case when chained.gap then chained.sequence - 1 else chained.sequence end as sequence,
      case when not chained.gap then chained.audit_id end as audit_id,
      case
        when chained.gap then 'seal missing'
        when chained.hash <> sha256(chained.previous_hash || private.audit_seal_body(
          chained.sequence, chained.audit_id, chained.kind, chained.row_hash, chained.row_digest, chained.sealed_at
        )) then 'seal altered'
        when e.id is null then 'row missing'
        when chained.row_digest <> private.audit_row_digest(e, chained.payload_digest)
          or chained.row_hash <> private.audit_row_hash(e.table_name, e.row_id)
          or (k.table_name, k.action, k.actor) is distinct from (e.table_name, e.action, e.actor) then
            case when chained.row_digest = private.audit_row_digest(e, private.audit_payload_digest(e, chained.salt))
              then 'seal altered' else 'row altered' end
        when chained.salt is not null and chained.payload_digest <> private.audit_payload_digest(e, chained.salt) then 'payload changed'
        -- Erased values are right only where an erasure is recorded that an event of the log tells of.
        when chained.salt is null and (
          erasure.audit_id is null or teller.id is null or e.changes::text <> private.audit_tombstone(erasure)::text
          or e.label is not null or e.actor_name is not null
        ) then 'payload changed'
        when anchor.hash is not null and anchor.hash <> chained.hash then 'anchor differs'
      end as reason
    from (
      select s.*,
        s.sequence <> coalesce(lag(s.sequence) over (order by s.sequence), 0) + 1
          and (s.sequence > after_sequence + 1 or after_sequence = 0) as gap,
        coalesce(lag(s.hash) over (order by s.sequence), private.audit_genesis(organization)) as previous_hash
      from private.audit_seals as s
      -- One more than asked: the first is compared with the one before it.
      where s.organization_id = organization and s.sequence between after_sequence and last_sequence
    ) as chained
    left join public.audit_log as e on e.organization_id = organization and e.id = chained.audit_id
    left join private.audit_kinds as k on k.id = chained.kind and k.organization_id = organization
    left join private.audit_anchors as anchor on anchor.organization_id = organization and anchor.sequence = chained.sequence
    left join private.audit_erasures as erasure on erasure.organization_id = organization and erasure.audit_id = chained.audit_id
    left join public.audit_log as teller
      on teller.organization_id = organization and teller.id = erasure.event_id
      and teller.action = 'personal_data_erased'
    where chained.sequence > after_sequence
    -- each row is judged once, and not again for each aggregate above
    offset 0
  ) as checks;

  if verdict.reason is null and whole then
    -- The end was cut off: a head was put outside that the chain does not reach any more.
    select a.sequence, 'anchor differs' into verdict.bad_sequence, verdict.reason
    from private.audit_anchors as a
    where a.organization_id = organization and a.sequence > verdict.head
    order by a.sequence limit 1;
  end if;
  if verdict.reason is null and whole then
    select e.id, 'row inserted' into verdict.bad_audit_id, verdict.reason
    from public.audit_log as e
    where e.organization_id = organization
      and not exists (select from private.audit_seals as s where s.organization_id = organization and s.audit_id = e.id)
      and not exists (
        select from private.audit_pending as p
        where p.organization_id = organization and e.id between p.first_id and p.last_id and e.txid = p.txid
      )
    order by e.id limit 1;
  end if;

  select count(*), min(e.occurred_at) into verdict.unsealed, verdict.oldest_unsealed
  from private.audit_pending as p
  join public.audit_log as e on e.organization_id = p.organization_id and e.id between p.first_id and p.last_id and e.txid = p.txid
  where p.organization_id = organization;

  verdict.ok := verdict.reason is null;
  verdict.verified_up_to := case when verdict.ok then last_sequence else coalesce(verdict.bad_sequence, verdict.head + 1) - 1 end;
  return verdict;
end
$$;

comment on function private.verify_audit_log is
  'Verifies a chain, or a stretch of it: after_sequence is taken to be right, and most_rows are looked at.';

-- Definer, because the chain is closed to clients; so it asks for the right itself.
create or replace function private.verify_audit_log_for_me(organization uuid, after_sequence bigint, most_rows bigint)
returns private.audit_verdict
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not private.can(organization, 'audit.read') then
    raise exception 'You may not read the audit log of this organization.' using errcode = 'insufficient_privilege';
  end if;
  return private.verify_audit_log(organization, greatest(after_sequence, 0), least(greatest(most_rows, 1), 50000));
end
$$;

create or replace function public.verify_audit_log(organization uuid, after_sequence bigint default 0, most_rows bigint default 50000)
returns table (
  ok boolean, checked bigint, bad_sequence bigint, bad_audit_id bigint, reason text, verified_up_to bigint, head bigint,
  unsealed bigint, oldest_unsealed timestamptz
)
language sql
stable
set search_path = ''
as $$
  select * from private.verify_audit_log_for_me(organization, after_sequence, most_rows)
$$;

comment on function public.verify_audit_log is
  'Verifies up to 50,000 events of an organization''s chain after one that is known to be right. Ask again until verified_up_to is the head.';

-- anon is deliberately absent.
grant execute on function
  private.verify_audit_log_for_me(uuid, bigint, bigint), public.verify_audit_log(uuid, bigint, bigint)
to authenticated;
