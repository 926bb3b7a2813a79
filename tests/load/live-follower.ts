// A screen of partners without the screen: what it knows comes from messages, and from `changes_since` after every gap.
import type { SupabaseClient } from "@supabase/supabase-js";
import { now } from "./live-world.ts";

interface Change {
  table: string;
  op: "insert" | "update" | "delete";
  ids: string[] | null;
  versions: number[] | null;
}

export interface Follower {
  /** The version of every partner that it knows of. */
  versions: Map<string, number>;
  /** When it joined, every time. */
  joins: number[];
  started: Promise<void>;
}

const PAGE = 1000;

export function follow(client: SupabaseClient, organization: string, epoch: number): Follower {
  const versions = new Map<string, number>();
  // A row that has gone does not come back, whatever is told late.
  const gone = new Set<string>();
  const joins: number[] = [];
  let touched = new Set<string>();
  let cursor: string | null = null;
  let begun: () => void;
  const started = new Promise<void>((resolve) => {
    begun = resolve;
  });

  client
    .channel(`org:${organization}:partners#${epoch}`, { config: { private: true } })
    .on("broadcast", { event: "changes" }, ({ payload }) => apply(payload as Change))
    .subscribe(async (state) => {
      if (state !== "SUBSCRIBED") return;
      joins.push(now());
      await closeGap();
      begun();
    });
  return { versions, joins, started };

  function apply({ table, op, ids, versions: told }: Change): void {
    if (table !== "partners") return;
    for (const [index, id] of (ids ?? []).entries()) {
      touched.add(id);
      if (op === "delete") {
        gone.add(id);
        versions.delete(id);
      } else if (!gone.has(id)) versions.set(id, Math.max(versions.get(id) ?? 0, told?.[index] ?? 0));
    }
  }

  async function closeGap(): Promise<void> {
    const { data, error } = await client.rpc("changes_since", { organization, since: cursor });
    if (error) throw error;
    const first = cursor === null;
    cursor = data.cursor;
    for (const change of data.changes) apply(change);
    if (first || data.refetch) await readAll();
  }

  async function readAll(): Promise<void> {
    touched = new Set();
    const read = new Map<string, number>();
    for (let from = 0; from % PAGE === 0; ) {
      const { data, error } = await client
        .from("partners")
        .select("id, version")
        .eq("organization_id", organization)
        .order("id")
        .range(from, from + PAGE - 1);
      if (error) throw error;
      for (const { id, version } of data) read.set(id, version);
      if (data.length === 0) break;
      from += data.length;
    }
    for (const id of versions.keys()) if (!read.has(id) && !touched.has(id)) versions.delete(id);
    for (const [id, version] of read) if (!gone.has(id)) versions.set(id, Math.max(versions.get(id) ?? 0, version));
  }
}
