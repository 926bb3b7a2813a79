// A function's running process: takes requests, keeps to the limits, and goes when it is idle, worn out or outdated.
import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { idleTimeout, refuse, workerError, workerLimit } from "./answers.ts";
import { control, forward, type Target } from "./forward.ts";
import { type Exit, type Launch, launch } from "./launch.ts";
import { type Call, type Exceeded, startMeter } from "./meter.ts";

export interface FunctionProcess {
  /** A place for one request, which must be used; null when the process takes no further requests. */
  claim(): Place | null;
  /** No further requests; ends when those under way and what they left running are done. */
  retire(): void;
  exited: Promise<unknown>;
}

export type Place = (request: Request, path: string, ip: string) => Promise<Response>;

// A connection can break a moment before the news of the process's end arrives.
const EXIT_NEWS_MS = 1_000;
const CLIENT_CLOSED_REQUEST = 499;

export async function startFunctionProcess(options: Launch & { oneshot: boolean }): Promise<FunctionProcess> {
  const { limits, log } = options;
  const name = options.settings.name;
  const running = await launch(options);
  const target: Target = { port: running.port, secret: running.secret, agent: new Agent({ keepAlive: true }) };
  const calls = new Set<Call>();
  let accepting = true;
  let draining = false;
  let exceeded: Exceeded | null = null;
  let stoppedByUs = false;
  let idleTimer: NodeJS.Timeout;

  const kill = () => {
    stoppedByUs = true;
    accepting = false;
    running.child.kill("SIGKILL");
  };

  const drain = async () => {
    if (draining || calls.size > 0) return;
    draining = true;
    await control(target, "drain", AbortSignal.timeout(limits.wallClockMs)).catch(() => {});
    kill();
  };

  const retire = () => {
    accepting = false;
    void drain();
  };

  const becomeIdle = () => {
    idleTimer = setTimeout(retire, limits.idleMs).unref();
  };

  const stopMeter = await startMeter({
    pid: running.pid,
    limits,
    calls,
    ping: () => control(target, "ping", AbortSignal.timeout(limits.wallClockMs)),
    onSoftLimit: () => {
      if (accepting) log(`[${name}] CPU time soft limit reached: the next request gets a fresh process.`);
      retire();
    },
    onHardLimit: (what) => {
      if (exceeded) return;
      exceeded = what;
      log(`[${name}] stopped: ${what === "cpu" ? "CPU time" : "memory"} limit reached.`);
      kill();
    },
  });

  const exited = running.exited.then((exit) => {
    accepting = false;
    clearTimeout(idleTimer);
    stopMeter();
    target.agent.destroy();
    if (exit.outOfMemory) log(`[${name}] stopped: memory limit reached.`);
    else if (!stoppedByUs && !options.stopping.aborted)
      log(`[${name}] ended by itself (${exit.signal ?? `exit code ${exit.code}`}).`);
    return exit;
  });

  const answerFor = (exit: Exit | undefined): Response => {
    if (exceeded || exit?.outOfMemory) return refuse(workerLimit);
    // Ended from outside: not the function's doing.
    if (exit?.signal && !stoppedByUs) return refuse(workerError, { "x-relay-error": "true" });
    return refuse(workerError);
  };

  const handle = async (call: Call, request: Request, path: string, ip: string): Promise<Response> => {
    const abort = new AbortController();
    const clientLeft = () => abort.abort();
    request.signal.addEventListener("abort", clientLeft);
    let timedOut = false;
    const wallClock = setTimeout(() => {
      timedOut = true;
      log(`[${name}] wall clock limit reached: the request was broken off.`);
      accepting = false;
      abort.abort();
    }, limits.wallClockMs).unref();

    const finish = () => {
      if (!calls.delete(call)) return;
      clearTimeout(wallClock);
      request.signal.removeEventListener("abort", clientLeft);
      if (calls.size > 0) return;
      if (accepting) becomeIdle();
      else retire();
    };
    try {
      return await forward(target, { request, path, ip, signal: abort.signal, onClose: finish });
    } catch {
      finish();
      if (timedOut) return refuse(idleTimeout(limits.wallClockMs));
      if (request.signal.aborted) return new Response(null, { status: CLIENT_CLOSED_REQUEST });
      return answerFor(await Promise.race([exited, wait(EXIT_NEWS_MS, undefined)]));
    }
  };

  becomeIdle();
  return {
    claim() {
      if (!accepting) return null;
      clearTimeout(idleTimer);
      if (options.oneshot) accepting = false;
      const call: Call = { cpuMs: 0 };
      calls.add(call);
      return (request, path, ip) => handle(call, request, path, ip);
    },
    retire,
    exited,
  };
}
