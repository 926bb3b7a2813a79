// The slot that Postgres had to let go of: it cannot be lost in a test without writing a gigabyte first.
import pg from "pg";
import { describe, expect, test } from "vitest";
import { ensureSlot } from "./slot.ts";

async function asked(rows: { wal_status: string | null }[]) {
  const statements: string[] = [];
  const lines: string[] = [];
  const pool = Object.assign(new pg.Pool(), {
    query: async (sql: string) => {
      statements.push(sql.split("(")[0] ?? "");
      return { rows };
    },
  });
  await ensureSlot(pool, (line) => lines.push(line));
  return { did: statements.slice(1), lines };
}

describe("the replication slot", () => {
  test("is made when there is none", async () => {
    expect(await asked([])).toEqual({ did: ["select pg_create_logical_replication_slot"], lines: [] });
  });

  test("is kept as long as Postgres has all that was not yet read", async () => {
    for (const wal_status of ["reserved", "extended", "unreserved", null])
      expect(await asked([{ wal_status }])).toEqual({ did: [], lines: [] });
  });

  test("is made anew when it was lost, and the log says so", async () => {
    const { did, lines } = await asked([{ wal_status: "lost" }]);
    expect(did).toEqual(["select pg_drop_replication_slot", "select pg_create_logical_replication_slot"]);
    expect(lines).toEqual([expect.stringContaining("was lost")]);
  });
});
