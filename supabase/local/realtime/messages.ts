// What the stack and its Realtime process say to each other over the pipe between them.
import type { JWK } from "jose";
import type { ApiKeyKind } from "../gateway/service.ts";

export interface Boot {
  kind: "boot";
  databaseUrl: string;
  /** Of the key that tokens are signed with: enough to check them. */
  publicKey: JWK;
  /** The process before this one died: clients will be back in a moment. */
  afterCrash: boolean;
}

/** A websocket's handshake; the connection itself comes with it. */
export interface Handshake {
  kind: "handshake";
  url: string;
  headers: Record<string, string | string[] | undefined>;
  /** What came after the head, in base64. */
  rest: string;
  key: ApiKeyKind;
  ip: string;
}

/** A request over HTTP, whose key the gateway has checked. */
export interface Asked {
  kind: "asked";
  id: number;
  method: string;
  path: string;
  query: string;
  contentType: string;
  /** In base64. */
  body: string;
  key: ApiKeyKind;
  bearer: string | null;
  ip: string;
}

export type ToProcess = Boot | Handshake | Asked | { kind: "stop" };

export type FromProcess =
  | { kind: "ready" }
  | { kind: "answered"; id: number; status: number; body: unknown }
  | { kind: "log"; line: string };
