import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { follow, type LivePlan } from "./follow";
import type { LiveChange } from "./types";

interface Row {
  id: string;
  version: number;
  name: string;
}

const row = (id: string, version: number, name = `${id} ${version}`): Row => ({ id, version, name });

const update = (id: string, version: number, columns = ["name"]): LiveChange => ({
  table: "partners",
  op: "update",
  ids: [id],
  versions: [version],
  columns,
  partnerIds: [],
});

/** A screen that shows a list, a record and a count of rows that stand in a database. */
async function start(rows: Row[]) {
  const database = new Map(rows.map((each) => [each.id, each]));
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  const calls: string[] = [];
  const of = ["partners", "org"];
  const asked = <T>(name: string, answer: T): T => {
    calls.push(name);
    return answer;
  };
  const queries = {
    list: {
      queryKey: [...of, "list"],
      queryFn: () => asked("list", { partners: [...database.values()], place: 1 }),
    },
    record: { queryKey: [...of, "partner", "a"], queryFn: () => asked("record", database.get("a") ?? null) },
    count: { queryKey: [...of, "count"], queryFn: () => asked("count", database.size) },
  };
  const stops = Object.values(queries).map((query) => new QueryObserver<unknown>(client, query).subscribe(() => {}));
  const plan: LivePlan = {
    within: [of],
    rules: [
      {
        tables: ["partners"],
        read: async (ids) => {
          calls.push(`read ${ids.join(" ")}`);
          return ids.flatMap((id) => database.get(id) ?? []);
        },
        stale: ({ op, columns }) =>
          op !== "update" || columns.includes("status") ? [{ queryKey: [...of, "count"] }] : [],
      },
    ],
  };
  await new Promise((resolve) => setTimeout(resolve, 0));
  calls.length = 0;
  return {
    client,
    calls,
    database,
    plan,
    list: () => client.getQueryData<{ partners: Row[] }>(queries.list.queryKey)?.partners,
    record: () => client.getQueryData<Row>(queries.record.queryKey),
    end: () => {
      for (const stop of stops) stop();
    },
    stopList: () => stops[0]?.(),
    listKey: queries.list.queryKey,
  };
}

test("rows that are shown are read again in one request and put into their places, wherever they stand", async () => {
  const screen = await start([row("a", 1), row("b", 1), row("c", 1)]);
  const untouched = screen.list()?.[2];
  screen.database.set("a", row("a", 2, "new")).set("b", row("b", 4, "newer"));
  await follow(screen.client, screen.plan, [{ ...update("a", 2), ids: ["a", "b", "elsewhere"], versions: [2, 4, 9] }]);
  expect(screen.calls).toEqual(["read a b"]);
  expect(screen.list()?.map(({ name }) => name)).toEqual(["new", "newer", "c 1"]);
  expect(screen.list()?.[2]).toBe(untouched);
  expect(screen.record()?.name).toBe("new");
  screen.end();
});

test("what is shown as it is now, such as one's own change, needs nothing", async () => {
  const screen = await start([row("a", 3)]);
  await follow(screen.client, screen.plan, [update("a", 3, ["status"]), { ...update("a", 2), op: "insert" }]);
  expect(screen.calls).toEqual([]);
  screen.end();
});

test("what was told of before it can be seen is read again until it can", async () => {
  const screen = await start([row("a", 1), row("b", 1)]);
  const following = follow(screen.client, screen.plan, [
    { ...update("a", 2, ["status"]), ids: ["a", "b"], versions: [2, 1] },
  ]);
  await expect.poll(() => screen.calls).toContain("read a");
  expect(screen.calls).not.toContain("count");
  screen.database.set("a", row("a", 2));
  await following;
  expect(screen.list()?.[0]?.version).toBe(2);
  expect(screen.calls.at(-1)).toBe("count");
  screen.end();
});

test("where one place is older than the other, it is read again", async () => {
  const screen = await start([row("a", 1)]);
  screen.database.set("a", row("a", 2));
  screen.client.setQueryData(["partners", "org", "partner", "a"], row("a", 2));
  await follow(screen.client, screen.plan, [update("a", 2)]);
  expect(screen.calls).toEqual(["read a"]);
  expect(screen.list()?.[0]?.version).toBe(2);
  screen.end();
});

test("counts are read again where rows came, went or may have moved, and rows of other pages are not read", async () => {
  const screen = await start([row("a", 1)]);
  screen.database.set("z", row("z", 2));
  await follow(screen.client, screen.plan, [update("z", 2, ["name"])]);
  expect(screen.calls).toEqual([]);
  await follow(screen.client, screen.plan, [update("z", 2, ["status"])]);
  expect(screen.calls).toEqual(["read z", "count"]);
  screen.calls.length = 0;
  screen.database.delete("a");
  await follow(screen.client, screen.plan, [{ ...update("a", 2), op: "delete", versions: [] }]);
  expect(screen.calls).toEqual(["read a", "count"]);
  screen.end();
});

test("what is no longer there for this person is read again as a whole", async () => {
  const screen = await start([row("a", 1), row("b", 1)]);
  screen.database.delete("b");
  await follow(screen.client, screen.plan, [update("b", 2)]);
  await expect.poll(screen.list).toEqual([row("a", 1)]);
  screen.end();
});

test("an answer that is on its way is waited for: it may hold the change already, and must not be put over it", async () => {
  const screen = await start([row("a", 1)]);
  let answer = (_rows: Row[]) => {};
  const slow = new QueryObserver(screen.client, {
    queryKey: ["partners", "org", "slow"],
    queryFn: () => new Promise<Row[]>((resolve) => (answer = resolve)),
  });
  const stop = slow.subscribe(() => {});
  screen.database.set("a", row("a", 2));
  const following = follow(screen.client, screen.plan, [update("a", 2)]);
  await Promise.resolve();
  expect(screen.calls).toEqual([]);
  answer([row("a", 1)]);
  await following;
  expect(screen.calls).toEqual(["read a"]);
  expect(screen.client.getQueryData(["partners", "org", "slow"])).toEqual([row("a", 2)]);
  stop();
  screen.end();
});

test("what no screen shows is not read, but is no longer taken for new either", async () => {
  const screen = await start([row("a", 1), row("b", 1)]);
  screen.stopList();
  await follow(screen.client, screen.plan, [update("b", 2)]);
  expect(screen.calls).toEqual([]);
  expect(screen.client.getQueryState(screen.listKey)?.isInvalidated).toBe(true);
  screen.end();
});

test("too much to name, and everything, are read again as a whole; tables that are not shown are not", async () => {
  const screen = await start([row("a", 1)]);
  await follow(screen.client, screen.plan, [{ ...update("a", 2), ids: null, versions: [] }]);
  expect(screen.calls.sort()).toEqual(["count", "list", "record"]);
  screen.calls.length = 0;
  await follow(screen.client, screen.plan, "everything");
  expect(screen.calls.sort()).toEqual(["count", "list", "record"]);
  screen.calls.length = 0;
  await follow(screen.client, screen.plan, [{ ...update("a", 3), table: "opportunities" }]);
  expect(screen.calls).toEqual([]);
  screen.end();
});
