// Bar 13: a thousand random tamperings in 100,000 audit events, all found, the first bad place named.
import pg from "pg";
import { expect, test } from "vitest";
import { withThrowawayDatabase } from "../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations } from "../../supabase/local/migrate.ts";
import { withStack } from "../../supabase/local/with-stack.ts";
import { growChain, randomFrom, randomTampering, tamperAndVerify, verify } from "../support/audit-tampering.ts";
import { askWith } from "../support/owner.ts";

const EVENTS = 100_000;
const TAMPERINGS = 1000;
const seed = Number(process.env.DRILL_SEED ?? Date.now() % 1_000_000);

test(`${TAMPERINGS} random tamperings in ${EVENTS} events are all found, and the first bad place is named`, async () => {
  console.log(`Drill with DRILL_SEED=${seed}`);
  const random = randomFrom(seed);
  await withStack((status) =>
    withThrowawayDatabase(status, async ({ dbUrl, adminDbUrl }) => {
      await pushMigrations(dbUrl);
      const superuser = new pg.Client({ connectionString: adminDbUrl });
      await superuser.connect();
      const chain = await growChain(askWith(superuser), EVENTS);
      await superuser.query("analyze");
      const missed: string[] = [];
      for (let round = 0; round < TAMPERINGS; round++) {
        const tampering = randomTampering(chain, random);
        const { ok, sequence, reason } = await tamperAndVerify(superuser, chain, tampering);
        if (ok || sequence !== tampering.sequence)
          missed.push(`${tampering.what} at ${tampering.sequence}: ${reason} at ${sequence}`);
      }
      expect(missed, `seed ${seed}`).toEqual([]);
      expect((await verify(askWith(superuser), chain.organization)).ok).toBe(true);
      await superuser.end();
    }),
  );
}, 5_400_000); // Each of them is followed by a verification of the whole chain.
