// One place that runs every command: npm scripts come in through run.mjs and end up here.
import { Problem } from "./problem.ts";

interface Command {
  run(args: string[]): Promise<number>;
}

const commands: Record<string, () => Promise<Command>> = {
  start: () => import("./commands/start.ts"),
  stack: () => import("./commands/stack.ts"),
  status: () => import("./commands/status.ts"),
  stop: () => import("./commands/stop.ts"),
  reset: () => import("./commands/reset.ts"),
  types: () => import("./commands/types.ts"),
  check: () => import("./commands/check.ts"),
  build: () => import("./commands/build.ts"),
  test: () => import("./commands/test.ts"),
  bench: () => import("./commands/bench.ts"),
  drill: () => import("./commands/drill.ts"),
  "test-hosted": () => import("./commands/test-hosted.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const load = commands[name];
if (!load) {
  console.error(`There is no command "${name}". There are: ${Object.keys(commands).join(", ")}.`);
  process.exit(1);
}
try {
  const command = await load();
  process.exit(await command.run(args));
} catch (error) {
  console.error(error instanceof Problem ? error.message : error);
  process.exit(1);
}
