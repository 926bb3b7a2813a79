// Every mutant of the rights: policies, grants, triggers and what functions ask. None of those that keep organizations apart may
// survive, and of the others at most one in twenty.
import { expect, test } from "vitest";
import { withStack } from "../../supabase/local/with-stack.ts";
import { openHunt, type Verdict } from "../support/mutant-hunt.ts";

test("the checks of rights notice what was made worse", { timeout: 7_200_000 }, async () => {
  await withStack(async (stack) => {
    const hunt = await openHunt(stack);
    try {
      expect(await hunt.sound()).toBeNull();
      const verdicts: Verdict[] = [];
      for (const mutant of hunt.mutants) verdicts.push(await hunt.judge(mutant));
      const survivors = verdicts.filter(({ noticed }) => noticed === null).map(({ mutant }) => mutant);
      const count = (kind: string) => verdicts.filter(({ mutant }) => mutant.kind === kind).length;
      for (const { kind, name } of survivors) console.log(`Survived (${kind}): ${name}`);
      console.log(
        `${verdicts.length} mutants (${count("tenant")} of what keeps organizations apart), ${survivors.length} survived.`,
      );
      expect(survivors.filter(({ kind }) => kind === "tenant")).toEqual([]);
      expect(survivors.length).toBeLessThanOrEqual(count("other") * 0.05);
    } finally {
      await hunt.close();
    }
  });
});
