// The heads of the chains outside the database: carried there by an Edge Function, kept in a store that only takes, and missed by
// `npm run audit:verify` when the chain no longer leads to them.
import { createHmac } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { type Anchor, anchorKeyOf, createAnchorStore, parseAnchors } from "../../../supabase/local/anchor.ts";
import { withThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations } from "../../../supabase/local/migrate.ts";
import { growChain } from "../../support/audit-tampering.ts";
import { runCommand } from "../../support/command.ts";
import { askWith, openOwner } from "../../support/owner.ts";
import { sealAll } from "../../support/seal.ts";
import { stack } from "../../support/stack.ts";

const owner = openOwner();
const folder = mkdtempSync(join(tmpdir(), "partner-workspace-anchors-"));
afterAll(async () => {
  await owner.close();
  rmSync(folder, { recursive: true, force: true });
});

const key = "a key for tests";
const head = (sequence: number, letter: string): Anchor => ({
  organization_id: "11111111-1111-4111-8111-111111111111",
  sequence,
  hash: letter.repeat(64),
});

function signed(heads: unknown, { at = Date.now(), secret = key } = {}): Request {
  const body = JSON.stringify({ heads });
  const timestamp = String(Math.floor(at / 1000));
  return new Request("http://127.0.0.1/anchors", {
    method: "POST",
    headers: {
      "x-anchor-timestamp": timestamp,
      "x-anchor-signature": createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex"),
    },
    body,
  });
}

describe("the store", () => {
  const file = join(folder, "store.jsonl");
  const store = createAnchorStore(file, key);

  test("takes what is signed, once, and never another hash for the same place", async () => {
    expect((await store.handle(signed([head(1, "a"), head(2, "b")]))).status).toBe(200);
    expect((await store.handle(signed([head(2, "b"), head(3, "c")]))).status).toBe(200);
    expect((await store.handle(signed([head(4, "d"), head(2, "e")]))).status).toBe(409);
    expect(parseAnchors(readFileSync(file, "utf8")).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect((await createAnchorStore(file, key).handle(signed([head(1, "f")]))).status).toBe(409);
  });

  test("refuses a wrong signature, an old one, and what is no head", async () => {
    const statuses = await Promise.all(
      [
        signed([head(9, "a")], { secret: "another" }),
        signed([head(9, "a")], { at: Date.now() - 3_600_000 }),
        signed([{ organization_id: "x", sequence: 1, hash: "y" }]),
        signed("heads"),
        new Request("http://127.0.0.1/anchors", { method: "DELETE" }),
      ].map(async (request) => (await store.handle(request)).status),
    );
    expect(statuses).toEqual([401, 401, 400, 400, 405]);
  });

  test("a line that a crash cut off counts as never written, and the next one is whole", async () => {
    const cut = join(folder, "cut.jsonl");
    writeFileSync(cut, `${JSON.stringify(head(1, "a"))}\n{"organization_id":"1111`);
    expect((await createAnchorStore(cut, key).handle(signed([head(2, "b")]))).status).toBe(200);
    expect(parseAnchors(readFileSync(cut, "utf8"))).toMatchObject([{ sequence: 1 }, { sequence: 2 }]);
  });
});

describe("the Edge Function", () => {
  const call = (apikey?: string) =>
    fetch(`${stack().apiUrl}/functions/v1/anchor-audit-log`, { method: "POST", headers: apikey ? { apikey } : {} });

  test("is for the secret key alone", async () => {
    const { publishableKey } = stack();
    for (const apikey of [undefined, publishableKey, "sb_secret_x"]) expect((await call(apikey)).status).toBe(401);
  });

  test("puts every head outside and keeps the receipt", async () => {
    const { apiUrl, secretKey } = stack();
    await owner.ask("select private.record_audit(null, 'probed', 'organizations', '')");
    await sealAll(owner.ask);
    const answer = await call(secretKey);
    expect(answer.status).toBe(200);
    const [row] = await owner.ask<{ sequence: number; hash: string; place: string }>(
      `select a.sequence::int, encode(a.hash, 'hex') as hash, a.place from private.audit_anchors as a
       where a.organization_id = private.platform_chain() order by a.sequence desc limit 1`,
    );
    expect(row?.place).toBe(`${apiUrl}/anchors`);
    const kept = parseAnchors(await (await fetch(`${apiUrl}/anchors`)).text());
    expect(kept).toContainEqual(expect.objectContaining({ sequence: row?.sequence, hash: row?.hash }));
    expect(anchorKeyOf(secretKey)).not.toContain(secretKey);
  });
});

test("npm run audit:verify finds a chain that a superuser has computed anew", async () => {
  await withThrowawayDatabase(stack(), async ({ dbUrl, adminDbUrl }) => {
    await pushMigrations(dbUrl);
    const superuser = new pg.Client({ connectionString: adminDbUrl });
    await superuser.connect();
    const ask = askWith(superuser);
    const chain = await growChain(ask, 100);
    const outside = join(folder, "outside.jsonl");
    const lines = await ask<{ line: string }>(
      "select json_build_object('organization_id', organization_id, 'sequence', sequence, 'hash', encode(hash, 'hex'))::text as line from private.audit_anchors",
    );
    writeFileSync(outside, lines.map(({ line }) => line).join("\n"));
    const verify = () => runCommand("audit-verify", ["--anchors", outside], { DATABASE_URL: dbUrl });
    const honest = await verify();
    expect([honest.code, honest.output]).toEqual([0, expect.stringContaining("sealed up to 100")]);

    // Everything inside is made to fit again: events, seals, receipts.
    await superuser.query("begin");
    await superuser.query("set local session_replication_role = replica");
    await superuser.query(
      "update public.audit_log set actor = 'user:somebody-else' where organization_id = $1 and id = $2",
      [chain.organization, chain.ids[10]],
    );
    await superuser.query("delete from private.audit_seals");
    await superuser.query("delete from private.audit_anchors");
    await superuser.query(
      "insert into private.audit_pending (organization_id, txid, first_id, last_id) select organization_id, txid, id, id from public.audit_log order by id",
    );
    await superuser.query("commit");
    await ask("select private.seal_audit_log()");
    const [inside] = await ask("select (private.verify_audit_log($1)).ok", [chain.organization]);
    expect(inside?.ok).toBe(true);
    const caught = await verify();
    expect([caught.code, caught.output]).toEqual([
      1,
      expect.stringContaining("the head kept outside differs, first at number 100"),
    ]);
    await superuser.end();
  });
});
