// Where this checkout is, and what its supabase/config.toml says.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";
import { Problem } from "./problem.ts";

export const projectRoot = resolve(fileURLToPath(import.meta.url), "../../..");

export function readConfig(): Record<string, unknown> {
  try {
    return parse(readFileSync(join(projectRoot, "supabase/config.toml"), "utf8"));
  } catch (error) {
    throw new Problem(`supabase/config.toml cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** A table of the configuration, empty when it is not there. */
export function table(config: Record<string, unknown>, name: string): Record<string, unknown> {
  const value = config[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
