// Puts the heads of the audit log's hash chains where nobody with rights in the database can change them: POSTs them, signed, to
// ANCHOR_URL, a store that only takes and never changes, and keeps its receipt. Called by schedule, with the secret key.
import { requireSecretKey } from "../_shared/auth.ts";
import { json } from "../_shared/cors.ts";
import { errorResponse, FunctionError, methodNotAllowed } from "../_shared/errors.ts";

export interface ChainHead {
  organization_id: string;
  sequence: number;
  /** Hexadecimal. */
  hash: string;
  sealed_at: string;
}

interface DatabaseAnswer<T> {
  data: T | null;
  error: { message: string } | null;
}

export interface AnchorDependencies {
  secretKey: string;
  anchor: { url: string | undefined; key: string | undefined };
  unanchoredHeads(): Promise<DatabaseAnswer<ChainHead[]>>;
  recordAnchors(heads: ChainHead[], place: string, receipt: string): Promise<DatabaseAnswer<number>>;
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): Date;
}

const methods = ["POST"] as const;
const TIMEOUT_MS = 10_000;
/** As many as the database hands out at once. The oldest come first: left to the next call, new ones would wait behind them. */
const HEADS_A_TURN = 1000;
/** What is left after so many waits for the next call. */
const MOST_TURNS = 20;

export function createAnchorHandler(dependencies: AnchorDependencies): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (request.method !== "POST") throw methodNotAllowed(methods);
      await requireSecretKey(request, dependencies.secretKey);
      return json({ anchored: await anchorHeads(dependencies) });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

async function anchorHeads(dependencies: AnchorDependencies): Promise<number> {
  const { url, key } = dependencies.anchor;
  if (!url || !key)
    throw new FunctionError(503, "not_configured", "ANCHOR_URL and ANCHOR_KEY are not set: nothing is anchored.");
  let anchored = 0;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const heads = dataOf(await dependencies.unanchoredHeads()) ?? [];
    if (heads.length === 0) break;
    const receipt = await send(url, key, heads, dependencies);
    anchored += dataOf(await dependencies.recordAnchors(heads, placeOf(url), receipt)) ?? 0;
    if (heads.length < HEADS_A_TURN) break;
  }
  return anchored;
}

async function send(url: string, key: string, heads: ChainHead[], dependencies: AnchorDependencies): Promise<string> {
  const body = JSON.stringify({ heads });
  const timestamp = String(Math.floor(dependencies.now().getTime() / 1000));
  const response = await dependencies.fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-anchor-timestamp": timestamp,
      "x-anchor-signature": await signatureOf(key, `${timestamp}.${body}`),
    },
    body,
    // Where it is kept is decided by the operator, not by whoever answers there.
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const receipt = (await response.text()).slice(0, 2000);
  if (!response.ok) {
    console.error(`The anchor answered ${response.status}: ${receipt}`);
    throw new FunctionError(502, "anchor_refused", "The anchor did not take the heads.");
  }
  return receipt;
}

/** HMAC-SHA-256 as hexadecimal; the receiver computes the same over `<timestamp>.<body>`. */
async function signatureOf(key: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const secret = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", secret, encoder.encode(text)));
  return Array.from(signature, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Without what may be secret in an address: credentials and query. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function dataOf<T>(answer: DatabaseAnswer<T>): T | null {
  if (answer.error) throw new Error(`The database refused: ${answer.error.message}`);
  return answer.data;
}
