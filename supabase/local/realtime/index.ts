// Stands in for: Supabase Realtime. Its server is a process of its own, which the stack starts again whenever it ends; the gateway
// checks the project key and hands the connection over, so that no message passes through the stack.
import { type ChildProcess, fork } from "node:child_process";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { JWK } from "jose";
import type { Caller, Service } from "../gateway/service.ts";
import type { Guard } from "../guard.ts";
import type { Asked, FromProcess, ToProcess } from "./messages.ts";

export interface Realtime extends Service {
  /** Takes a websocket's handshake over, once the gateway has found its key to be good. */
  upgrade(request: IncomingMessage, connection: Socket, rest: Buffer, caller: Caller): Promise<void>;
}

interface RealtimeOptions {
  databaseUrl: string;
  publicKey: JWK;
  /** Only to be recognised by, among the machine's processes. */
  dataDir: string;
  guard: Guard;
  log(line: string): void;
}

type Answer = { status: number; body: unknown };

const program = fileURLToPath(new URL("./process.ts", import.meta.url));
const READY_MS = 5000;
const ANSWER_MS = 10_000;
const STOP_MS = 3000;
const RESTART_PAUSES_MS = [0, 200, 1000, 5000];
const STEADY_MS = 30_000;
const BODY_BYTES = 2 * 1024 * 1024;

export function startRealtime(options: RealtimeOptions): Realtime {
  const { guard, log } = options;
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;
  let stopping = false;
  let quickEnds = 0;
  let child: ChildProcess;
  let ready: Promise<void>;
  launch(false);

  return { handle, upgrade, close };

  function launch(afterCrash: boolean): void {
    const startedAt = Date.now();
    const current = fork(program, [options.dataDir], {
      execArgv: [],
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // A group of its own: Ctrl-C in the terminal reaches the stack, which then stops its parts in order.
      detached: process.platform !== "win32",
    });
    child = current;
    const { pid } = current;
    if (pid !== undefined) guard.add(pid);
    ready = new Promise((resolve) => {
      current.on("message", (message: FromProcess) => {
        if (message.kind === "ready") resolve();
        else if (message.kind === "log") log(`Realtime: ${message.line}`);
        else waiting.get(message.id)?.(message);
      });
    });
    current.on("error", (error) => log(`Realtime: ${error.message}`));
    current.on("exit", () => {
      if (pid !== undefined) guard.remove(pid);
      for (const answer of waiting.values()) answer(unavailable);
      if (stopping) return;
      quickEnds = Date.now() - startedAt > STEADY_MS ? 0 : quickEnds + 1;
      const pause = RESTART_PAUSES_MS[Math.min(quickEnds, RESTART_PAUSES_MS.length) - 1] ?? 0;
      log("Realtime ended unexpectedly; starting it again.");
      setTimeout(() => {
        if (!stopping) launch(true);
      }, pause);
    });
    tell({ kind: "boot", databaseUrl: options.databaseUrl, publicKey: options.publicKey, afterCrash });
  }

  function tell(message: ToProcess, connection?: Socket): void {
    if (!child.connected) {
      connection?.destroy();
      return;
    }
    if (connection) letGo(connection);
    // What is left here of a connection that was handed over is an empty shell; else this ends it.
    child.send(message, connection, undefined, () => connection?.destroy());
  }

  /** False when it is not there in time; while it is started again, callers wait. */
  async function isReady(): Promise<boolean> {
    const deadline = Date.now() + READY_MS;
    while (Date.now() < deadline && !stopping) {
      const left = AbortSignal.timeout(Math.max(1, deadline - Date.now()));
      const won = await Promise.race([ready.then(() => true), delay(50, false, { signal: left }).catch(() => false)]);
      if (won && child.connected) return true;
    }
    return false;
  }

  async function upgrade(request: IncomingMessage, connection: Socket, rest: Buffer, caller: Caller): Promise<void> {
    if (!(await isReady()) || connection.destroyed) {
      connection.destroy();
      return;
    }
    const { url = "", headers } = request;
    const { key, ip } = caller;
    tell({ kind: "handshake", url, headers, rest: rest.toString("base64"), key, ip }, connection);
  }

  async function handle(request: Request, caller: Caller): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const tooLarge = () => Response.json({ message: "Request entity too large" }, { status: 413 });
    if (Number(request.headers.get("content-length")) > BODY_BYTES) return tooLarge();
    const body = Buffer.from(await request.arrayBuffer());
    if (body.length > BODY_BYTES) return tooLarge();
    if (!(await isReady())) return toResponse(unavailable);
    const id = ++lastId;
    const asked: Asked = {
      kind: "asked",
      id,
      method: request.method,
      path: pathname.slice("/realtime/v1".length),
      query: search,
      contentType: request.headers.get("content-type") ?? "",
      body: body.toString("base64"),
      ...caller,
    };
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    tell(asked);
    const answer = await Promise.race([answered, delay(ANSWER_MS, unavailable, { ref: false })]);
    waiting.delete(id);
    return toResponse(answer);
  }

  async function close(): Promise<void> {
    stopping = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once("exit", resolve));
    tell({ kind: "stop" });
    const killing = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await exited;
    clearTimeout(killing);
  }
}

/**
 * Until the other process has confirmed that it has the connection, both have it: this one must not read what is meant for the other.
 * And Node would ask the other about it when the gateway closes, and wait for ever if it has ended by then.
 */
function letGo(connection: Socket & { _handle?: { readStop(): void } | null }): void {
  connection._handle?.readStop();
  Object.assign(connection, { server: null });
}

const unavailable: Answer = { status: 503, body: { message: "Realtime is restarting, please standby" } };

function toResponse({ status, body }: Answer): Response {
  return body === null ? new Response(null, { status }) : Response.json(body, { status });
}
