// One place that runs every command: npm scripts come in through run.mjs and end up here.
import { codeOf, messageOf, Problem } from "./problem.ts";

interface Command {
  run(args: string[]): Promise<number>;
}

const commands: Record<string, () => Promise<Command>> = {
  start: () => import("./commands/start.ts"),
  stack: () => import("./commands/stack.ts"),
  status: () => import("./commands/status.ts"),
  stop: () => import("./commands/stop.ts"),
  reset: () => import("./commands/reset.ts"),
  generate: () => import("./commands/generate.ts"),
  types: () => import("./commands/types.ts"),
  check: () => import("./commands/check.ts"),
  build: () => import("./commands/build.ts"),
  test: () => import("./commands/test.ts"),
  bench: () => import("./commands/bench.ts"),
  drill: () => import("./commands/drill.ts"),
  "audit-verify": () => import("./commands/audit-verify.ts"),
  "test-hosted": () => import("./commands/test-hosted.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const load = commands[name];
if (!load) {
  console.error(`There is no command "${name}". There are: ${Object.keys(commands).join(", ")}.`);
  process.exit(1);
}
// What a person has set for other databases and other programs must not lead these commands elsewhere.
for (const variable of Object.keys(process.env))
  if (/^PG[A-Z]/.test(variable) || variable === "NODE_ENV") delete process.env[variable];
try {
  const command = await load();
  process.exit(await command.run(args));
} catch (error) {
  console.error(sentenceFor(error));
  process.exit(1);
}

function sentenceFor(error: unknown): unknown {
  if (error instanceof Problem) return error.message;
  const code = codeOf(error);
  if (code === "ERR_MODULE_NOT_FOUND")
    return `Something is missing from this checkout or its packages; "npm ci" puts the packages back. ${messageOf(error)}`;
  if (code === "ENOSPC") return `The disk is full. Free some space and start again. ${messageOf(error)}`;
  if (code === "EACCES" || code === "EROFS" || code === "EPERM")
    return `A file cannot be read or written. Give this user the right to it, or choose another folder with --data-dir. ${messageOf(error)}`;
  return error;
}
