// Who is here: told to those who may hear it, as it changes, and gone with the socket.
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { createTestTopics, type Ear, joined, listenTo, type TestTopics } from "../../support/live.ts";
import { createPerson } from "../../support/new-person.ts";
import { openOwner } from "../../support/owner.ts";

const owner = openOwner();
let topics: TestTopics;
const clients: ReturnType<typeof clientOf>[] = [];

beforeAll(async () => {
  topics = await createTestTopics(owner.ask);
});
afterAll(async () => {
  for (const client of clients) await client.removeAllChannels();
  await topics.remove();
  await owner.close();
});

/** Somebody new, under a key of their own. */
async function arrive(topic: string, key: string) {
  const client = clientOf(await createPerson());
  clients.push(client);
  const ear = await listenTo(client, topic, { presence: { key } }, (channel, notice) =>
    channel.on("presence", { event: "sync" }, notice),
  );
  await joined(ear);
  return { client, ear };
}

const sees = (ear: Ear, what: string, wanted: Record<string, unknown>) =>
  ear.until(what, ({ channel }) => {
    const state = channel.presenceState<Record<string, unknown>>();
    const seen = Object.entries(state).map(([key, [first]]) => [key, { ...first, presence_ref: undefined }]);
    return JSON.stringify(Object.fromEntries(seen.sort())) === JSON.stringify(wanted);
  });

test("those who come later see who is there, and those who are there see who comes, changes and leaves", async () => {
  const topic = `${topics.open}room`;
  const ada = await arrive(topic, "ada");
  expect(await ada.ear.channel.track({ cell: "name" })).toBe("ok");
  const ben = await arrive(topic, "ben");
  await sees(ben.ear, "Ben sees Ada", { ada: { cell: "name" } });
  expect(await ben.ear.channel.track({ cell: "status" })).toBe("ok");
  await sees(ada.ear, "Ada sees both", { ada: { cell: "name" }, ben: { cell: "status" } });
  await ben.ear.channel.track({ cell: "tier" });
  await sees(ada.ear, "Ada sees Ben move", { ada: { cell: "name" }, ben: { cell: "tier" } });
  await ben.ear.channel.untrack();
  await sees(ada.ear, "Ada sees Ben stop", { ada: { cell: "name" } });
  await ben.ear.channel.track({ cell: "owner" });
  await sees(ada.ear, "Ada sees Ben again", { ada: { cell: "name" }, ben: { cell: "owner" } });
  await ben.client.realtime.disconnect();
  await sees(ada.ear, "Ben's socket has gone, and he with it", { ada: { cell: "name" } });
});

test("nobody is present where the insert policy does not let them", async () => {
  const topic = `${topics.heard}room`;
  const [ada, ben] = [await arrive(topic, "ada"), await arrive(topic, "ben")];
  expect(await ada.ear.channel.track({ cell: "name" })).toBe("error");
  expect(ben.ear.channel.presenceState()).toEqual({});
});

test("who tracks more often than a hosted project lets is ended, and told why", async () => {
  const { ear } = await arrive(`${topics.open}busy`, "ada");
  for (let n = 0; n < 6; n++) void ear.channel.track({ n });
  await ear.until("it is ended", ({ states }) => states.some(({ state }) => state === "CLOSED"));
  expect(ear.system).toMatchObject([{ status: "error", message: "Client presence rate limit exceeded" }]);
});
