// What a machine may hold that has nothing to do with this product: settings for other databases and programs, and other people.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OwnStack, ownStack, startCommand } from "../../support/command.ts";

let own: OwnStack;

beforeEach(async () => {
  own = await ownStack();
});
afterEach(() => own.remove());

async function query(url: string, sql: string): Promise<{ query: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("settings meant for other databases, projects and programs change nothing", async () => {
  const command = startCommand("stack", own.args, {
    PGHOST: "nowhere.invalid",
    PGPORT: "1",
    PGUSER: "nobody",
    PGPASSWORD: "wrong",
    PGDATABASE: "other",
    PGSSLMODE: "require",
    PGOPTIONS: "-c search_path=nowhere -c default_transaction_read_only=on",
    PGDATA: "/nowhere",
    DATABASE_URL: "postgresql://nowhere.invalid/other",
    SUPABASE_WORKDIR: "/nowhere",
    SUPABASE_ACCESS_TOKEN: "sbp_0000000000000000000000000000000000000000",
    SUPABASE_PROJECT_ID: "abcdefghijklmnopqrst",
    SUPABASE_DB_PASSWORD: "wrong",
    HTTP_PROXY: "http://127.0.0.1:9",
    HTTPS_PROXY: "http://127.0.0.1:9",
    ALL_PROXY: "http://127.0.0.1:9",
    NODE_ENV: "production",
    CI: "true",
    LC_ALL: "tr_TR.UTF-8",
    TZ: "Pacific/Kiritimati",
  });
  await command.until("The stack is ready.");
  const { apiUrl, publishableKey } = await own.status();
  const answer = await fetch(`${apiUrl}/rest/v1/rpc/stack_health`, {
    method: "POST",
    headers: { apikey: publishableKey },
  });
  // Anonymous callers may not call it, which only a database with all its migrations knows.
  expect(await answer.json()).toMatchObject({ code: "42501" });
});

test.runIf(process.platform === "linux")(
  "no password shows in the list of processes while the stack is set up",
  async () => {
    const command = startCommand("stack", own.args);
    const seen = new Set<string>();
    const look = setInterval(() => {
      for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)))
        try {
          seen.add(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
        } catch {
          // It ended meanwhile.
        }
    }, 5);
    await command.until("The stack is ready.");
    clearInterval(look);
    const all = [...seen].join("\n");
    // It was looked at while the official CLI ran.
    expect(all).toMatch(/db\0push\0--remote=postgresql:\/\/postgres@/);
    for (const secret of secretsOf(own.dataDir)) expect(all).not.toContain(secret);
  },
);

test("passwords and keys are readable by their owner only, and kept out of logs and statistics", async () => {
  await own.start();
  const { dbUrl } = await own.status();
  for (const file of ["secrets.json", "stack.json", "postgres.log"])
    expect(statSync(join(own.dataDir, file)).mode & 0o077, file).toBe(0);
  const statements = await query(dbUrl, "select query from extensions.pg_stat_statements");
  expect(statements.length).toBeGreaterThan(10);
  const told = `${readFileSync(join(own.dataDir, "postgres.log"), "utf8")}\n${statements.map((one) => one.query).join("\n")}`;
  for (const secret of secretsOf(own.dataDir)) expect(told).not.toContain(secret);
});

function secretsOf(dataDir: string): string[] {
  const { keys, adminPassword, passwords } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  return [keys.secret, adminPassword, ...Object.values<string>(passwords)];
}
