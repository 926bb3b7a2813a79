// A channel lasts as long as its token, and its rights as long as the policies: asked again with every new token.
import { createClient } from "@supabase/supabase-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestTopics, hears, listenTo, refusal, sendFromDatabase, type TestTopics } from "../../support/live.ts";
import { createPerson } from "../../support/new-person.ts";
import { openOwner } from "../../support/owner.ts";
import { stack } from "../../support/stack.ts";

const owner = openOwner();
let topics: TestTopics;
const { apiUrl, publishableKey } = stack();
const client = createClient(apiUrl, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
let newToken: () => Promise<string>;

beforeAll(async () => {
  topics = await createTestTopics(owner.ask);
  const person = await createPerson();
  newToken = async () => {
    const { data, error } = await client.auth.signInWithPassword(person);
    if (error) throw error;
    return data.session.access_token;
  };
});
afterAll(async () => {
  await client.removeAllChannels();
  await topics.remove();
  await owner.close();
});

test("a new token with the same rights changes nothing", async () => {
  await client.realtime.setAuth(await newToken());
  const ear = await hears(client, `${topics.heard}renewed`);
  await client.realtime.setAuth(await newToken());
  await sendFromDatabase(owner.ask, `${topics.heard}renewed`, { n: 1 });
  await ear.until("it is still heard", ({ heard }) => heard.length === 1);
  expect(ear.system).toEqual([]);
});

test("a new token whose rights are fewer ends the channel, which hears nothing more", async () => {
  await client.realtime.setAuth(await newToken());
  const lost = await createTestTopics(owner.ask);
  const topic = `${lost.heard}revoked`;
  const ear = await hears(client, topic);
  await lost.remove();
  await client.realtime.setAuth(await newToken());
  await ear.until("it is ended", ({ states }) => states.some(({ state }) => state === "CLOSED"));
  expect(ear.system).toMatchObject([
    { status: "error", message: `You no longer have permission to read from this Channel topic: ${topic}` },
  ]);
  const control = await hears(client, `${topics.heard}control`);
  await sendFromDatabase(owner.ask, topic, {});
  await sendFromDatabase(owner.ask, `${topics.heard}control`, {});
  await control.until("the control is heard", ({ heard }) => heard.length === 1);
  expect(ear.heard).toEqual([]);
});

test.each([
  ["is none", async () => "not a token", "MalformedJWT: The token provided is not a valid JWT"],
  [
    "names no algorithm",
    async () => `${encode({ alg: "none" })}.${encode({ role: "authenticated", exp: 9e9 })}.`,
    "JWT",
  ],
  [
    "makes its bearer the service",
    async () => forged(await newToken()),
    "JwtSignatureError: Failed to validate JWT signature",
  ],
])("a token that %s is refused", async (_what, makeToken, reason) => {
  const token = await makeToken();
  const forger = createClient(apiUrl, publishableKey, { accessToken: async () => token });
  expect(await refusal(await listenTo(forger, `${topics.heard}forged`))).toContain(reason);
  await forger.removeAllChannels();
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

function forged(token: string): string {
  const [head, body = "", signature] = token.split(".");
  const claims = { ...JSON.parse(Buffer.from(body, "base64url").toString()), role: "service_role" };
  return [head, encode(claims), signature].join(".");
}
