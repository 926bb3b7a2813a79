// The Realtime server's own process: takes sockets and requests from the stack, and ends with it.
import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import pg from "pg";
import { WebSocketServer } from "ws";
import { createTokenReader } from "../gateway/tokens.ts";
import { messageOf } from "../problem.ts";
import { createAuthorizer } from "./authorize.ts";
import type { Version } from "./frames.ts";
import { createHttpBroadcast } from "./http-broadcast.ts";
import { createHub } from "./hub.ts";
import { identityOfKey, identityOfToken } from "./identity.ts";
import { limits } from "./limits.ts";
import type { Asked, Boot, FromProcess, Handshake, ToProcess } from "./messages.ts";
import { keepPartitionsMade } from "./partitions.ts";
import { createPresence } from "./presence.ts";
import { type Reader, startReader } from "./reader.ts";
import { readReplay } from "./replay.ts";
import { type OpenSocket, openSocket, type SocketServices } from "./socket.ts";

const PULSE_MS = 15_000;
const CONNECTIONS = 4;
const END_MS = 2000;
// After a crash, clients come back a second later, and then join: what was written meanwhile waits for them that long.
const AWAIT_CLIENTS_MS = 2500;

function tell(message: FromProcess): void {
  if (process.connected) process.send?.(message, () => {});
}

let lastLine = "";
function log(line: string): void {
  // A policy that fails, fails for everybody who joins: once says it.
  if (line !== lastLine) tell({ kind: "log", line });
  lastLine = line;
}

async function start(boot: Boot) {
  const pool = new pg.Pool({
    connectionString: boot.databaseUrl,
    max: CONNECTIONS,
    application_name: `realtime ${process.pid}`,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks is replaced when the next one is needed; whoever used it is told by its query.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));

  const tokens = await createTokenReader(boot.publicKey);
  const hub = createHub();
  const authorizer = createAuthorizer(pool, log);
  const identify = (token: string) => identityOfToken(tokens, token);
  const services: SocketServices = {
    authorizer,
    hub,
    presence: createPresence(),
    identify,
    replay: (topic, since, limit) => readReplay(pool, topic, since, limit),
    log,
  };
  const broadcastOverHttp = createHttpBroadcast({ authorizer, hub, identify });
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: limits.frameBytes, perMessageDeflate: false });
  const sockets = new Set<OpenSocket>();
  const partitions = keepPartitionsMade(pool, log);
  let reader: Reader | null = null;
  const beginReading = setTimeout(
    () => {
      reader = startReader({ databaseUrl: boot.databaseUrl, pool, deliver: hub.broadcast, log });
    },
    boot.afterCrash ? AWAIT_CLIENTS_MS : 0,
  );
  const pulse = setInterval(() => {
    for (const socket of sockets) socket.checkPulse(Date.now());
  }, PULSE_MS);

  return {
    open(handshake: Handshake, connection: Socket): void {
      const request = new IncomingMessage(connection);
      request.method = "GET";
      request.url = handshake.url;
      request.headers = handshake.headers;
      upgrades.handleUpgrade(request, connection, Buffer.from(handshake.rest, "base64"), (ws) => {
        const client = {
          version: versionOf(handshake.url),
          ip: handshake.ip,
          identityOfKey: identityOfKey(handshake.key),
        };
        const socket = openSocket(ws, client, services, () => sockets.delete(socket));
        sockets.add(socket);
      });
    },
    async answer(asked: Asked): Promise<void> {
      const { status, body } = await broadcastOverHttp(asked).catch((error: unknown) => {
        if (error instanceof URIError) return { status: 400, body: { message: "The address cannot be read" } };
        log(`A request could not be answered: ${messageOf(error)}`);
        return { status: 500, body: { message: "Internal server error" } };
      });
      tell({ kind: "answered", id: asked.id, status, body });
    },
    async stop(): Promise<void> {
      clearTimeout(beginReading);
      clearInterval(pulse);
      partitions.stop();
      for (const socket of sockets) socket.close();
      await reader?.stop();
      await pool.end();
    },
  };
}

/** Clients of the first protocol do not always say so. */
function versionOf(url: string): Version {
  return new URL(url, "http://localhost").searchParams.get("vsn") === "2.0.0" ? "2.0.0" : "1.0.0";
}

let server: ReturnType<typeof start> | null = null;
let ending = false;

async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  // Nobody waits for it any more when the stack has gone.
  setTimeout(() => process.exit(0), END_MS).unref();
  await server?.then((started) => started.stop()).catch(() => {});
  process.exit(0);
}

process.on("message", (message: ToProcess, connection?: unknown) => {
  if (message.kind === "stop") return void end();
  if (message.kind === "boot") {
    server = start(message);
    server.then(
      () => tell({ kind: "ready" }),
      (error: unknown) => {
        log(messageOf(error));
        process.exit(1);
      },
    );
    return;
  }
  void server?.then((started) => {
    if (message.kind === "asked") return started.answer(message);
    if (connection instanceof Socket) started.open(message, connection);
  });
});
// The stack has gone: so does this. Ctrl-C in the terminal is for the stack, which then ends its parts in order.
process.on("disconnect", () => void end());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end());
