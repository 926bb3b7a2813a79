// A sample of the mutants that `npm run drill` tries whole: would these tests notice if the rights were made worse?
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Hunt, openHunt } from "../../support/mutant-hunt.ts";
import type { Mutant } from "../../support/mutants.ts";
import { createRandom } from "../../support/random.ts";
import { stack } from "../../support/stack.ts";

const SAMPLE = 40;
const seed = Number(process.env.MUTANTS_SEED ?? Date.now() % 1_000_000);

let hunt: Hunt;
beforeAll(async () => {
  hunt = await openHunt(stack());
}, 120_000);
afterAll(() => hunt?.close());

test("the database as it is passes", { timeout: 300_000 }, async () => {
  expect(await hunt.sound()).toBeNull();
});

test(`of ${SAMPLE} mutants taken by chance at most one in twenty lives, and none of what keeps organizations apart`, {
  timeout: 900_000,
}, async () => {
  console.log(`Mutants with MUTANTS_SEED=${seed}`);
  const random = createRandom(seed);
  const kinds = [...new Set(hunt.mutants.map(({ likely }) => likely))];
  const survivors: Mutant[] = [];
  for (let taken = 0; taken < SAMPLE; taken++) {
    // Grants are many and much alike: each kind of mutant gets its turn.
    const kind = kinds[taken % kinds.length];
    const verdict = await hunt.judge(random.pick(hunt.mutants.filter(({ likely }) => likely === kind)));
    if (verdict.noticed === null) survivors.push(verdict.mutant);
  }
  const named = survivors.map(({ kind: what, name }) => `${what}: ${name}`);
  expect(named.filter((name) => name.startsWith("tenant"))).toEqual([]);
  // The whole hunt holds the same bar; what lived is named either way.
  for (const name of named) console.log(`Lived: ${name}`);
  expect(named.length, named.join("\n")).toBeLessThanOrEqual(SAMPLE / 20);
});
