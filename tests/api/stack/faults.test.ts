// What a person at a terminal meets when something is wrong: a sentence, or a stack that simply works.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freePorts } from "../../../supabase/local/with-stack.ts";
import { type OwnStack, ownStack, runCommand, startCommand } from "../../support/command.ts";
import { eventually, processesOf } from "../../support/processes.ts";

let own: OwnStack;

beforeEach(async () => {
  own = await ownStack();
});
afterEach(() => own.remove());

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

function occupy(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

describe("a stack that is asked for something it cannot do says so in a sentence", () => {
  test.each([
    ["--api-port", "API"],
    ["--db-port", "database"],
  ])("%s is taken", async (flag, name) => {
    const port = Number(own.args[own.args.indexOf(flag) + 1]);
    const other = await occupy(port);
    const { code, output } = await runCommand("stack", own.args);
    other.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port}, wanted for the ${name}, is taken by another program.`);
    expect(output).toContain(flag);
  });

  test("the data directory was written by another version of Postgres", async () => {
    mkdirSync(join(own.dataDir, "postgres/global"), { recursive: true });
    writeFileSync(join(own.dataDir, "postgres/PG_VERSION"), "16\n");
    writeFileSync(join(own.dataDir, "postgres/global/pg_control"), "");
    writeFileSync(join(own.dataDir, "secrets.json"), JSON.stringify({ keys: {}, passwords: {} }));
    const { code, output } = await runCommand("stack", own.args);
    expect(code).toBe(1);
    expect(output).toContain("was written by Postgres 16, and this product runs 17");
    expect(readFileSync(join(own.dataDir, "postgres/PG_VERSION"), "utf8")).toBe("16\n");
  });

  test("the data directory is only half there", async () => {
    mkdirSync(join(own.dataDir, "postgres/base"), { recursive: true });
    writeFileSync(join(own.dataDir, "secrets.json"), JSON.stringify({ keys: {}, passwords: {} }));
    const { code, output } = await runCommand("stack", own.args);
    expect(code).toBe(1);
    expect(output).toContain("is not a whole Postgres data directory");
    expect(output).toContain("npm run db:reset");
  });

  test("a port that is no port, a flag that does not exist", async () => {
    const wrongPort = await runCommand("stack", ["--data-dir", own.dataDir, "--api-port", "eighty"]);
    expect(wrongPort.code).toBe(1);
    expect(wrongPort.output).toContain('"eighty" is not a port');
    const wrongFlag = await runCommand("stack", ["--prot", "1"]);
    expect(wrongFlag.code).toBe(1);
    expect(wrongFlag.output).toContain("This command takes: --api-port");
  });

  test("nothing runs, and its status is asked for", async () => {
    const { code, output } = await runCommand("status", ["--json", "--data-dir", own.dataDir]);
    expect(code).toBe(1);
    expect(output).toContain(`No stack runs on ${own.dataDir}`);
  });
});

describe("a stack that runs", () => {
  test("a set-up that was killed half-way is taken up again", async () => {
    const first = startCommand("stack", own.args);
    await eventually(
      () => processesOf(join(own.dataDir, "postgres.new")),
      (found) => found.length > 0,
    );
    first.process.kill("SIGKILL");
    await first.finished;
    const second = await own.start();
    expect(await query((await own.status()).dbUrl, "select 1 as one")).toEqual([{ one: 1 }]);
    second.process.kill("SIGTERM");
    expect((await second.finished).code).toBe(0);
  });

  test("is not started a second time on the same data, and the first goes on", async () => {
    await own.start();
    const { dbUrl } = await own.status();
    const second = await runCommand("stack", own.args);
    expect(second.code).toBe(1);
    expect(second.output).toContain("A stack already runs on");
    expect(await query(dbUrl, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("stops at Ctrl-C without leaving a process behind, and keeps its data, keys and grants", async () => {
    const first = await own.start();
    const before = await own.status();
    const grants = `select grantee, table_schema, table_name, privilege_type from information_schema.role_table_grants
      where table_schema not in ('pg_catalog', 'information_schema') order by 1, 2, 3, 4`;
    const grantsBefore = await query(before.adminDbUrl, grants);
    await query(before.dbUrl, "create table public.kept (word text); insert into public.kept values ('still here')");
    first.process.kill("SIGINT");
    expect((await first.finished).code).toBe(0);
    expect(processesOf(own.dataDir)).toEqual([]);

    await own.start();
    const after = await own.status();
    expect(after).toEqual(before);
    expect(await query(after.dbUrl, "select word from public.kept")).toEqual([{ word: "still here" }]);
    await query(after.dbUrl, "drop table public.kept");
    expect(await query(after.adminDbUrl, grants)).toEqual(grantsBefore);
  });

  test("killed hard leaves no process behind and loses no committed write", async () => {
    const first = await own.start();
    const { dbUrl } = await own.status();
    await query(dbUrl, "create table public.kept (word text); insert into public.kept values ('committed')");
    first.process.kill("SIGKILL");
    await first.finished;
    await eventually(
      () => processesOf(own.dataDir),
      (left) => left.length === 0,
    );
    await own.start();
    expect(await query((await own.status()).dbUrl, "select word from public.kept")).toEqual([{ word: "committed" }]);
  });

  test("starts although Postgres left a lock file that names another living process", async () => {
    const first = await own.start();
    first.process.kill("SIGTERM");
    await first.finished;
    writeFileSync(join(own.dataDir, "postgres/postmaster.pid"), `${process.pid}\n${own.dataDir}/postgres\n`);
    await own.start();
    expect(await query((await own.status()).dbUrl, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  test("brings Postgres back when it is killed hard, and the API with it", async () => {
    await own.start();
    const { dbUrl, apiUrl, secretKey } = await own.status();
    await query(dbUrl, "create table public.kept (word text); grant select on public.kept to service_role");
    await query(dbUrl, "insert into public.kept values ('committed')");
    const postmaster = Number(readFileSync(join(own.dataDir, "postgres/postmaster.pid"), "utf8").split("\n")[0]);
    process.kill(postmaster, "SIGKILL");
    const answer = await eventually(
      async () => {
        const response = await fetch(`${apiUrl}/rest/v1/kept?select=word`, { headers: { apikey: secretKey } });
        return { status: response.status, body: await response.text() };
      },
      ({ status }) => status === 200,
    );
    expect(JSON.parse(answer.body)).toEqual([{ word: "committed" }]);
  });

  test("is started once when the product is started twice at the same instant", async () => {
    const [port] = await freePorts(1);
    const both = [1, 2].map(() => startCommand("start", own.args, { APP_PORT: String(port) }));
    const ready = both.map(({ until }, index) => until("The product is ready").then(() => index));
    const winner = await Promise.any(ready);
    const loser = await both[1 - winner]?.finished;
    expect(loser?.code).toBe(1);
    expect(loser?.output).toMatch(/A stack already runs on|is taken by another program/);
    const third = await runCommand("start", own.args, { APP_PORT: String(port) });
    expect(third).toMatchObject({ code: 0, output: expect.stringContaining("The product already runs at") });
    both[winner]?.process.kill("SIGTERM");
    expect((await both[winner]?.finished)?.code).toBe(0);
    await Promise.allSettled(ready);
  });

  test("two run side by side, each with its own keys", async () => {
    const other = await ownStack();
    try {
      await own.start();
      await other.start();
      const [one, two] = [await own.status(), await other.status()];
      expect(one.publishableKey).not.toBe(two.publishableKey);
      const answer = await fetch(`${one.apiUrl}/rest/v1/`, { headers: { apikey: two.secretKey } });
      expect(answer.status).toBe(401);
    } finally {
      await other.remove();
    }
  });

  test("is thrown away by db:reset, which leaves a stranger's files alone", async () => {
    await own.start();
    writeFileSync(join(own.dataDir, "letter.txt"), "not the stack's");
    const refused = await runCommand("reset", ["--data-dir", own.dataDir]);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("letter.txt");
    expect((await own.status()).apiUrl).toContain("http://127.0.0.1:");

    rmSync(join(own.dataDir, "letter.txt"));
    const { code } = await runCommand("reset", ["--data-dir", own.dataDir]);
    expect(code).toBe(0);
    expect(processesOf(own.dataDir)).toEqual([]);
  });

  test("a database without its passwords is not touched", async () => {
    const first = await own.start();
    first.process.kill("SIGTERM");
    await first.finished;
    cpSync(join(own.dataDir, "secrets.json"), `${own.dataDir}-secrets.json`);
    rmSync(join(own.dataDir, "secrets.json"));
    const { code, output } = await runCommand("stack", own.args);
    rmSync(`${own.dataDir}-secrets.json`);
    expect(code).toBe(1);
    expect(output).toContain("secrets.json is missing");
  });
});
