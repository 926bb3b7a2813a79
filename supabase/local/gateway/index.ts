// Stands in for: the API gateway of a hosted project. Checks the project key, answers preflights, and hands each request to
// the part its path names; a websocket's handshake as well.
import { timingSafeEqual } from "node:crypto";
import { type FetchHandler, refuseUpgrade, toRequest, type UpgradeHandler } from "./http.ts";
import type { ApiKeyKind, Caller, Service } from "./service.ts";

export interface ProjectKeys {
  publishable: string;
  secret: string;
}

export interface GatewayOptions {
  keys: ProjectKeys;
  /** By path prefix, such as `/rest/v1`. */
  services: Record<string, Service>;
  /** Answered without a project key, for people and operators on this machine. */
  open: Record<string, (request: Request) => Promise<Response>>;
  /** Takes a websocket over when its path and its key are right. */
  websocket: { path: string; upgrade: (...handshake: [...Parameters<UpgradeHandler>, Caller]) => Promise<void> };
}

export interface Gateway {
  fetch: FetchHandler;
  upgrade: UpgradeHandler;
}

// Mails carry links that a browser opens without headers, as it does signed and public addresses of files; a token's signature must
// be checkable by anybody, and a webhook reaches a function that checks its caller itself.
const keylessPaths = [
  "/auth/v1/verify",
  "/auth/v1/callback",
  "/auth/v1/authorize",
  "/auth/v1/.well-known/jwks.json",
  "/functions/v1",
  "/storage/v1/object/public",
  "/storage/v1/object/sign",
  "/storage/v1/object/upload/sign",
];

export function createGateway(options: GatewayOptions): Gateway {
  return { fetch, upgrade };

  async function fetch(request: Request, { ip }: { ip: string }): Promise<Response> {
    const path = new URL(request.url).pathname;
    const open = Object.entries(options.open).find(([prefix]) => isUnder(path, prefix));
    if (open) return open[1](request);

    const origin = request.headers.get("origin");
    // As on the platform, a function answers its own preflights and sets its own headers: what it forgets, fails here too.
    const isFunction = isUnder(path, "/functions/v1");
    if (request.method === "OPTIONS" && origin && !isFunction) return preflight(request, origin);
    const response = await route(request, path, ip);
    if (isFunction && response.headers.has("x-served-by")) return response;
    const headers = new Headers(response.headers);
    allowOrigin(headers, origin);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  }

  async function upgrade(...[incoming, connection, rest]: Parameters<UpgradeHandler>): Promise<void> {
    const request = toRequest(incoming);
    if (!request)
      return refuseUpgrade(connection, json(400, { message: "The request's address or method cannot be read." }));
    const { pathname: path } = new URL(request.url);
    const ip = connection.remoteAddress ?? "unknown";
    // Whoever else is asked says why it takes no websocket, or answers as if none had been offered.
    if (path !== options.websocket.path) return refuseUpgrade(connection, await fetch(request, { ip }));
    const caller = identify(request, path, ip);
    if (caller instanceof Response) return refuseUpgrade(connection, caller);
    await options.websocket.upgrade(incoming, connection, rest, caller);
  }

  async function route(request: Request, path: string, ip: string): Promise<Response> {
    const service = Object.entries(options.services).find(([prefix]) => isUnder(path, prefix))?.[1];
    if (!service) return json(404, { message: "no Route matched with those values" });
    const caller = identify(request, path, ip);
    return caller instanceof Response ? caller : service.handle(request, caller);
  }

  function identify(request: Request, path: string, ip: string): Caller | Response {
    const bearer = /^Bearer(?:\s+(.*))?$/i.exec(request.headers.get("authorization") ?? "");
    const token = bearer ? (bearer[1] ?? "").trim() : null;
    const sent =
      request.headers.get("apikey") ??
      new URL(request.url).searchParams.get("apikey") ??
      (token?.startsWith("sb_") ? token : null);
    const keyless = keylessPaths.some((prefix) => isUnder(path, prefix));
    if (!sent) {
      if (keyless) return { key: "publishable", bearer: token, ip };
      return json(401, {
        message: "No API key found in request",
        hint: "No `apikey` request header or url param was found.",
      });
    }
    const key = kindOf(sent) ?? (keyless ? "publishable" : null);
    if (!key)
      return json(401, {
        message: "Invalid API key",
        hint: "Double check your Supabase `anon` or `service_role` API key.",
      });
    // supabase-js sends the project key as bearer when nobody is signed in.
    return { key, bearer: token === sent ? null : token, ip };
  }

  function kindOf(sent: string): ApiKeyKind | null {
    if (same(sent, options.keys.publishable)) return "publishable";
    return same(sent, options.keys.secret) ? "secret" : null;
  }
}

function isUnder(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function preflight(request: Request, origin: string): Response {
  const headers = new Headers({
    "access-control-allow-methods": "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT",
    "access-control-allow-headers": request.headers.get("access-control-request-headers") ?? "*",
    "access-control-max-age": "3600",
  });
  allowOrigin(headers, origin);
  return new Response(null, { status: 200, headers });
}

// As on the platform, any origin may ask: rights come from keys and tokens in headers, never from cookies.
function allowOrigin(headers: Headers, origin: string | null): void {
  if (!origin) return;
  headers.set("access-control-allow-origin", "*");
  headers.set(
    "access-control-expose-headers",
    "Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit, X-Total-Count, Link, Preference-Applied, sb-request-id, sb-error-code, x-sb-edge-region, x-served-by, x-relay-error, x-sb-error-code, X-Supabase-Api-Version, Retry-After",
  );
  headers.append("vary", "Origin");
}

function json(status: number, body: unknown): Response {
  return Response.json(body, { status });
}
