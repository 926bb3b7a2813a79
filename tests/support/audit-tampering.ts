// Tampering with the audit log as only a superuser can: triggers switched off, rows changed, deleted, added, swapped. Each is
// undone after the log was asked whether it notices.
import type pg from "pg";
import { type Ask, askWith } from "./owner.ts";

export interface Chain {
  organization: string;
  /** Audit ids in the order of the chain: `ids[0]` is number 1. */
  ids: number[];
}

export interface Tampering {
  what: string;
  sql: string;
  values: unknown[];
  /** The number in the chain that has to be named; null for an event that is in no chain. */
  sequence: number | null;
}

export interface Verdict {
  ok: boolean;
  reason: string | null;
  sequence: number | null;
  event: number | null;
}

export type Random = () => number;

/** The same numbers for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** An audited table of its own, and as many sealed events of it as asked for; every head is anchored. */
export async function growChain(ask: Ask, rows: number): Promise<Chain> {
  await ask(`create table if not exists public.tampered (
    id bigint generated always as identity primary key, organization_id uuid not null, name text not null, amount numeric
  )`);
  await ask("alter table public.tampered enable row level security");
  await ask("select private.switch_on_audit('public.tampered')");
  const organization = crypto.randomUUID();
  const half = Math.ceil(rows / 2);
  await ask(
    "insert into public.tampered (organization_id, name) select $1, 'Row ' || n from generate_series(1, $2::int) n",
    [organization, half],
  );
  await ask(
    "update public.tampered set amount = id where organization_id = $1 and id in (select id from public.tampered where organization_id = $1 limit $2)",
    [organization, rows - half],
  );
  await ask("select private.seal_audit_log()");
  await ask(
    `select private.record_audit_anchors((select jsonb_agg(head) from private.unanchored_audit_heads(1000) as head), 'a test', null)`,
  );
  const sealed = await ask<{ audit_id: string }>(
    "select audit_id from private.audit_seals where organization_id = $1 order by sequence",
    [organization],
  );
  return { organization, ids: sealed.map(({ audit_id }) => Number(audit_id)) };
}

const columnsOfLog: [string, string][] = [
  ["occurred_at", "occurred_at + interval '1 microsecond'"],
  ["actor", "actor || 'x'"],
  ["action", "case action when 'insert' then 'update' else 'insert' end"],
  ["table_name", "'roles'"],
  ["row_id", "row_id || '0'"],
  ["txid", "'7'::xid8"],
  ["label", "coalesce(label, '') || ' '"],
  ["actor_name", "'Somebody else'"],
  ["changes", `'{"name": "forged"}'`],
  ["organization_id", "gen_random_uuid()"],
];

const columnsOfSeal: [string, string][] = [
  ["kind", "kind + 1"],
  ["row_hash", "row_hash + 1"],
  ["salt", "gen_random_uuid()"],
  ["salt", "null"],
  ["payload_digest", "sha256(payload_digest)"],
  ["row_digest", "sha256(row_digest)"],
  ["hash", "sha256(hash)"],
  ["sealed_at", "sealed_at + interval '1 second'"],
  ["audit_id", "audit_id + 100000000"],
  ["organization_id", "gen_random_uuid()"],
];

interface Stretch {
  from: number;
  to: number;
}

/** Any one of them, at a random place of the chain or of a stretch of it. */
export function randomTampering(
  chain: Chain,
  random: Random,
  stretch: Stretch = { from: 1, to: chain.ids.length },
): Tampering {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const sequence = stretch.from + Math.floor(random() * (stretch.to - stretch.from + 1));
  const id = chain.ids[sequence - 1] ?? 0;
  const [log, seal] = [pick(columnsOfLog), pick(columnsOfSeal)];
  const here = { values: [chain.organization, id], sequence };
  const other = chain.ids[stretch.from - 1 + Math.floor(random() * (sequence - stretch.from))] ?? id;
  const tamperings: Tampering[] = [
    {
      ...here,
      what: `log: ${log[0]}`,
      sql: `update public.audit_log set ${log[0]} = ${log[1]} where organization_id = $1 and id = $2`,
    },
    {
      ...here,
      what: `log: ${log[0]}`,
      sql: `update public.audit_log set ${log[0]} = ${log[1]} where organization_id = $1 and id = $2`,
    },
    {
      ...here,
      what: `seal: ${seal[0]}`,
      sql: `update private.audit_seals set ${seal[0]} = ${seal[1]} where organization_id = $1 and audit_id = $2`,
    },
    { ...here, what: "event deleted", sql: "delete from public.audit_log where organization_id = $1 and id = $2" },
    {
      ...here,
      what: "seal deleted",
      sql: "delete from private.audit_seals where organization_id = $1 and audit_id = $2",
    },
    {
      ...here,
      what: "event and seal deleted",
      sql: `with event as (delete from public.audit_log where organization_id = $1 and id = $2)
        delete from private.audit_seals where organization_id = $1 and audit_id = $2`,
    },
    {
      what: "values swapped",
      sql: `update public.audit_log as e set changes = o.changes, label = o.label, row_id = o.row_id
        from public.audit_log as o
        where e.organization_id = $1 and o.organization_id = $1 and (e.id, o.id) in (($2, $3), ($3, $2))`,
      values: [chain.organization, id, other],
      sequence: Math.min(sequence, chain.ids.indexOf(other) + 1),
    },
    {
      what: "event inserted",
      sql: `insert into public.audit_log (organization_id, actor, action, table_name, row_id) values ($1, $2, 'update', 'tampered', '1')`,
      values: [chain.organization, `user:${crypto.randomUUID()}`],
      sequence: null,
    },
    {
      what: "the end cut off",
      sql: `with events as (delete from public.audit_log where organization_id = $1 and id >= $2)
        delete from private.audit_seals where organization_id = $1 and audit_id >= $2`,
      values: [chain.organization, id],
      // Missed is the head that was anchored.
      sequence: chain.ids.length,
    },
  ];
  const chosen = pick(tamperings);
  // Nothing is swapped with itself.
  return chosen.what === "values swapped" && other === id ? (tamperings[0] ?? chosen) : chosen;
}

export async function verify(ask: Ask, organization: string, after = 0, rows: number | null = null): Promise<Verdict> {
  const [verdict] = await ask<{
    ok: boolean;
    reason: string | null;
    bad_sequence: string | null;
    bad_audit_id: string | null;
  }>("select ok, reason, bad_sequence, bad_audit_id from private.verify_audit_log($1, $2, $3)", [
    organization,
    after,
    rows,
  ]);
  if (!verdict) throw new Error("There is no verdict.");
  const { ok, reason, bad_sequence: sequence, bad_audit_id: event } = verdict;
  return {
    ok,
    reason,
    sequence: sequence === null ? null : Number(sequence),
    event: event === null ? null : Number(event),
  };
}

/** Does it, asks, takes it back. `client` is the superuser's. */
export async function tamperAndVerify(client: pg.Client, chain: Chain, { sql, values }: Tampering): Promise<Verdict> {
  await client.query("begin");
  try {
    await client.query("set local session_replication_role = replica");
    const { rowCount } = await client.query(sql, values);
    if (rowCount === 0) throw new Error(`Nothing was tampered with: ${sql}`);
    return await verify(askWith(client), chain.organization);
  } finally {
    await client.query("rollback");
  }
}

/** Does one that stays within its stretch, and leaves it; gives back the number that has to be named. */
export async function tamperWith(
  client: pg.Client,
  chain: Chain,
  random: Random,
  stretch: Stretch,
): Promise<number | null> {
  for (;;) {
    const { sql, values, sequence, what } = randomTampering(chain, random, stretch);
    if (what === "event inserted" || what === "the end cut off") continue;
    const { rowCount } = await client.query(sql, values);
    if (rowCount === 0) throw new Error(`Nothing was tampered with: ${sql}`);
    return sequence;
  }
}
