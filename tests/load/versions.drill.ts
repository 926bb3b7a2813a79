// Bar 6: fifty clients with two hundred versioned edits each of one row. Its version is the number of edits that were written, all
// the others were told, and what stands there is what was written last.
import { expect, test } from "vitest";
import { withStack } from "../../supabase/local/with-stack.ts";
import { openOwner } from "../support/owner.ts";
import { createRandom } from "../support/random.ts";
import { STACK_VARIABLE } from "../support/stack.ts";
import { expectNoneLost, raceForDeal } from "../support/versioned-edits.ts";
import { buildWorld, persona } from "../support/world.ts";

const CLIENTS = 50;
const EDITS = 200;
const seed = Number(process.env.DRILL_SEED ?? Date.now() % 1_000_000);

test(`${CLIENTS} clients edit one deal ${EDITS} times each, and no edit is lost in silence`, {
  timeout: 1_800_000,
}, async () => {
  console.log(`Drill with DRILL_SEED=${seed}`);
  await withStack(async (stack) => {
    process.env[STACK_VARIABLE] = JSON.stringify(stack);
    const owner = openOwner(stack.dbUrl);
    try {
      const world = await buildWorld(owner.ask);
      const editors = ["org_admin", "sales_manager", "partnership_manager"].map((label) => persona(world, label));
      const race = { clients: CLIENTS, edits: EDITS, random: createRandom(seed) };
      const { written, told } = await expectNoneLost(owner.ask, world, (deal) => raceForDeal(editors, deal, race));
      expect(written + told, `seed ${seed}`).toBe(CLIENTS * EDITS);
      expect(told, `seed ${seed}`).toBeGreaterThan(0);
      console.log(`${written} edits written, ${told} told that somebody was quicker.`);
    } finally {
      delete process.env[STACK_VARIABLE];
      await owner.close();
    }
  });
});
