// Hands one request to a function's process over loopback, and its answer back, both streamed.
import { type Agent, type IncomingMessage, request as send } from "node:http";
import { Readable } from "node:stream";
import type { ReadableStream as WebStream } from "node:stream/web";
import { CONTROL_HEADER, type ControlTask, SECRET_HEADER } from "./runtime/protocol.ts";

export interface Target {
  port: number;
  secret: string;
  agent: Agent;
}

// They describe one connection, not the message (RFC 9110, 7.6.1).
const connectionHeaders = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  SECRET_HEADER,
  CONTROL_HEADER,
]);
const bodilessStatuses = new Set([204, 205, 304]);

interface Forwarding {
  request: Request;
  /** Path and query as the function is to see them. */
  path: string;
  ip: string;
  signal: AbortSignal;
  /** The answer has been read to its end, or broken off. */
  onClose(): void;
}

export function forward(target: Target, { request, path, ip, signal, onClose }: Forwarding): Promise<Response> {
  const headers: Record<string, string> = {};
  for (const [name, value] of request.headers) if (!connectionHeaders.has(name)) headers[name] = value;
  headers.host ??= new URL(request.url).host;
  headers["x-forwarded-for"] = ip;
  headers[SECRET_HEADER] = target.secret;
  // Node would not mark where the body of a DELETE ends.
  if (request.body && !("content-length" in headers)) headers["transfer-encoding"] = "chunked";

  return new Promise((resolve, reject) => {
    const { port, agent } = target;
    const outgoing = send({ host: "127.0.0.1", port, agent, path, method: request.method, headers, signal });
    outgoing.on("response", (incoming) => {
      incoming.on("close", onClose);
      try {
        resolve(toResponse(incoming));
      } catch (error) {
        incoming.destroy();
        reject(error);
      }
    });
    outgoing.on("error", reject);
    if (!request.body) {
      outgoing.end();
      return;
    }
    const body = Readable.fromWeb(request.body as WebStream);
    body.on("error", () => outgoing.destroy());
    // The function may answer without reading the body to its end.
    outgoing.on("close", () => body.destroy());
    body.pipe(outgoing);
  });
}

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    const name = incoming.rawHeaders[index] ?? "";
    if (!connectionHeaders.has(name.toLowerCase())) headers.append(name, incoming.rawHeaders[index + 1] ?? "");
  }
  const status = incoming.statusCode ?? 502;
  const init = { status, statusText: incoming.statusMessage ?? "", headers };
  if (bodilessStatuses.has(status)) {
    incoming.resume();
    return new Response(null, init);
  }
  // A body that breaks off is reported through the stream made of it.
  incoming.on("error", () => {});
  return new Response(Readable.toWeb(incoming) as unknown as ReadableStream<Uint8Array>, init);
}

/** Asks the bootstrap, not the function. Resolves when it has answered. */
export function control(target: Target, task: ControlTask, signal: AbortSignal): Promise<void> {
  const headers = { [SECRET_HEADER]: target.secret, [CONTROL_HEADER]: task };
  return new Promise((resolve, reject) => {
    const outgoing = send({ host: "127.0.0.1", port: target.port, agent: target.agent, headers, signal });
    outgoing.on("response", (incoming) => {
      incoming.resume();
      resolve();
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}
