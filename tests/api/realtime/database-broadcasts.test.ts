// Messages that transactions send: to those who may hear, in the order of the commits, with nothing left out.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { createTestTopics, hears, listenTo, refusal, sendFromDatabase, type TestTopics } from "../../support/live.ts";
import { createPerson } from "../../support/new-person.ts";
import { openOwner } from "../../support/owner.ts";

const owner = openOwner();
let topics: TestTopics;
let client: Awaited<ReturnType<typeof signedIn>>;

async function signedIn() {
  return clientOf(await createPerson());
}

beforeAll(async () => {
  topics = await createTestTopics(owner.ask);
  client = await signedIn();
});
afterAll(async () => {
  await client.removeAllChannels();
  await topics.remove();
  await owner.close();
});

describe("a message of a transaction", () => {
  test("reaches who may hear its topic, with its id", async () => {
    const ear = await hears(client, `${topics.heard}one`);
    await sendFromDatabase(owner.ask, `${topics.heard}one`, { table: "partners", big: 1 });
    await ear.until("it is heard", ({ heard }) => heard.length === 1);
    const [message] = ear.heard;
    expect(message).toMatchObject({ event: "changes", payload: { table: "partners", id: message?.meta?.id } });
  });

  test("is not heard when the transaction is rolled back", async () => {
    const ear = await hears(client, `${topics.heard}two`);
    await owner.withConnection(async (connection) => {
      await connection.query("begin");
      await connection.query(`select realtime.send('{"n": 1}', 'changes', '${topics.heard}two', true)`);
      await connection.query("rollback");
    });
    await sendFromDatabase(owner.ask, `${topics.heard}two`, { n: 2 });
    await ear.until("the later one is heard", ({ heard }) => heard.length > 0);
    expect(ear.heard.map(({ payload }) => payload.n)).toEqual([2]);
  });

  test("comes in the order of the commits, not of the writes", async () => {
    const topic = `${topics.heard}three`;
    const ear = await hears(client, topic);
    await owner.withConnection(async (slow) => {
      await slow.query("begin");
      await slow.query(`select realtime.send('{"n": "written first"}', 'changes', '${topic}', true)`);
      await sendFromDatabase(owner.ask, topic, { n: "committed first" });
      await slow.query("commit");
    });
    await ear.until("both are heard", ({ heard }) => heard.length === 2);
    expect(ear.heard.map(({ payload }) => payload.n)).toEqual(["committed first", "written first"]);
  });

  test("is heard in the older protocol, too", async () => {
    const old = clientOf(await createPerson(), { vsn: "1.0.0" });
    const ear = await hears(old, `${topics.heard}four`);
    await sendFromDatabase(owner.ask, `${topics.heard}four`, { text: 'quotes " and ünïcode' });
    await ear.until("it is heard", ({ heard }) => heard.length === 1);
    expect(ear.heard[0]?.payload).toMatchObject({ text: 'quotes " and ünïcode' });
    await old.removeAllChannels();
  });

  test("for a public channel reaches nobody", async () => {
    const ear = await hears(client, `${topics.heard}five`);
    await owner.ask("select realtime.send('{}', 'public', $1, false)", [`${topics.heard}five`]);
    await sendFromDatabase(owner.ask, `${topics.heard}five`, {}, "private");
    await ear.until("the private one is heard", ({ heard }) => heard.length > 0);
    expect(ear.heard.map(({ event }) => event)).toEqual(["private"]);
  });
});

describe("a channel is refused", () => {
  test("when the policies do not let the person hear its topic", async () => {
    const reason = await refusal(await listenTo(client, "org:somebody-else"));
    expect(reason).toBe("Unauthorized: You do not have permissions to read from this Channel topic: org:somebody-else");
  });

  test("to somebody who has not signed in", async () => {
    const nobody = clientOf(null);
    expect(await refusal(await listenTo(nobody, `${topics.heard}one`))).toContain("Unauthorized");
    await nobody.removeAllChannels();
  });

  test("when it is public", async () => {
    const reason = await refusal(await listenTo(client, `${topics.heard}public`, { private: false }));
    expect(reason).toBe("PrivateOnly: This project only allows private channels");
  });

  test.each([
    ["no text to Postgres", "org:\u0000"],
    ["longer than any name", "x".repeat(100_000)],
    ["empty", ""],
  ])("when its topic is %s", async (_what, topic) => {
    expect(await refusal(await listenTo(client, topic))).toMatch(/^(Unauthorized|TopicNameRequired): /);
  });
});
