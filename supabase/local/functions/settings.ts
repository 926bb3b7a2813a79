// What config.toml and the folders below supabase/functions say about each function, and the secrets all of them see.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { codeOf } from "../problem.ts";

export interface FunctionSettings {
  name: string;
  entrypoint: string;
  verifyJwt: boolean;
  /** `--config` or `--import-map`, whichever the function has. */
  denoFlags: string[];
}

type Table = Record<string, unknown>;

const functionName = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Null for a function that is not there or is switched off. */
export function settingsOf(functionsDir: string, config: Table, name: string): FunctionSettings | null {
  if (!functionName.test(name)) return null;
  const own = tableIn(tableIn(config, "functions"), name);
  if (own.enabled === false) return null;
  // Paths in config.toml are relative to the folder that it is in.
  const base = dirname(functionsDir);
  const folder = join(functionsDir, name);
  const entrypoint = typeof own.entrypoint === "string" ? resolve(base, own.entrypoint) : join(folder, "index.ts");
  if (!existsSync(entrypoint)) return null;
  const importMap = typeof own.import_map === "string" ? resolve(base, own.import_map) : null;
  return { name, entrypoint, verifyJwt: own.verify_jwt !== false, denoFlags: denoFlags(folder, importMap) };
}

function denoFlags(folder: string, importMap: string | null): string[] {
  if (importMap && !/deno\.jsonc?$/.test(importMap)) return ["--no-config", "--import-map", importMap];
  const candidates = importMap ? [importMap] : [join(folder, "deno.json"), join(folder, "deno.jsonc")];
  const found = candidates.find((path) => existsSync(path));
  return found ? ["--config", found] : ["--no-config"];
}

export function isOneshot(config: Table): boolean {
  return tableIn(config, "edge_runtime").policy === "oneshot";
}

/** `[edge_runtime.secrets]` of config.toml, then `.env` of the functions folder, which wins. Names that begin with SUPABASE_
 * belong to the platform, there as here. */
export function readSecrets(functionsDir: string, config: Table): Record<string, string> {
  const secrets: Record<string, string> = {};
  for (const [name, value] of Object.entries(tableIn(tableIn(config, "edge_runtime"), "secrets"))) {
    if (typeof value === "string") secrets[name] = fromEnvironment(value);
  }
  Object.assign(secrets, parseEnv(readIfThere(join(functionsDir, ".env"))));
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => !name.startsWith("SUPABASE_")));
}

function fromEnvironment(value: string): string {
  const name = /^env\((\w+)\)$/.exec(value)?.[1];
  return name ? (process.env[name] ?? "") : value;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "";
    throw error;
  }
}

function tableIn(table: Table, key: string): Table {
  const value = table[key];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Table) : {};
}
