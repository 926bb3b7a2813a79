// `npm run db:reset`: throws the local data away. The next start makes the database anew from migrations and seed.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { dataDirOf, readFlags } from "../options.ts";
import { Problem } from "../problem.ts";
import { stopHolder } from "./stop.ts";

// Everything the stack itself puts there; a folder that was named by mistake keeps its own files.
const ours = new Set([
  "postgres",
  "postgres.log",
  "postgres.log.old",
  "platform-version",
  "secrets.json",
  "secrets.json.new",
  "stack.json",
  "stack.json.new",
  "functions",
  "admin-password",
  "audit-anchors.jsonl",
  "storage",
]);

export async function run(args: string[]): Promise<number> {
  const dataDir = dataDirOf(readFlags(args, ["data-dir"]));
  if (!existsSync(dataDir)) {
    console.log(`There is no data in ${dataDir}; the next start makes it.`);
    return 0;
  }
  const isOurs = (name: string) => ours.has(name) || /^(?:postgres\.new-|(?:stack|app)\.lock)/.test(name);
  const strange = readdirSync(dataDir).filter((name) => !isOurs(name));
  if (strange.length > 0)
    throw new Problem(
      `${dataDir} also holds files that are not the stack's (${strange.slice(0, 3).join(", ")}). Nothing was deleted.`,
    );
  if (!(await stopHolder(dataDir, () => {})))
    throw new Problem("The running stack did not stop, so nothing was deleted.");
  for (const name of readdirSync(dataDir).filter(isOurs)) rmSync(join(dataDir, name), { recursive: true, force: true });
  console.log("The local data is gone. The next start makes the database anew from migrations and seed.");
  return 0;
}
