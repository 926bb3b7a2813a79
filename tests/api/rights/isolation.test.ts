// A sample of requests made by chance; `npm run drill` makes a hundred thousand.
import { afterAll, expect, test } from "vitest";
import { chosenSeed, tryIsolation } from "../../support/isolation.ts";
import { openOwner } from "../../support/owner.ts";

const owner = openOwner();
afterAll(() => owner.close());

test("of 1,500 requests made by chance none shows, or changes, anything of another organization", {
  timeout: 120_000,
}, async () => {
  const trial = await tryIsolation(owner.ask, { requests: 1500, seed: chosenSeed() });
  expect(trial).toEqual({ requests: 1500, leaks: [], isUnchanged: true });
});
