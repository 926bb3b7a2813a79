// Flags and environment of the commands: a flag wins over the environment, the environment over the default.
import { isAbsolute, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Problem } from "./problem.ts";
import { projectRoot } from "./settings.ts";

export interface StackOptions {
  dataDir: string;
  api: PortOption;
  db: PortOption;
  app: PortOption;
  seed: boolean;
}

interface PortOption {
  port: number;
  chosen: boolean;
}

const flags = {
  "api-port": { type: "string" },
  "db-port": { type: "string" },
  "app-port": { type: "string" },
  "data-dir": { type: "string" },
  "no-seed": { type: "boolean" },
  json: { type: "boolean" },
  organization: { type: "string" },
  anchors: { type: "string" },
  seed: { type: "string" },
  until: { type: "string" },
  partners: { type: "string" },
  referrals: { type: "string" },
  opportunities: { type: "string" },
  tasks: { type: "string" },
  interactions: { type: "string" },
  training: { type: "string" },
  documents: { type: "string" },
} as const;

export type Flags = { [flag in keyof typeof flags]?: string | boolean };

export function readFlags(args: string[], allowed: (keyof typeof flags)[]): Flags {
  try {
    const options = Object.fromEntries(allowed.map((name) => [name, flags[name]]));
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    const known = allowed.map((name) => `--${name}`).join(", ");
    throw new Problem(`${error instanceof Error ? error.message : String(error)}. This command takes: ${known}.`);
  }
}

export const stackFlags = ["api-port", "db-port", "app-port", "data-dir", "no-seed"] as const;

export function stackOptions(values: Flags): StackOptions {
  return {
    dataDir: dataDirOf(values),
    api: portOf(values["api-port"], "STACK_API_PORT", 54321),
    db: portOf(values["db-port"], "STACK_DB_PORT", 54322),
    app: portOf(values["app-port"], "APP_PORT", 5173),
    seed: values["no-seed"] !== true,
  };
}

export function dataDirOf(values: Flags): string {
  const wished = values["data-dir"] ?? process.env.STACK_DATA_DIR;
  if (typeof wished !== "string" || wished === "") return join(projectRoot, "supabase/.temp/stack");
  return isAbsolute(wished) ? wished : resolve(process.env.INIT_CWD ?? process.cwd(), wished);
}

function portOf(flag: string | boolean | undefined, variable: string, standard: number): PortOption {
  const wished = typeof flag === "string" ? flag : process.env[variable];
  if (wished === undefined || wished === "") return { port: standard, chosen: false };
  const port = Number(wished);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem(`"${wished}" is not a port. Give a whole number from 1 to 65535.`);
  return { port, chosen: true };
}
