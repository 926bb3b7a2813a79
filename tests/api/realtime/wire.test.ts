// The socket itself: who may open it, what it answers to nonsense, and where it draws the line.
import { once } from "node:events";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ClientOptions, WebSocket } from "ws";
import { clientOf, tokenOf } from "../../support/clients.ts";
import { createTestTopics, hears, sendFromDatabase, type TestTopics } from "../../support/live.ts";
import { realtimeProcess } from "../../support/live-process.ts";
import { createPerson } from "../../support/new-person.ts";
import { openOwner } from "../../support/owner.ts";
import { eventually } from "../../support/processes.ts";
import { createRandom } from "../../support/random.ts";
import { stack } from "../../support/stack.ts";

const owner = openOwner();
const { apiUrl, publishableKey } = stack();
let topics: TestTopics;
let token: string;
let server: number | null;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  topics = await createTestTopics(owner.ask);
  token = await tokenOf(await createPerson());
  server = await realtimeProcess(owner.ask);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});
afterAll(async () => {
  expect(await realtimeProcess(owner.ask), "the server has lived through all of it").toBe(server);
  await topics.remove();
  await owner.close();
});

function open(
  path = `/realtime/v1/websocket?apikey=${publishableKey}&vsn=2.0.0`,
  options: ClientOptions = {},
): WebSocket {
  const socket = new WebSocket(apiUrl.replace("http", "ws") + path, options);
  sockets.push(socket);
  // Refused, or ended by the test itself.
  socket.on("error", () => {});
  return socket;
}

async function opened(): Promise<WebSocket> {
  const socket = open();
  await once(socket, "open");
  return socket;
}

type Reply = [string | null, string | null, string, string, { status?: string; response?: { reason?: string } }];

function push(socket: WebSocket, ref: string, topic: string, event: string, payload: unknown = {}): void {
  socket.send(JSON.stringify([ref, ref, topic, event, payload]));
}

const join = (socket: WebSocket, ref: string, topic: string) =>
  push(socket, ref, `realtime:${topic}`, "phx_join", { config: { private: true }, access_token: token });

function reply(socket: WebSocket, wanted: (message: Reply) => boolean): Promise<Reply> {
  return new Promise((resolve) => {
    socket.on("message", (data) => {
      const message: Reply = JSON.parse(data.toString());
      if (wanted(message)) resolve(message);
    });
  });
}

const answerTo = (socket: WebSocket, ref: string) =>
  reply(socket, ([, to, , event]) => to === ref && event === "phx_reply");

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = await once(socket, "close");
  return code;
}

describe("the door", () => {
  test.each([
    ["without a key", "/realtime/v1/websocket", 401],
    ["with a wrong key", "/realtime/v1/websocket?apikey=wrong", 401],
    ["at another address", `/rest/v1/websocket?apikey=${publishableKey}`, 404],
  ])("stays closed %s", async (_how, path, status) => {
    const [, answer] = await once(open(path), "unexpected-response");
    expect(answer.statusCode).toBe(status);
  });
});

test("whoever speaks the moment the door opens is heard, every time", async () => {
  for (let round = 0; round < 400; round += 20)
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = await opened();
        push(socket, "1", "phoenix", "heartbeat");
        await answerTo(socket, "1");
        socket.terminate();
      }),
    );
});

describe("what is no message", () => {
  test.each([
    ["text that is no JSON", "{"],
    ["JSON of the wrong shape", '{"a": 1}'],
    ["a number", "1"],
    ["a binary frame of an unknown kind", Buffer.from([9, 9, 9])],
    ["a binary frame that ends too early", Buffer.from([3, 255, 255, 255, 255, 255, 1])],
    ["a binary frame whose JSON is none", Buffer.concat([Buffer.from([3, 0, 0, 0, 0, 0, 1]), Buffer.from("{")])],
    [
      "a binary frame whose text is no UTF-8",
      Buffer.concat([Buffer.from([3, 0, 0, 2, 0, 0, 1]), Buffer.from([255, 254])]),
    ],
  ])("%s closes its own socket only", async (_what, data) => {
    const socket = await opened();
    socket.send(data);
    expect(await closeCode(socket)).toBe(1007);
  });

  test("a frame above a megabyte closes its own socket only", async () => {
    const socket = await opened();
    socket.send("x".repeat(1024 * 1024 + 1));
    expect(await closeCode(socket)).toBe(1009);
  });

  test("500 random frames harm nobody", async () => {
    const random = createRandom(5);
    for (let round = 0; round < 500; round += 50) {
      const noisy = await Promise.all(Array.from({ length: 50 }, opened));
      for (const socket of noisy) {
        const bytes = Buffer.from(Array.from({ length: 1 + random.below(64) }, () => random.below(256)));
        bytes[0] = 3;
        socket.send(bytes);
        socket.send(
          JSON.stringify([
            random.below(3),
            "1",
            "realtime:x",
            ["phx_join", "access_token", "presence"][random.below(3)],
            bytes,
          ]),
        );
        socket.terminate();
      }
    }
    const socket = await opened();
    push(socket, "1", "phoenix", "heartbeat");
    expect((await answerTo(socket, "1"))[4]).toEqual({ status: "ok", response: {} });
  });

  test("a topic that is no channel, a channel nobody joined", async () => {
    const socket = await opened();
    push(socket, "1", "room:1", "phx_join");
    expect((await answerTo(socket, "1"))[4]).toMatchObject({ response: { reason: "unmatched topic" } });
    push(socket, "2", "realtime:x", "broadcast", { event: "said" });
    expect((await answerTo(socket, "2"))[4]).toMatchObject({ response: { reason: "unmatched topic" } });
  });
});

describe("the limits", () => {
  test("a hundred channels of one socket", async () => {
    const socket = await opened();
    for (let n = 0; n < 100; n++) {
      join(socket, String(n), `${topics.heard}${n}`);
      expect((await answerTo(socket, String(n)))[4]).toMatchObject({ status: "ok" });
    }
    // So many joins at once are the limit of a second as well.
    const second = Date.now();
    await eventually(Date.now, (now) => now - second > 1000);
    join(socket, "100", `${topics.heard}100`);
    const [, , , , refused] = await answerTo(socket, "100");
    expect(refused).toMatchObject({
      status: "error",
      response: { reason: "ChannelRateLimitReached: Too many channels" },
    });
  });

  test("a hundred joins a second", async () => {
    const socket = await opened();
    const closed = closeCode(socket);
    for (let n = 0; n < 300; n++) join(socket, String(n), `${topics.heard}same`);
    expect(await closed).toBe(1013);
  });

  test("a hundred broadcasts a second", async () => {
    const client = clientOf(await createPerson());
    const ear = await hears(client, `${topics.open}flood`);
    for (let n = 0; n < 300; n++) void ear.channel.send({ type: "broadcast", event: "said", payload: {} });
    await ear.until("it is ended", ({ states }) => states.some(({ state }) => state === "CLOSED"));
    expect(ear.system).toMatchObject([{ status: "error", message: "Too many messages per second" }]);
    await client.removeAllChannels();
  });

  test("256 KB of one broadcast", async () => {
    const client = clientOf(await createPerson());
    const ear = await hears(client, `${topics.open}large`, { broadcast: { ack: true } });
    const large = { type: "broadcast" as const, event: "said", payload: { text: "x".repeat(300_000) } };
    expect(await ear.channel.send(large)).toBe("error");
    expect(await ear.channel.send({ ...large, payload: { text: "x".repeat(200_000) } })).toBe("ok");
    await client.removeAllChannels();
  });

  test("a client that takes nothing is cut off, and the others hear everything", async () => {
    const topic = `${topics.heard}slow`;
    const slow = await opened();
    join(slow, "1", topic);
    await answerTo(slow, "1");
    slow.pause();
    const client = clientOf(await createPerson());
    const ear = await hears(client, topic);
    const text = "x".repeat(200_000);
    for (let n = 0; n < 150; n++) await sendFromDatabase(owner.ask, topic, { text });
    await ear.until("all are heard", ({ heard }) => heard.length === 150);
    const closed = closeCode(slow);
    slow.resume();
    expect(await closed).toBe(1006);
    await client.removeAllChannels();
  });
});
