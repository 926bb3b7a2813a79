// `npm run audit:verify`: is the audit log still what was written? Every chain is followed from its first event to its last, and
// compared with what was put outside: the local store's file, ANCHOR_URL, or a file that --anchors names.
import { existsSync, readFileSync } from "node:fs";
import type pg from "pg";
import { type Anchor, anchorFile, parseAnchors, readAnchors } from "../anchor.ts";
import { withClient } from "../migrate.ts";
import { dataDirOf, readFlags } from "../options.ts";
import { messageOf, Problem } from "../problem.ts";
import { findRunning } from "../running.ts";

interface Chain {
  id: string;
  name: string;
}

interface Verdict {
  ok: boolean;
  bad_sequence: string | null;
  bad_audit_id: string | null;
  reason: string | null;
  head: string;
  unsealed: string;
  oldest_unsealed: Date | null;
}

export async function run(args: string[]): Promise<number> {
  const values = readFlags(args, ["organization", "anchors", "data-dir"]);
  const dataDir = dataDirOf(values);
  const dbUrl = process.env.DATABASE_URL ?? findRunning(dataDir)?.status.dbUrl;
  if (!dbUrl)
    throw new Problem(
      `No stack runs on ${dataDir}. Start one with "npm start", or name a database in the variable DATABASE_URL.`,
    );
  const anchors = await outsideAnchors(values.anchors, process.env.DATABASE_URL ? null : anchorFile(dataDir));
  return withClient(dbUrl, async (client) => {
    const chains = await chainsOf(
      client,
      typeof values.organization === "string" ? values.organization : null,
      anchors,
    );
    let bad = 0;
    for (const chain of chains) {
      const { line, ok } = await verify(client, chain, anchors);
      console.log(line);
      if (!ok) bad++;
    }
    console.log(
      anchors.length > 0
        ? `Compared with ${anchors.length} heads kept outside the database.`
        : "No heads are kept outside the database yet: a chain that was computed anew would not be noticed.",
    );
    return bad === 0 ? 0 : 1;
  });
}

async function outsideAnchors(given: string | boolean | undefined, localFile: string | null): Promise<Anchor[]> {
  const url = process.env.ANCHOR_URL;
  if (typeof given === "string") {
    if (!existsSync(given)) throw new Problem(`There is no file ${given}.`);
    return parseAnchors(readFileSync(given, "utf8"));
  }
  if (!url) return localFile ? readAnchors(localFile) : [];
  const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(30_000) }).catch((error) => {
    throw new Problem(`What is kept at ANCHOR_URL cannot be read: ${messageOf(error)}`);
  });
  if (!response.ok)
    throw new Problem(
      `What is kept at ANCHOR_URL cannot be read (it answered ${response.status}). Save it to a file and name that with --anchors.`,
    );
  return parseAnchors(await response.text());
}

// Also chains of organizations that are gone, and those that only the outside still knows.
async function chainsOf(client: pg.Client, slug: string | null, anchors: Anchor[]): Promise<Chain[]> {
  const { rows } = await client.query<Chain>(
    `with known as (
       select organization_id from private.audit_heads()
       union select distinct organization_id from private.audit_pending
       union select unnest($2::uuid[])
     )
     select known.organization_id as id,
       case when known.organization_id = private.platform_chain() then 'the platform'
         else coalesce(o.slug, known.organization_id || ' (gone)') end as name
     from known
     left join public.organizations as o on o.id = known.organization_id
     where $1::text is null or o.slug = $1
     order by name`,
    [slug, anchors.map((anchor) => anchor.organization_id)],
  );
  if (slug && rows.length === 0) throw new Problem(`No organization with the slug "${slug}" has an audit log.`);
  return rows;
}

async function verify(client: pg.Client, chain: Chain, anchors: Anchor[]): Promise<{ line: string; ok: boolean }> {
  const { rows } = await client.query<Verdict>("select * from private.verify_audit_log($1)", [chain.id]);
  const verdict = rows[0];
  if (!verdict) throw new Error(`The chain of ${chain.name} gave no verdict.`);
  const own = anchors.filter((anchor) => anchor.organization_id === chain.id);
  const outside = verdict.ok ? await firstContradiction(client, chain.id, own) : null;
  const tail = `${verdict.unsealed} not sealed yet${verdict.oldest_unsealed ? `, the oldest from ${verdict.oldest_unsealed.toISOString()}` : ""}`;
  const facts = `sealed up to ${verdict.head}, ${tail}`;
  if (verdict.ok && outside === null) return { line: `✓ ${chain.name}: ${facts}`, ok: true };
  const reason = outside === null ? verdict.reason : "the head kept outside differs";
  const place = verdict.bad_audit_id
    ? `event ${verdict.bad_audit_id}${verdict.bad_sequence ? ` (number ${verdict.bad_sequence} of the chain)` : ""}`
    : `number ${outside ?? verdict.bad_sequence} of the chain`;
  return { line: `✗ ${chain.name}: ${reason}, first at ${place}; ${facts}`, ok: false };
}

/** The first sequence for which the chain has another hash than the one that is kept outside, or none any more. */
async function firstContradiction(client: pg.Client, organization: string, anchors: Anchor[]): Promise<string | null> {
  const { rows } = await client.query<{ sequence: string }>(
    `select kept.sequence
     from jsonb_to_recordset($2) as kept (sequence bigint, hash text)
     left join private.audit_seals as s on s.organization_id = $1 and s.sequence = kept.sequence
     where encode(s.hash, 'hex') is distinct from kept.hash
     order by kept.sequence limit 1`,
    [organization, JSON.stringify(anchors)],
  );
  return rows[0]?.sequence ?? null;
}
