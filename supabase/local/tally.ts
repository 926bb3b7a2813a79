// Adds up what every runner counted, and closes with one line that a person and a machine can read.
import { messageOf } from "./problem.ts";

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };

export function add(...tallies: Tally[]): Tally {
  return tallies.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    nothing,
  );
}

export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Green means: something ran, and none of it failed. */
export function exitCode({ passed, failed }: Tally): number {
  return passed > 0 && failed === 0 ? 0 : 1;
}

export interface Count {
  /** Runs one runner and counts it; a runner that breaks is a failure of its own, and the others still run. */
  run(name: string, work: () => Promise<Tally>): Promise<void>;
  total(): Tally;
}

export function startCount(say: (line: string) => void): Count {
  let total = nothing;
  return {
    async run(name, work) {
      say(`\n— ${name}`);
      try {
        // Added after the wait: runners inside of this one have counted meanwhile.
        const tally = await work();
        total = add(total, tally);
      } catch (error) {
        say(messageOf(error));
        total = add(total, { passed: 0, failed: 1, skipped: 0 });
      }
    },
    total: () => total,
  };
}
