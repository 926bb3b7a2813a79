// What people send to each other, over the socket and over HTTP: only whom the insert policy lets, to those who may hear.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { createTestTopics, hears, sendFromDatabase, type TestTopics } from "../../support/live.ts";
import { createPerson } from "../../support/new-person.ts";
import { openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";

const owner = openOwner();
let topics: TestTopics;
let [ada, ben]: ReturnType<typeof clientOf>[] = [];

beforeAll(async () => {
  topics = await createTestTopics(owner.ask);
  [ada, ben] = [clientOf(await createPerson()), clientOf(await createPerson())];
});
afterAll(async () => {
  for (const client of [ada, ben]) await client?.removeAllChannels();
  await topics.remove();
  await owner.close();
});

function both() {
  if (!ada || !ben) throw new Error("Nobody is signed in yet.");
  return { ada, ben };
}

const said = (text: unknown) => ({ type: "broadcast" as const, event: "said", payload: { text } });

describe("over the socket", () => {
  test("reaches the others and, unless asked for, not the sender", async () => {
    const topic = `${topics.open}others`;
    const sender = await hears(both().ada, topic, { broadcast: { ack: true } });
    const other = await hears(both().ben, topic);
    expect(await sender.channel.send(said("grüße"))).toBe("ok");
    await other.until("it is heard", ({ heard }) => heard.length === 1);
    expect(other.heard[0]).toMatchObject({ event: "said", payload: { text: "grüße" } });
    await sendFromDatabase(owner.ask, topic, {}, "later");
    await sender.until("the later one is heard", ({ heard }) => heard.length > 0);
    expect(sender.heard.map(({ event }) => event)).toEqual(["later"]);
  });

  test("reaches the sender, too, when asked for; in the order it was sent", async () => {
    const ear = await hears(both().ada, `${topics.open}self`, { broadcast: { self: true, ack: true } });
    for (let n = 0; n < 20; n++) void ear.channel.send(said(n));
    await ear.until("all are heard", ({ heard }) => heard.length === 20);
    expect(ear.heard.map(({ payload }) => payload.text)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  test("bytes arrive as bytes", async () => {
    const sender = await hears(both().ada, `${topics.open}bytes`, { broadcast: { ack: true } });
    const other = await hears(both().ben, `${topics.open}bytes`);
    const payload = new Uint8Array([0, 1, 254, 255]).buffer;
    expect(await sender.channel.send({ type: "broadcast", event: "raw", payload })).toBe("ok");
    await other.until("they are heard", ({ heard }) => heard.length === 1);
    expect([...new Uint8Array(other.heard[0]?.payload as unknown as ArrayBuffer)]).toEqual([0, 1, 254, 255]);
  });

  test("is heard across both versions of the protocol", async () => {
    const old = clientOf(await createPerson(), { vsn: "1.0.0" });
    const [older, newer] = [
      await hears(old, `${topics.open}versions`, { broadcast: { ack: true } }),
      await hears(both().ben, `${topics.open}versions`, { broadcast: { ack: true } }),
    ];
    expect(await older.channel.send(said("from the older"))).toBe("ok");
    await newer.until("it is heard", ({ heard }) => heard[0]?.payload.text === "from the older");
    expect(await newer.channel.send(said("from the newer"))).toBe("ok");
    await older.until("it is heard", ({ heard }) => heard[0]?.payload.text === "from the newer");
    await old.removeAllChannels();
  });

  test("goes nowhere, and is not acknowledged, when the insert policy says no", async () => {
    const topic = `${topics.heard}forged`;
    const forger = await hears(both().ada, topic, { broadcast: { ack: true } });
    const other = await hears(both().ben, topic);
    expect(await forger.channel.send(said("forged"), { timeout: 300 })).toBe("timed out");
    await sendFromDatabase(owner.ask, topic, {}, "true");
    await other.until("the true one is heard", ({ heard }) => heard.length > 0);
    expect(other.heard.map(({ event }) => event)).toEqual(["true"]);
  });

  test("on the product's own topics is nobody's right", async () => {
    const { rows } = await owner.withConnection((connection) =>
      connection.query<{ policyname: string }>(
        `select policyname from pg_policies
          where schemaname = 'realtime' and tablename = 'messages' and cmd in ('INSERT', 'ALL')
            and policyname not like 'test\\_%' and with_check !~ 'presence'`,
      ),
    );
    expect(rows).toEqual([]);
  });
});

describe("over HTTP", () => {
  test("reaches those who listen, from whom the policy lets", async () => {
    const other = await hears(both().ben, `${topics.open}http`);
    const channel = both().ada.channel(`${topics.open}http`, { config: { private: true } });
    expect(await channel.httpSend("said", { text: "over HTTP" })).toEqual({ success: true });
    await other.until("it is heard", ({ heard }) => heard.length === 1);
    expect(other.heard[0]).toMatchObject({ event: "said", payload: { text: "over HTTP" } });
    await both().ada.removeChannel(channel);
  });

  test("is refused by name when it is one message, and silently in a batch", async () => {
    const topic = `${topics.heard}http`;
    const other = await hears(both().ben, topic);
    const channel = both().ada.channel(topic, { config: { private: true } });
    await expect(channel.httpSend("forged", {})).rejects.toThrow("Unauthorized");
    const batch = await post({ messages: [{ topic, event: "forged", payload: {}, private: true }] });
    expect(batch.status).toBe(202);
    await sendFromDatabase(owner.ask, topic, {}, "true");
    await other.until("the true one is heard", ({ heard }) => heard.length > 0);
    expect(other.heard.map(({ event }) => event)).toEqual(["true"]);
    await both().ada.removeChannel(channel);
  });

  test("the secret key may send everywhere", async () => {
    const topic = `${topics.heard}service`;
    const ear = await hears(both().ben, topic);
    const { secretKey } = stack();
    await post({ messages: [{ topic, event: "said", payload: { text: "hello" }, private: true }] }, secretKey);
    await ear.until("it is heard", ({ heard }) => heard.length === 1);
  });

  test.each([
    ["no message", {}, 422],
    ["a message without a payload", { messages: [{ topic: "t", event: "e" }] }, 422],
    ["a topic that is no text", { messages: [{ topic: 1, event: "e", payload: {} }] }, 422],
    [
      "a payload above the limit",
      { messages: [{ topic: "t", event: "e", payload: { text: "x".repeat(300_000) } }] },
      422,
    ],
  ])("%s is refused", async (_what, body, status) => {
    expect((await post(body)).status).toBe(status);
  });
});

async function post(body: unknown, key = stack().publishableKey): Promise<Response> {
  const { apiUrl } = stack();
  return fetch(`${apiUrl}/realtime/v1/api/broadcast`, {
    method: "POST",
    headers: { apikey: key, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}
