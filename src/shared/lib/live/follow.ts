// What messages mean for what is cached: rows that are shown are read again, all together, and put into their places; what else they
// touch (the order of a list, a count) is read again as a whole. What is shown already needs nothing.
import type { QueryClient, QueryFilters, QueryKey } from "@tanstack/react-query";
import { rowsIn, type Versioned, withRows } from "./cached-rows";
import type { LiveChange, LiveChanges } from "./types";
import { VISIBLE_MS } from "./visible";

/** An answer that is on its way may hold the change already; one that does not come is not waited for. */
const PATIENCE_MS = 1_500;

/** Rows say by their versions whether they are the ones that were told of; the rest waits until they can be seen. */
const READ_AGAIN_MS = [10, 30, 90];

interface LiveRule {
  tables: readonly string[];
  /** Reads rows as the cached answers hold them. */
  read?: (ids: string[]) => Promise<Versioned[]>;
  /** What is read again as a whole. */
  stale?: (change: LiveChange) => QueryFilters[];
}

export interface LivePlan {
  /** Under these keys stands all that the screen shows of these tables. */
  within: readonly QueryKey[];
  rules: readonly LiveRule[];
}

export async function follow(client: QueryClient, { within, rules }: LivePlan, changes: LiveChanges): Promise<void> {
  if (changes === "everything") {
    await pause(VISIBLE_MS);
    return readAgain(client, all(within));
  }
  const known = changes.flatMap((change) => {
    const rule = rules.find(({ tables }) => tables.includes(change.table));
    return rule ? [{ change, rule }] : [];
  });
  if (known.length === 0) return;
  // It may be older than the change, and would be put over it.
  if (!(await landed(client, within))) return readAgain(client, all(within));
  await Promise.all(
    known.map(async ({ change, rule }) => {
      if (change.ids === null) {
        await pause(VISIBLE_MS);
        return readAgain(client, rule.read ? all(within) : (rule.stale?.(change) ?? all(within)));
      }
      const shown = versionsShown(client, within);
      const foreign = withoutEcho(change, shown);
      if (!foreign) return;
      const { ids, ...rest } = foreign;
      const stale = rule.stale?.(foreign) ?? [];
      forgetHidden(client, within, ids ?? []);
      // The rows first: that is what somebody looks at, and the rest would only be in their way.
      if (rule.read)
        await readRows(client, within, { ...rest, ids: ids ?? [], shown, isWhole: stale.length > 0 }, rule.read);
      else await pause(VISIBLE_MS);
      await readAgain(client, stale);
    }),
  );
}

/** The change without the rows that are shown as they are now; null when nothing is left of it. */
function withoutEcho(change: LiveChange, shown: ReadonlyMap<string, number>): LiveChange | null {
  const { op, ids, versions } = change;
  if (op === "delete" || ids === null || versions.length === 0) return change;
  const left = ids
    .map((id, index) => ({ id, version: versions[index] ?? -1 }))
    .filter(({ id, version }) => version < 0 || (shown.get(id) ?? -1) < version);
  if (left.length === 0) return null;
  return { ...change, ids: left.map(({ id }) => id), versions: left.map(({ version }) => version) };
}

interface Rows extends LiveChange {
  ids: string[];
  shown: ReadonlyMap<string, number>;
  /** Something else is read again as a whole: that has to wait until the rows are seen, also those that are not shown. */
  isWhole: boolean;
}

async function readRows(
  client: QueryClient,
  within: readonly QueryKey[],
  { op, ids, versions, shown, isWhole }: Rows,
  read: NonNullable<LiveRule["read"]>,
): Promise<void> {
  const wanted = new Map(ids.map((id, index) => [id, versions[index] ?? -1]));
  for (const id of ids) if (!isWhole && !shown.has(id)) wanted.delete(id);
  for (const wait of [...READ_AGAIN_MS, 0]) {
    if (wanted.size === 0) return;
    const rows = new Map((await read([...wanted.keys()])).map((row) => [row.id, row]));
    for (const queryKey of within) client.setQueriesData({ queryKey }, (data: unknown) => withRows(data, rows));
    for (const [id, version] of wanted) {
      const row = rows.get(id);
      if (op === "delete" ? !row : row && row.version >= version) wanted.delete(id);
    }
    if (wanted.size > 0) await pause(wait);
  }
  // Deleted, or no longer for this person: whatever shows it is read again and says so.
  const gone = [...wanted.keys()].filter((id) => shown.has(id));
  for (const queryKey of within)
    void client.invalidateQueries({
      queryKey,
      predicate: ({ state }) => rowsIn(state.data).some(({ id }) => gone.includes(id)),
    });
}

/** What no screen shows is read again once one does. */
function forgetHidden(client: QueryClient, within: readonly QueryKey[], ids: readonly string[]): void {
  const changed = new Set(ids);
  for (const queryKey of within)
    void client.invalidateQueries({
      queryKey,
      type: "inactive",
      refetchType: "none",
      predicate: ({ state }) => rowsIn(state.data).some(({ id }) => changed.has(id)),
    });
}

/** The oldest version of each row among all that is shown. */
function versionsShown(client: QueryClient, within: readonly QueryKey[]): Map<string, number> {
  const versions = new Map<string, number>();
  for (const queryKey of within)
    for (const [, data] of client.getQueriesData({ queryKey, type: "active" }))
      for (const { id, version } of rowsIn(data)) versions.set(id, Math.min(version, versions.get(id) ?? version));
  return versions;
}

async function readAgain(client: QueryClient, filters: QueryFilters[]): Promise<void> {
  await Promise.all(filters.map((filter) => client.invalidateQueries(filter)));
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

const all = (within: readonly QueryKey[]): QueryFilters[] => within.map((queryKey) => ({ queryKey }));

/** Answers that are on their way were asked for before the change or after it: once they are here, their versions tell. */
function landed(client: QueryClient, within: readonly QueryKey[]): Promise<boolean> {
  const isFetching = () => within.some((queryKey) => client.isFetching({ queryKey }) > 0);
  if (!isFetching()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const end = (haveLanded: boolean) => {
      clearTimeout(timer);
      stop();
      resolve(haveLanded);
    };
    const timer = setTimeout(() => end(false), PATIENCE_MS);
    const stop = client.getQueryCache().subscribe(() => {
      if (!isFetching()) end(true);
    });
  });
}
