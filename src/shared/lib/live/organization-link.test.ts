import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OrganizationLink, type Watch } from "./organization-link";
import type { LiveStart } from "./start";
import type { ChannelListener, Gap, LiveChange, LiveChanges, LiveSource, Present } from "./types";

const ORG = "0e000000-0000-4000-8000-000000000001";
const topic = (subject: string, epoch: number) => `org:${ORG}:${subject}#${epoch}`;

const change = (id: string, version: number): LiveChange => ({
  table: "partners",
  op: "update",
  ids: [id],
  versions: [version],
  columns: ["name"],
  partnerIds: [],
});

function stubSource() {
  const joined = new Map<string, ChannelListener>();
  const left: string[] = [];
  const shown: Present[] = [];
  const asked: (string | null)[] = [];
  const server = { cursor: 1, epoch: 1, missed: [] as LiveChanges, failure: null as Error | null, probes: 0 };
  const source: LiveSource = {
    join(name, _withPresence, listener) {
      joined.set(name, listener);
      return {
        leave: () => {
          joined.delete(name);
          left.push(name);
        },
        show: (me) => void shown.push(me),
      };
    },
    async changesSince(_organization, cursor): Promise<Gap> {
      asked.push(cursor);
      if (server.failure) throw server.failure;
      const changes = cursor === null ? [] : server.missed;
      if (cursor !== null) server.missed = [];
      return { cursor: String(server.cursor++), epoch: server.epoch, changes };
    },
    probe: () => {
      server.probes++;
    },
  };
  const all = (state: Parameters<ChannelListener["onState"]>[0]) => {
    for (const listener of [...joined.values()]) listener.onState(state);
  };
  return { source, joined, left, shown, asked, server, all };
}

function stubWatch(subjects: string[]) {
  const heard: LiveChanges[] = [];
  const calls = { rights: 0, starts: 0 };
  const watch: Watch = {
    subjects,
    onChanges: (changes) => void heard.push(changes),
    onStart: () => void calls.starts++,
    onRights: () => void calls.rights++,
  };
  return { watch, heard, calls };
}

function linkTo({ source }: ReturnType<typeof stubSource>, start: LiveStart | null = null) {
  return new OrganizationLink(ORG, source, {
    start,
    jitterMs: () => 100,
    isRefusal: ({ message }: Error) => message === "refused",
    onStatus: () => {},
  } as ConstructorParameters<typeof OrganizationLink>[2]);
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("asks where to begin, joins what the screen shows under the epoch, and asks what it missed on the way", async () => {
  const stub = stubSource();
  const { watch, heard, calls } = stubWatch(["partners", "partners:referrals"]);
  linkTo(stub).watch(watch);
  await pass(0);
  expect([...stub.joined.keys()]).toEqual([topic("partners", 1), topic("partners:referrals", 1)]);
  expect(calls.starts).toBe(1);
  stub.server.missed = [change("a", 2)];
  stub.all("joined");
  await pass(100);
  expect(stub.asked).toEqual([null, "1"]);
  expect(heard).toEqual([[change("a", 2)]]);
});

test("where it is known since when nothing was read, it joins at once and hears what changed since; nothing is read again", async () => {
  const stub = stubSource();
  const { watch, heard, calls } = stubWatch(["partners"]);
  linkTo(stub, { cursor: "0", epoch: 3 }).watch(watch);
  expect([...stub.joined.keys()]).toEqual([topic("partners", 3)]);
  stub.server.epoch = 3;
  stub.server.missed = [change("a", 2)];
  stub.all("joined");
  await pass(100);
  expect(stub.asked).toEqual(["0"]);
  expect(heard).toEqual([[change("a", 2)]]);
  expect(calls.starts).toBe(0);
});

test("hands on messages of the topics it holds", async () => {
  const stub = stubSource();
  const { watch, heard } = stubWatch(["partner:x:tasks", "notices"]);
  linkTo(stub).watch(watch);
  await pass(0);
  stub.joined
    .get(topic("partner:x:tasks", 1))
    ?.onMessage("changes", { table: "partner_tasks", op: "delete", ids: ["t"] });
  stub.joined.get(topic("notices", 1))?.onMessage("refetch", { table: "partners" });
  stub.joined.get(topic("notices", 1))?.onMessage("changes", "nonsense");
  expect(heard.flat()).toEqual([
    { table: "partner_tasks", op: "delete", ids: ["t"], versions: [], columns: [], partnerIds: ["x"] },
    { table: "partners", op: "update", ids: null, versions: [], columns: [], partnerIds: [] },
  ]);
});

test("after a lost connection, and after a sleep, it asks what it missed; while it is gone it says that it is down", async () => {
  const stub = stubSource();
  const { watch, heard } = stubWatch(["partners"]);
  const link = linkTo(stub);
  link.watch(watch);
  await pass(0);
  stub.all("joined");
  await pass(100);
  stub.all("lost");
  expect(link.isDown()).toBe(true);
  stub.server.missed = [change("a", 3)];
  stub.all("joined");
  await pass(100);
  expect(heard).toEqual([[change("a", 3)]]);
  expect(link.isDown()).toBe(false);
  stub.server.missed = "everything";
  link.wake();
  await pass(100);
  expect(stub.server.probes).toBe(1);
  expect(heard.at(-1)).toBe("everything");
  expect(stub.asked).toEqual([null, "1", "2", "3"]);
});

test("a new epoch: everything is joined again under it, the gap is closed, and one's rights are asked for", async () => {
  const stub = stubSource();
  const { watch, calls, heard } = stubWatch(["notices", "partners"]);
  linkTo(stub).watch(watch);
  await pass(0);
  stub.all("joined");
  await pass(100);
  stub.server.epoch = 2;
  stub.joined.get(topic("notices", 1))?.onMessage("epoch", { organization_id: ORG, epoch: 2 });
  expect(calls.rights).toBe(0);
  await pass(100);
  expect(calls.rights).toBe(1);
  expect([...stub.joined.keys()]).toEqual([topic("notices", 2), topic("partners", 2)]);
  expect(stub.left).toEqual([topic("notices", 1), topic("partners", 1)]);
  stub.server.missed = [change("b", 7)];
  stub.all("joined");
  await pass(100);
  expect(heard).toEqual([[change("b", 7)]]);
});

test("what is refused is not asked for again under the same epoch", async () => {
  const stub = stubSource();
  const { watch, calls } = stubWatch(["partners", "partners:commissions"]);
  const link = linkTo(stub);
  link.watch(watch);
  await pass(0);
  stub.joined.get(topic("partners", 1))?.onState("joined");
  stub.joined.get(topic("partners:commissions", 1))?.onState("refused");
  const join = vi.spyOn(stub.source, "join");
  await pass(600_000);
  expect(join).not.toHaveBeenCalled();
  expect(calls.rights).toBe(1);
  expect(link.isDown()).toBe(false);
});

test("an epoch that ended while nobody listened is found by the refusal", async () => {
  const stub = stubSource();
  const { watch } = stubWatch(["partners"]);
  linkTo(stub).watch(watch);
  await pass(0);
  stub.server.epoch = 5;
  stub.all("refused");
  await pass(100);
  expect([...stub.joined.keys()]).toEqual([topic("partners", 5)]);
});

test("channels that the server ended are joined again, ever more slowly", async () => {
  const stub = stubSource();
  const { watch } = stubWatch(["partners", "configuration"]);
  linkTo(stub).watch(watch);
  await pass(0);
  const join = vi.spyOn(stub.source, "join");
  stub.all("closed");
  await pass(999);
  expect(join).not.toHaveBeenCalled();
  await pass(5_000);
  expect(join).toHaveBeenCalledTimes(2);
  for (let round = 0; round < 10; round++) {
    stub.all("closed");
    await pass(30_000);
  }
  const before = join.mock.calls.length;
  stub.all("closed");
  await pass(29_000);
  expect(join.mock.calls.length).toBe(before);
});

test("while the answer fails it is asked for again, and it says that it is down", async () => {
  const stub = stubSource();
  stub.server.failure = new Error("unreachable");
  const link = linkTo(stub);
  const { watch, calls } = stubWatch(["partners"]);
  link.watch(watch);
  await pass(0);
  expect(link.isDown()).toBe(true);
  stub.server.failure = null;
  await pass(5_000);
  expect([...stub.joined.keys()]).toEqual([topic("partners", 1)]);
  expect(link.isDown()).toBe(false);
  expect(calls.rights).toBe(0);
  stub.server.failure = new Error("refused");
  link.wake();
  await pass(100);
  expect(calls.rights).toBe(1);
  expect(link.isDown()).toBe(false);
});

test("the next screen shares the channels of the last; what no screen shows is left a moment later", async () => {
  const stub = stubSource();
  const link = linkTo(stub);
  const stop = link.watch(stubWatch(["partners", "configuration"]).watch);
  await pass(0);
  const join = vi.spyOn(stub.source, "join");
  stop();
  const stopNext = link.watch(stubWatch(["partners"]).watch);
  await pass(5_000);
  expect(join).not.toHaveBeenCalled();
  expect(stub.left).toEqual([topic("configuration", 1)]);
  stopNext();
  await pass(5_000);
  expect(stub.joined.size).toBe(0);
  expect(link.isIdle()).toBe(true);
});

test("while things are told it is made sure every minute that nothing was missed, and in quiet times it is not asked", async () => {
  const stub = stubSource();
  const link = linkTo(stub);
  const { watch, heard } = stubWatch(["partners"]);
  link.watch(watch);
  await pass(0);
  stub.all("joined");
  await pass(100);
  await pass(600_000);
  expect(stub.asked).toEqual([null, "1"]);
  stub.joined.get(topic("partners", 1))?.onMessage("changes", { table: "partners", op: "insert", ids: ["a"] });
  stub.server.missed = [change("b", 2)];
  await pass(60_000);
  expect(stub.asked).toEqual([null, "1", "2"]);
  expect(heard.at(-1)).toEqual([change("b", 2)]);
  await pass(600_000);
  expect(stub.asked).toHaveLength(3);
});

test("one is shown to be here on whatever channel is joined next", async () => {
  const stub = stubSource();
  const link = linkTo(stub);
  const me: Present = { userId: "me", record: null, cell: null, at: "2026-11-21" };
  const present: Present[][] = [];
  link.watch({ ...stubWatch(["partners"]).watch, onPresence: (people) => void present.push(people) });
  link.show(me);
  await pass(0);
  expect(stub.shown).toEqual([me]);
  stub.joined.get(topic("partners", 1))?.onPresence([me]);
  expect(present.at(-1)).toEqual([me]);
});

test("the field that one edits is shown with the record, once for each change of it", async () => {
  const stub = stubSource();
  const link = linkTo(stub);
  link.edit("name");
  link.watch(stubWatch(["partners"]).watch);
  const me: Present = { userId: "me", record: "p", cell: null, at: "2026-11-21" };
  link.show(me);
  await pass(0);
  for (const cell of ["tier", "tier", null, null]) link.edit(cell);
  expect(stub.shown).toEqual([me, { ...me, cell: "tier" }, me]);
});
