// Clients that fell silent: over the network a test would wait for a minute.
import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import type { WebSocket } from "ws";
import { createHub } from "./hub.ts";
import { identityOfKey } from "./identity.ts";
import { createPresence } from "./presence.ts";
import { openSocket } from "./socket.ts";

function connect() {
  const did: string[] = [];
  const ws = Object.assign(new EventEmitter(), {
    OPEN: 1,
    readyState: 1,
    bufferedAmount: 0,
    send: () => did.push("send"),
    close: () => did.push("close"),
    terminate: () => did.push("terminate"),
  });
  const nobody = async () => false;
  const socket = openSocket(
    ws as unknown as WebSocket,
    { version: "2.0.0", ip: "127.0.0.1", identityOfKey: identityOfKey("publishable") },
    {
      authorizer: { mayReceive: async () => ({ broadcast: false, presence: false }), maySend: nobody },
      hub: createHub(),
      presence: createPresence(),
      identify: async () => identityOfKey("publishable"),
      replay: async () => [],
      log: () => {},
    },
    () => {},
  );
  return { ws, did, socket };
}

const heartbeat = Buffer.from(JSON.stringify([null, "1", "phoenix", "heartbeat", {}]));

test("a client that has said nothing for a minute is cut off", () => {
  const { did, socket } = connect();
  socket.checkPulse(Date.now() + 59_000);
  expect(did).toEqual([]);
  socket.checkPulse(Date.now() + 61_000);
  expect(did).toEqual(["terminate"]);
});

test("a heartbeat is answered", () => {
  const { ws, did } = connect();
  ws.emit("message", heartbeat, false);
  expect(did).toEqual(["send"]);
});

test("a client whose messages pile up is cut off instead of being sent more", () => {
  const { ws, did } = connect();
  ws.bufferedAmount = 5 * 1024 * 1024;
  ws.emit("message", heartbeat, false);
  expect(did).toEqual(["terminate"]);
});
