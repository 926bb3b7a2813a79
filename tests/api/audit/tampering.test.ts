// A sample of bar 13: whoever has the database for themselves changes something, and the log names the first place that is wrong.
// `npm run drill` does it a thousand times in 100,000 events.
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations } from "../../../supabase/local/migrate.ts";
import {
  type Chain,
  growChain,
  randomFrom,
  randomTampering,
  tamperAndVerify,
  verify,
} from "../../support/audit-tampering.ts";
import { askWith } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";

const TAMPERINGS = 80;
const seed = Number(process.env.AUDIT_SEED ?? Date.now() % 1_000_000);

describe("tampering with the audit log", () => {
  let database: ThrowawayDatabase;
  let superuser: pg.Client;
  let chain: Chain;

  beforeAll(async () => {
    database = await createThrowawayDatabase(stack());
    await pushMigrations(database.dbUrl);
    superuser = new pg.Client({ connectionString: database.adminDbUrl });
    await superuser.connect();
    chain = await growChain(askWith(superuser), 1000);
  });
  afterAll(async () => {
    await superuser.end();
    await database.drop();
  });

  test("an untouched log verifies, whole and in stretches", async () => {
    const ask = askWith(superuser);
    expect(await verify(ask, chain.organization)).toEqual({ ok: true, reason: null, sequence: null, event: null });
    expect((await verify(ask, chain.organization, 400, 100)).ok).toBe(true);
    expect((await verify(ask, crypto.randomUUID())).ok).toBe(true);
  });

  test(`${TAMPERINGS} random tamperings are found, and the first bad place is named`, async () => {
    console.log(`AUDIT_SEED=${seed}`);
    const random = randomFrom(seed);
    for (let round = 0; round < TAMPERINGS; round++) {
      const tampering = randomTampering(chain, random);
      const verdict = await tamperAndVerify(superuser, chain, tampering);
      expect(verdict.ok, `${tampering.what}, seed ${seed}`).toBe(false);
      expect(verdict.sequence, `${tampering.what}: ${verdict.reason}, seed ${seed}`).toBe(tampering.sequence);
      if (tampering.sequence === null) expect(verdict.event).toBeGreaterThan(chain.ids.at(-1) ?? 0);
    }
    expect((await verify(askWith(superuser), chain.organization)).ok).toBe(true);
  });

  test("a sealing that is killed has sealed nothing twice and nothing not at all", async () => {
    const ask = askWith(superuser);
    await ask(
      "insert into public.tampered (organization_id, name) select $1, 'Late ' || n from generate_series(1, 200) n",
      [chain.organization],
    );
    const sealer = new pg.Client({ connectionString: database.dbUrl });
    await sealer.connect();
    sealer.on("error", () => {});
    await sealer.query("begin");
    await sealer.query("select private.seal_audit_log()");
    const { rows } = await sealer.query("select pg_backend_pid() as pid");
    // While one seals, another goes away again, and writers do not wait.
    await ask("select private.seal_audit_log()");
    await ask("set lock_timeout = '1s'");
    await ask("update public.tampered set name = 'Meanwhile' where organization_id = $1 and name = 'Late 1'", [
      chain.organization,
    ]);
    await ask("reset lock_timeout");
    await ask("select pg_terminate_backend($1, 5000)", [rows[0].pid]);
    await ask("select private.seal_audit_log()");
    await ask("select private.seal_audit_log()");
    const [counted] = await ask(
      `select count(*)::int as seals, count(distinct audit_id)::int as events, max(sequence)::int as last,
         (select count(*)::int from public.audit_log where organization_id = $1) as all
       from private.audit_seals where organization_id = $1`,
      [chain.organization],
    );
    expect(counted).toEqual({ seals: 1201, events: 1201, last: 1201, all: 1201 });
    expect((await verify(ask, chain.organization)).ok).toBe(true);
  });

  test("an event whose transaction is still open is sealed after it has ended, and not lost", async () => {
    const ask = askWith(superuser);
    const slow = new pg.Client({ connectionString: database.adminDbUrl });
    await slow.connect();
    await slow.query("begin");
    await slow.query("insert into public.tampered (organization_id, name) values ($1, 'Slow')", [chain.organization]);
    await ask("insert into public.tampered (organization_id, name) values ($1, 'Quick')", [chain.organization]);
    await ask("select private.seal_audit_log()");
    const before = await verify(ask, chain.organization);
    await slow.query("commit");
    await slow.end();
    await ask("select private.seal_audit_log()");
    const [left] = await ask("select count(*)::int as left from private.audit_pending");
    expect([before.ok, (await verify(ask, chain.organization)).ok, left?.left]).toEqual([true, true, 0]);
  });

  test("values that were erased without a record are tampering; with one they are not", async () => {
    const ask = askWith(superuser);
    const person = crypto.randomUUID();
    await ask("insert into public.tampered (organization_id, name) values ($1, 'Call Annabel Archer back')", [
      chain.organization,
    ]);
    const [erased] = await ask<{ erased: string }>(
      "select private.erase_personal_data($1, 'Asked for it.', '{\"Annabel Archer\"}') as erased",
      [person],
    );
    expect(Number(erased?.erased)).toBe(1);
    await ask("select private.seal_audit_log()");
    expect((await verify(ask, chain.organization)).ok).toBe(true);
    const [{ id = 0 } = {}] = await ask<{ id: number }>(
      "select audit_id::int as id from private.audit_erasures where organization_id = $1",
      [chain.organization],
    );
    const forged = { values: [chain.organization, id], sequence: null };
    for (const sql of [
      "delete from private.audit_erasures where organization_id = $1 and audit_id = $2",
      "update private.audit_erasures set erased_by = 'user:x' where organization_id = $1 and audit_id = $2",
      "update public.audit_log set changes = '{}' where organization_id = $1 and id = $2",
      "update public.audit_log set label = 'Somebody' where organization_id = $1 and id = $2",
    ])
      expect(await tamperAndVerify(superuser, chain, { ...forged, what: sql, sql })).toMatchObject({
        ok: false,
        reason: "payload changed",
        event: id,
      });
  });
});
