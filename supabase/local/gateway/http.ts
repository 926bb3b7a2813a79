// Between Node's HTTP server and the fetch handlers behind it; bodies are streamed both ways.
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";

export type FetchHandler = (request: Request, client: { ip: string }) => Promise<Response>;
/** A connection that wants to become a websocket, with what has come of it after the head. */
export type UpgradeHandler = (request: IncomingMessage, connection: Socket, rest: Buffer) => Promise<void>;

function toNodeListener(handler: FetchHandler): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  return (incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch((error: unknown) => {
      if (outgoing.destroyed) return;
      if (!outgoing.headersSent) outgoing.writeHead(500, { "content-type": "application/json" });
      outgoing.end(JSON.stringify({ message: "The stack met an unexpected error." }));
      console.error(error);
    });
  };
}

async function answer(handler: FetchHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const left = new AbortController();
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) left.abort();
  });
  const request = toRequest(incoming, left.signal);
  if (!request) {
    outgoing.writeHead(400, { "content-type": "application/json" });
    outgoing.end(JSON.stringify({ message: "The request's address or method cannot be read." }));
    return;
  }
  const response = await handler(request, { ip: incoming.socket.remoteAddress ?? "unknown" });
  if (outgoing.destroyed) return;
  outgoing.writeHead(response.status, response.statusText, toNodeHeaders(response.headers));
  if (!response.body || incoming.method === "HEAD") {
    outgoing.end();
    return;
  }
  try {
    await pipeline(Readable.fromWeb(response.body as WebStream), outgoing);
  } catch (error) {
    // The client went away, or the source broke off after the head was sent: the broken connection tells the client.
    if (!left.signal.aborted) outgoing.destroy(error instanceof Error ? error : undefined);
  }
}

export function toRequest(incoming: IncomingMessage, signal?: AbortSignal): Request | null {
  const method = incoming.method ?? "GET";
  const hasBody = method !== "GET" && method !== "HEAD";
  try {
    const headers = new Headers();
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
      const name = incoming.rawHeaders[index] ?? "";
      if (!name.startsWith(":")) headers.append(name, incoming.rawHeaders[index + 1] ?? "");
    }
    const url = new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "localhost"}`);
    const body = hasBody ? (Readable.toWeb(incoming) as unknown as ReadableStream<Uint8Array>) : null;
    return new Request(url, {
      method,
      headers,
      body,
      signal: signal ?? null,
      ...(hasBody && { duplex: "half" }),
    } as RequestInit);
  } catch {
    return null;
  }
}

function toNodeHeaders(headers: Headers): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = Object.fromEntries(headers);
  const cookies = headers.getSetCookie();
  if (cookies.length > 0) result["set-cookie"] = cookies;
  return result;
}

/** Answers a handshake that is not taken. */
export async function refuseUpgrade(connection: Socket, response: Response): Promise<void> {
  const body = await response.text();
  connection.end(
    `HTTP/1.1 ${response.status} ${STATUS_CODES[response.status] ?? ""}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Listens on loopback; port 0 asks for a free one. */
export function listen(handler: FetchHandler, port: number, upgrade?: UpgradeHandler): Promise<Server> {
  // Filters with hundreds of ids make long addresses: hosted takes them, and so does this.
  const server = createServer(
    // Some clients offer HTTP/2 with every request; that is no websocket, and is answered as if they had not.
    {
      keepAliveTimeout: 65_000,
      maxHeaderSize: 64 * 1024,
      shouldUpgradeCallback: (incoming) => upgrade !== undefined && isWebsocket(incoming),
    },
    toNodeListener(handler),
  );
  if (upgrade)
    server.on("upgrade", (incoming: IncomingMessage, connection: Socket, rest: Buffer) => {
      connection.on("error", () => {});
      upgrade(incoming, connection, rest).catch((error: unknown) => {
        console.error(error);
        connection.destroy();
      });
    });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

function isWebsocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === "websocket";
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
