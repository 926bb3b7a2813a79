// A hundred thousand requests made by chance, by everybody who has no part in an organization: nothing of it comes back in a body,
// a header or an error, and it stays as it was.
import { expect, test } from "vitest";
import { withStack } from "../../supabase/local/with-stack.ts";
import { chosenSeed, tryIsolation } from "../support/isolation.ts";
import { openOwner } from "../support/owner.ts";
import { STACK_VARIABLE } from "../support/stack.ts";

test("of 100,000 requests made by chance none reaches another organization", { timeout: 3_600_000 }, async () => {
  const seed = chosenSeed();
  await withStack(async (stack) => {
    process.env[STACK_VARIABLE] = JSON.stringify(stack);
    const owner = openOwner(stack.dbUrl);
    try {
      for (let round = 0; round < 20; round++) {
        const trial = await tryIsolation(owner.ask, { requests: 5000, seed: seed + round });
        expect(trial, `ISOLATION_SEED=${seed + round}`).toEqual({ requests: 5000, leaks: [], isUnchanged: true });
      }
    } finally {
      delete process.env[STACK_VARIABLE];
      await owner.close();
    }
  });
});
