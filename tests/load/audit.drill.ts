// Bar 13: a thousand random tamperings in 100,000 audit events, all found, the first bad place named.
import pg from "pg";
import { expect, test } from "vitest";
import { withThrowawayDatabase } from "../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations } from "../../supabase/local/migrate.ts";
import { withStack } from "../../supabase/local/with-stack.ts";
import {
  growChain,
  randomFrom,
  randomTampering,
  tamperAndVerify,
  tamperWith,
  verify,
} from "../support/audit-tampering.ts";
import { askWith } from "../support/owner.ts";

const EVENTS = 100_000;
const TAMPERINGS = 1000;
/** Each of these is followed by a verification of the whole chain. */
const ALONE = 40;
const seed = Number(process.env.DRILL_SEED ?? Date.now() % 1_000_000);

test(`${TAMPERINGS} random tamperings in ${EVENTS} events are all found, and the first bad place is named`, async () => {
  console.log(`Drill with DRILL_SEED=${seed}`);
  const random = randomFrom(seed);
  await withStack((status) =>
    withThrowawayDatabase(status, async ({ dbUrl, adminDbUrl }) => {
      await pushMigrations(dbUrl);
      const superuser = new pg.Client({ connectionString: adminDbUrl });
      await superuser.connect();
      const ask = askWith(superuser);
      const chain = await growChain(ask, EVENTS);
      await ask("analyze");

      for (let round = 0; round < ALONE; round++) {
        const tampering = randomTampering(chain, random);
        const { ok, sequence, reason } = await tamperAndVerify(superuser, chain, tampering);
        expect([ok, sequence], `${tampering.what}: ${reason}, seed ${seed}`).toEqual([false, tampering.sequence]);
      }

      // All at once, each in a stretch of its own: what is found in a stretch must be the place that was tampered with.
      await ask("set session_replication_role = replica");
      const stretch = EVENTS / TAMPERINGS;
      const tampered: (number | null)[] = [];
      for (let at = 0; at < EVENTS; at += stretch)
        tampered.push(await tamperWith(superuser, chain, random, { from: at + 2, to: at + stretch - 2 }));
      const first = await verify(ask, chain.organization);
      expect(first.sequence, `${first.reason}, seed ${seed}`).toBe(tampered[0]);
      const found: (number | null)[] = [];
      for (let at = 0; at < EVENTS; at += stretch) {
        const verdict = await verify(ask, chain.organization, at, stretch);
        found.push(verdict.ok ? null : verdict.sequence);
      }
      expect(found, `seed ${seed}`).toEqual(tampered);
      await superuser.end();
    }),
  );
}, 1_800_000);
