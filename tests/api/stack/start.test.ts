// `npm start`: the whole product, alone or on top of a stack that already runs.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { projectRoot } from "../../../supabase/local/settings.ts";
import { freePorts } from "../../../supabase/local/with-stack.ts";
import { type OwnStack, ownStack, runCommand, startCommand } from "../../support/command.ts";
import { eventually, processesOf } from "../../support/processes.ts";

let own: OwnStack;
let appPort: number;

beforeEach(async () => {
  own = await ownStack();
  [appPort = 0] = await freePorts(1);
});
afterEach(() => own.remove());

const appArgs = () => [...own.args, "--app-port", String(appPort)];

test("brings up stack and app, is not started twice, and leaves nothing behind", async () => {
  const product = startCommand("start", appArgs());
  await product.until("Stop it with Ctrl-C.");
  expect(product.output()).toContain(`The product is ready: http://localhost:${appPort}`);
  expect(product.output()).toContain("admin@northwind.test");
  const page = await fetch(`http://127.0.0.1:${appPort}/sign-in`, { headers: { accept: "text/html" } });
  expect(await page.text()).toContain("<title>Partner workspace</title>");
  expect((await own.status()).appUrl).toBe(`http://localhost:${appPort}`);

  await keepsSecrets();

  const second = await runCommand("start", appArgs());
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining("The product already runs at") });

  product.process.kill("SIGINT");
  expect((await product.finished).code).toBe(0);
  expect(processesOf(own.dataDir)).toEqual([]);
  await expect(fetch(`http://127.0.0.1:${appPort}`)).rejects.toThrow();
});

/** The app's server stands in the project's folder, and must serve none of what lies there beside the app. */
async function keepsSecrets(): Promise<void> {
  const inProject = join(projectRoot, "supabase/.temp/secret-for-a-test.json");
  mkdirSync(dirname(inProject), { recursive: true });
  writeFileSync(inProject, '"hush"');
  try {
    for (const file of [inProject, join(own.dataDir, "secrets.json"), join(projectRoot, "supabase/seed.sql")])
      for (const path of [file.replace(projectRoot, ""), `/@fs${file}`])
        for (const query of ["", "?raw", "?import", "?url", "?import&raw"]) {
          const answer = await fetch(`http://127.0.0.1:${appPort}${path}${query}`, {
            headers: { origin: "http://localhost:9" },
          });
          const body = await answer.text();
          expect(body, path + query).not.toMatch(/hush|sb_secret|insert into/);
          expect(answer.headers.get("access-control-allow-origin")).toBeNull();
        }
  } finally {
    rmSync(inProject);
  }
}

test("uses the stack that already runs, and both are stopped by one command", async () => {
  const stack = startCommand("stack", appArgs());
  await stack.until("The stack is ready.");
  const app = startCommand("start", appArgs());
  await app.until("It uses the stack that already runs.");
  const { code } = await runCommand("stop", ["--data-dir", own.dataDir]);
  expect(code).toBe(0);
  expect((await app.finished).code).toBe(0);
  expect((await stack.finished).code).toBe(0);
});

test("killed hard takes the app's server with it", async () => {
  const product = startCommand("start", appArgs());
  await product.until("Stop it with Ctrl-C.");
  product.process.kill("SIGKILL");
  await product.finished;
  await eventually(
    () =>
      fetch(`http://127.0.0.1:${appPort}`).then(
        () => true,
        () => false,
      ),
    (answers) => !answers,
  );
  await eventually(
    () => processesOf(own.dataDir),
    (left) => left.length === 0,
  );
});
