// `npm run stack:status`: where the running stack is to be reached.
import { dataDirOf, readFlags } from "../options.ts";
import { findRunning } from "../running.ts";

export async function run(args: string[]): Promise<number> {
  const values = readFlags(args, ["json", "data-dir"]);
  const dataDir = dataDirOf(values);
  const running = findRunning(dataDir);
  if (!running) {
    console.error(`No stack runs on ${dataDir}. Start one with "npm start" or "npm run stack".`);
    return 1;
  }
  if (values.json) console.log(JSON.stringify(running.status, null, 2));
  else for (const [name, value] of Object.entries(running.status)) console.log(`${name.padEnd(15)} ${value}`);
  return 0;
}
