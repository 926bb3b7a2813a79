// `npm run drill`: the long tests, whole: faults, kills and full disks. `npm test` runs samples of them.
import { runVitest } from "../runners.ts";
import { closingLine, exitCode } from "../tally.ts";

export async function run(): Promise<number> {
  const tally = await runVitest(["drill"]);
  console.log(`\n${closingLine(tally)}`);
  return exitCode(tally);
}
