// A process of its own that serves three functions and then waits to be killed.
import { startRunner } from "./runner.ts";

const stubborn = `
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) Deno.addSignalListener(signal, () => {});
  Deno.stdin.close();
`;
const runner = await startRunner({ limits: { cpuSoftMs: 1e9, cpuHardMs: 1e9 } });
runner.log.push = (...lines) => {
  process.stdout.write(`${lines.join("\n")}\n`);
  return 0;
};
runner.define("burning", `Deno.serve(() => { console.log("pid", Deno.pid); for (;;); });`);
runner.define("stubborn", `${stubborn} Deno.serve(() => { console.log("pid", Deno.pid); for (;;); });`);
runner.define("waiting", `Deno.serve(() => { console.log("pid", Deno.pid); return new Response("x"); });`);
for (const name of ["burning", "stubborn", "waiting"]) runner.call(name).catch(() => {});
