// `npm run types`: writes the database's types anew, from a stack that runs or from one started for it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateTypes } from "../checks/types.ts";
import { projectRoot } from "../settings.ts";
import { withStack } from "../with-stack.ts";

export async function run(): Promise<number> {
  const types = await withStack(({ dbUrl }) => generateTypes(dbUrl));
  const file = "src/shared/types/database.types.ts";
  writeFileSync(join(projectRoot, file), types);
  console.log(`${file} is up to date.`);
  return 0;
}
