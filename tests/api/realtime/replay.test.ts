// The last messages of a topic, for who joins and asks for them: 25 at most, each once.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { createTestTopics, hears, listenTo, refusal, sendFromDatabase, type TestTopics } from "../../support/live.ts";
import { createPerson } from "../../support/new-person.ts";
import { openOwner } from "../../support/owner.ts";

const owner = openOwner();
let topics: TestTopics;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  topics = await createTestTopics(owner.ask);
  client = clientOf(await createPerson());
});
afterAll(async () => {
  await client.removeAllChannels();
  await topics.remove();
  await owner.close();
});

const numbers = (ear: Awaited<ReturnType<typeof hears>>) => ear.heard.map(({ payload }) => payload.n);

test("gives the last 25, oldest first and marked, and then what comes", async () => {
  const topic = `${topics.heard}many`;
  const since = Date.now() - 60_000;
  for (let n = 0; n < 30; n++) await sendFromDatabase(owner.ask, topic, { n });
  const ear = await hears(client, topic, { broadcast: { replay: { since, limit: 100 } } });
  await sendFromDatabase(owner.ask, topic, { n: "live" });
  await ear.until("the live one is heard", ({ heard }) => heard.at(-1)?.payload.n === "live");
  expect(numbers(ear)).toEqual([...Array.from({ length: 25 }, (_, index) => index + 5), "live"]);
  expect(ear.heard.map(({ meta }) => meta?.replayed ?? false)).toEqual([...Array(25).fill(true), false]);
});

test("leaves nothing out and gives nothing twice while messages keep coming", async () => {
  const topic = `${topics.heard}meanwhile`;
  const writing = (async () => {
    for (let n = 0; n < 60; n++) await sendFromDatabase(owner.ask, topic, { n });
  })();
  const ears = [];
  for (let round = 0; round < 3; round++) {
    const joiner = clientOf(await createPerson());
    ears.push({ joiner, ear: await hears(joiner, topic, { broadcast: { replay: { since: 0, limit: 25 } } }) });
  }
  await writing;
  for (const { joiner, ear } of ears) {
    await ear.until("the last one is heard", ({ heard }) => heard.at(-1)?.payload.n === 59);
    const first = Number(numbers(ear)[0]);
    expect(numbers(ear)).toEqual(Array.from({ length: 60 - first }, (_, index) => first + index));
    await joiner.removeAllChannels();
  }
});

test.each([
  ["a time that is none", { since: "yesterday" as unknown as number }],
  ["a time before all time", { since: -1 }],
])("%s is refused", async (_what, replay) => {
  const ear = await listenTo(client, `${topics.heard}${randomUUID()}`, { broadcast: { replay } });
  expect(await refusal(ear)).toBe("UnableToReplayMessages: Replay params are not valid");
});

test("who may not hear a topic is given nothing of it", async () => {
  await sendFromDatabase(owner.ask, "org:somebody-else", { n: 1 });
  const ear = await listenTo(client, "org:somebody-else", { broadcast: { replay: { since: 0 } } });
  expect(await refusal(ear)).toContain("Unauthorized");
  expect(ear.heard).toEqual([]);
});
