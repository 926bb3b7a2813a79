// Runs inside Deno, before a function's own code: gives it the environment it may see, makes its `Deno.serve` listen where the
// runner can reach it and nobody else, and ends the process together with the stack.
import type { Boot, ControlTask } from "./protocol.ts";
import { CONTROL_HEADER, SECRET_HEADER } from "./protocol.ts";

type Handler = (request: Request, info: unknown) => Response | Promise<Response>;
interface ServeOptions {
  handler?: Handler;
  onError?: (error: unknown) => Response | Promise<Response>;
  signal?: AbortSignal;
}
interface DenoNamespace {
  env: { toObject(): Record<string, string>; delete(name: string): void; set(name: string, value: string): void };
  stdin: { read(buffer: Uint8Array): Promise<number | null> };
  stdout: { writeSync(bytes: Uint8Array): number };
  exit(code: number): never;
  serve(options: object, handler: Handler): unknown;
}
declare const Deno: DenoNamespace;

// Reads the pipe to the stack in a thread of its own and kills the process when it closes: code that never returns to the
// event loop, or listens to signals, cannot outlive the stack either.
const guardSource = `
  import process from "node:process";
  const bytes = new Uint8Array(64);
  while ((await Deno.stdin.read(bytes).catch(() => null)) !== null);
  process.kill(process.pid, "SIGKILL");
`;

async function readBoot(): Promise<Boot> {
  const bytes = new Uint8Array(4096);
  const decoder = new TextDecoder();
  let text = "";
  while (!text.endsWith("\n")) {
    const length = await Deno.stdin.read(bytes);
    if (length === null) Deno.exit(1);
    text += decoder.decode(bytes.subarray(0, length), { stream: true });
  }
  return JSON.parse(text);
}

const boot = await readBoot();
new Worker(`data:text/javascript,${encodeURIComponent(guardSource)}`, { type: "module" });
for (const name of Object.keys(Deno.env.toObject())) Deno.env.delete(name);
for (const [name, value] of Object.entries(boot.environment)) Deno.env.set(name, value);

const background = new Set<Promise<unknown>>();
Object.assign(globalThis, {
  EdgeRuntime: {
    waitUntil<T>(promise: Promise<T>): Promise<T> {
      const task = Promise.resolve(promise).catch((error) => console.error("A background task failed:", error));
      background.add(task);
      task.finally(() => background.delete(task));
      return promise;
    },
  },
});

const controls: Record<ControlTask, () => Promise<void>> = {
  // Answered only when the event loop gets to it: that is the question.
  ping: async () => {},
  // Answered when everything handed to waitUntil is done.
  drain: async () => {
    while (background.size > 0) await Promise.all(background);
  },
};

const serve = Deno.serve;
let serving = false;

function serveForRunner(first: Handler | ServeOptions, second?: Handler): unknown {
  const options = typeof first === "function" ? {} : first;
  const handler = typeof first === "function" ? first : (second ?? options.handler);
  if (!handler) throw new TypeError("Deno.serve needs a handler.");
  if (serving) throw new Error("A function calls Deno.serve once.");
  serving = true;
  const onListen = ({ port }: { port: number }) => {
    // One turn later, so that a module which throws right after Deno.serve has failed to start.
    setTimeout(() => Deno.stdout.writeSync(new TextEncoder().encode(`${boot.secret} ${port}\n`)), 0);
  };
  const signal = options.signal ? { signal: options.signal } : {};
  return serve({ hostname: "127.0.0.1", port: 0, onListen, ...signal }, answerWith(handler, options.onError));
}

function answerWith(handler: Handler, onError: ServeOptions["onError"]): Handler {
  return async (request, info) => {
    if (request.headers.get(SECRET_HEADER) !== boot.secret) return new Response(null, { status: 403 });
    const control = request.headers.get(CONTROL_HEADER);
    if (control === "ping" || control === "drain") {
      await controls[control]();
      return new Response(null, { status: 204 });
    }
    const headers = new Headers(request.headers);
    headers.delete(SECRET_HEADER);
    const received = new Request(request, { headers });
    try {
      return await handler(received, info);
    } catch (error) {
      if (onError) return onError(error);
      console.error(error);
      return Response.json(boot.onError.body, { status: 500, headers: boot.onError.headers });
    }
  };
}

Object.defineProperty(Deno, "serve", { value: serveForRunner, writable: true, configurable: true, enumerable: true });

try {
  const module: { default?: { fetch?: Handler } } = await import(boot.entrypoint);
  // The other way to write a function: `export default { fetch }`.
  if (!serving && typeof module.default?.fetch === "function")
    serveForRunner(module.default.fetch.bind(module.default));
} catch (error) {
  console.error(error);
  Deno.exit(1);
}

const GRACE_MS = 1_000;
setTimeout(() => {
  if (serving) return;
  console.error("The function never called Deno.serve(handler).");
  Deno.exit(1);
}, GRACE_MS);
