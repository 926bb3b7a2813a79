// my_sessions(), end_session() and what becomes of an ended session's access token, over HTTP.
import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createPerson, signedIn, stackAuth } from "./support.ts";

const auth = stackAuth();

async function personWithTwoSessions() {
  const person = await createPerson(auth);
  const [here, elsewhere] = [await signedIn(auth, person.email), await signedIn(auth, person.email)];
  const { data } = await here.rpc("my_sessions");
  const other = (data as { id: string; is_current: boolean }[]).find((session) => !session.is_current);
  return { ...person, here, elsewhere, otherId: other?.id ?? "" };
}

const ended = { status: 401, error: { code: "PT401", message: "The session has ended." } };

describe("one's own sessions", () => {
  it("are listed, this one first, and nobody else's", async () => {
    const { here } = await personWithTwoSessions();
    const stranger = await signedIn(auth, (await createPerson(auth)).email);
    const { data } = await here.rpc("my_sessions");
    expect(data.map((session: { is_current: boolean }) => session.is_current)).toEqual([true, false]);
    expect((await stranger.rpc("my_sessions")).data).toHaveLength(1);
  });

  it("end at the next request, though the access token is still good", async () => {
    const { here, elsewhere, otherId } = await personWithTwoSessions();
    expect((await elsewhere.rpc("stack_health")).error).toBeNull();
    expect((await here.rpc("end_session", { session: otherId })).data).toBe(true);
    expect(await elsewhere.rpc("stack_health")).toMatchObject(ended);
    expect(await elsewhere.from("profiles").update({ theme: "dark" }).neq("theme", "dark")).toMatchObject(ended);
    expect((await elsewhere.auth.refreshSession()).error).not.toBeNull();
    expect((await here.rpc("stack_health")).error).toBeNull();
  });

  it("cannot be ended by anybody else, whose answer is that of a random id", async () => {
    const { elsewhere, otherId } = await personWithTwoSessions();
    const stranger = await signedIn(auth, (await createPerson(auth)).email);
    const foreign = await stranger.rpc("end_session", { session: otherId });
    const random = await stranger.rpc("end_session", { session: randomUUID() });
    expect(foreign).toEqual(random);
    expect(foreign.data).toBe(false);
    expect((await elsewhere.rpc("stack_health")).error).toBeNull();
  });

  it("are not for those who have not signed in, nor by a link that is merely opened", async () => {
    const { here, otherId } = await personWithTwoSessions();
    const anonymous = auth.client();
    expect((await anonymous.rpc("my_sessions")).status).toBe(401);
    expect((await anonymous.rpc("end_session", { session: otherId })).status).toBe(401);
    expect((await here.rpc("end_session", { session: otherId }, { get: true })).status).toBe(405);
  });

  it("end together when the person signs out everywhere, and when the account is deleted", async () => {
    const { id, here, elsewhere } = await personWithTwoSessions();
    await here.auth.signOut({ scope: "others" });
    expect(await elsewhere.rpc("stack_health")).toMatchObject(ended);
    await auth.admin.auth.admin.deleteUser(id);
    expect(await here.rpc("stack_health")).toMatchObject(ended);
  });
});
