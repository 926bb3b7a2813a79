-- The head of each chain is put, on schedule, where a database superuser cannot reach. Who rewrites the log and computes the
-- chain anew then contradicts what stands outside. What is kept here is only the receipt.

set local lock_timeout = '5s';

create table if not exists private.audit_anchors (
  organization_id uuid not null,
  sequence bigint not null,
  hash bytea not null,
  place text not null,
  receipt text,
  anchored_at timestamptz not null default now(),
  constraint audit_anchors_pkey primary key (organization_id, sequence),
  constraint audit_anchors_place_check check (char_length(place) <= 500),
  constraint audit_anchors_receipt_check check (char_length(receipt) <= 2000)
);

comment on table private.audit_anchors is 'Receipts for heads of chains that were put outside. No policies on purpose: functions only.';
comment on column private.audit_anchors.place is 'Where it was put: host and path.';
comment on column private.audit_anchors.receipt is 'What that place answered.';

alter table private.audit_anchors enable row level security;

create or replace trigger _100_guard
before update or delete or truncate on private.audit_anchors
for each statement execute function private.refuse_change();

-- The last seal of each chain, found by jumping from chain to chain instead of reading all seals.
create or replace function private.audit_heads() returns setof private.audit_seals
language sql
stable
set search_path = ''
as $$
  with recursive chain (organization_id) as (
    (select s.organization_id from private.audit_seals as s order by s.organization_id limit 1)
    union all
    select (
      select s.organization_id from private.audit_seals as s where s.organization_id > chain.organization_id
      order by s.organization_id limit 1
    )
    from chain where chain.organization_id is not null
  )
  select head.*
  from chain
  cross join lateral (
    select * from private.audit_seals as s where s.organization_id = chain.organization_id order by s.sequence desc limit 1
  ) as head
$$;

-- For the function that carries them outside, with the secret key. Definer, because the tables are closed to every API role.
create or replace function private.unanchored_audit_heads(most integer) returns table (
  organization_id uuid, sequence bigint, hash text, sealed_at timestamptz
)
language sql
stable
security definer
set search_path = ''
as $$
  select head.organization_id, head.sequence, encode(head.hash, 'hex'), head.sealed_at
  from private.audit_heads() as head
  where not exists (
    select from private.audit_anchors as a where a.organization_id = head.organization_id and a.sequence >= head.sequence
  )
  order by head.sealed_at
  limit least(greatest(most, 1), 1000)
$$;

-- Definer for the same reason. Only what is really in the chain is taken; a receipt that is there already stays as it is.
create or replace function private.record_audit_anchors(heads jsonb, place text, receipt text) returns bigint
language sql
volatile
security definer
set search_path = ''
as $$
  with recorded as (
    insert into private.audit_anchors (organization_id, sequence, hash, place, receipt)
    select s.organization_id, s.sequence, s.hash, place, left(receipt, 2000)
    from jsonb_to_recordset(heads) as given (organization_id uuid, sequence bigint, hash text)
    join private.audit_seals as s
      on s.organization_id = given.organization_id and s.sequence = given.sequence and encode(s.hash, 'hex') = given.hash
    on conflict do nothing
    returning 1
  )
  select count(*) from recorded
$$;

create or replace function public.unanchored_audit_heads(most integer default 1000) returns table (
  organization_id uuid, sequence bigint, hash text, sealed_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select * from private.unanchored_audit_heads(most)
$$;

create or replace function public.record_audit_anchors(heads jsonb, place text, receipt text default null) returns bigint
language sql
volatile
set search_path = ''
as $$
  select private.record_audit_anchors(heads, place, receipt)
$$;

-- The secret key only; people are deliberately absent.
grant execute on function
  private.unanchored_audit_heads(integer), private.record_audit_anchors(jsonb, text, text),
  public.unanchored_audit_heads(integer), public.record_audit_anchors(jsonb, text, text)
to service_role;
