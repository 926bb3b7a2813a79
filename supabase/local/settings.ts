// One value that says everything about this checkout's stack: where it listens, where it keeps its data, how it is configured.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";

export interface StackSettings {
  projectRoot: string;
  dataDir: string;
  apiPort: number;
  dbPort: number;
  appPort: number;
  seed: boolean;
  apiUrl: string;
  /** supabase/config.toml, the official CLI's file, as parsed. */
  config: Record<string, unknown>;
}

export const projectRoot = resolve(fileURLToPath(import.meta.url), "../../..");

export function readConfig(): Record<string, unknown> {
  return parse(readFileSync(join(projectRoot, "supabase/config.toml"), "utf8"));
}
