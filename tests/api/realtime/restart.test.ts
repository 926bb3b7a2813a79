// What ends unexpectedly comes back, and nothing that was committed meanwhile is missed.
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf } from "../../support/clients.ts";
import { type OwnStack, ownStack } from "../../support/command.ts";
import { createTestTopics, type Ear, hears, sendFromDatabase, type TestTopics } from "../../support/live.ts";
import { killRealtime } from "../../support/live-process.ts";
import { createPerson } from "../../support/new-person.ts";
import { type Owner, openOwner } from "../../support/owner.ts";
import { eventually, processesOf } from "../../support/processes.ts";
import { STACK_VARIABLE } from "../../support/stack.ts";

const shared = process.env[STACK_VARIABLE];
let own: OwnStack;
let owner: Owner;
let topics: TestTopics;
let client: ReturnType<typeof clientOf>;

beforeEach(async () => {
  own = await ownStack();
  await own.start();
  const status = await own.status();
  process.env[STACK_VARIABLE] = JSON.stringify(status);
  owner = openOwner(status.dbUrl);
  topics = await createTestTopics(owner.ask);
  client = clientOf(await createPerson());
});
afterEach(async () => {
  await client.removeAllChannels();
  await owner.close();
  await own.remove();
  if (shared === undefined) delete process.env[STACK_VARIABLE];
  else process.env[STACK_VARIABLE] = shared;
});

const numbers = ({ heard }: Ear) => [...new Set(heard.map(({ payload }) => Number(payload.n)))];

test("the server killed hard is back at once, and its clients hear all that was committed meanwhile, in order", async () => {
  const topic = `${topics.heard}killed`;
  const ear = await hears(client, topic);
  await sendFromDatabase(owner.ask, topic, { n: 0 });
  await ear.until("the first is heard", ({ heard }) => heard.length === 1);
  const killed = killRealtime(owner.ask);
  for (let n = 1; n < 100; n++) await sendFromDatabase(owner.ask, topic, { n });
  await killed;
  await ear.until("the last is heard", ({ heard }) => heard.at(-1)?.payload.n === 99);
  expect(numbers(ear)).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test("Postgres killed hard: open channels go on hearing", async () => {
  const topic = `${topics.heard}postgres`;
  const ear = await hears(client, topic);
  await owner.close();
  const postgres = processesOf(own.dataDir).find(({ command }) => command.includes("-D"));
  process.kill(postgres?.pid ?? 0, "SIGKILL");
  owner = openOwner((await own.status()).dbUrl);
  await eventually(
    () =>
      sendFromDatabase(owner.ask, topic, { n: 1 }).then(
        () => true,
        () => false,
      ),
    (sent) => sent,
  );
  await ear.until("it is heard", ({ heard }) => heard.length > 0);
  expect(ear.states.map(({ state }) => state)).toEqual(["SUBSCRIBED"]);
});
