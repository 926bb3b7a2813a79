// A runner of its own over a temporary folder of functions that the test writes, reached over real HTTP.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { exportJWK, generateKeyPair } from "jose";
import { createFunctions } from "../../../supabase/local/functions/index.ts";
import type { Limits } from "../../../supabase/local/functions/limits.ts";
import { closeServer, listen } from "../../../supabase/local/gateway/http.ts";
import { createTokens, type Tokens } from "../../../supabase/local/gateway/tokens.ts";
import { projectRoot } from "../../../supabase/local/settings.ts";

export interface TestRunner {
  /** …/functions/v1 */
  url: string;
  functionsDir: string;
  tokens: Tokens;
  client: SupabaseClient["functions"];
  /** The headers of a signed-in person. */
  signedIn: { authorization: string };
  log: string[];
  /** Writes a file below the functions folder. */
  write(path: string, text: string): void;
  /** Writes `<name>/index.ts`. */
  define(name: string, source: string): void;
  call(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

interface RunnerSettings {
  config?: Record<string, unknown>;
  limits?: Partial<Limits>;
  env?: string;
}

export async function startRunner({ config = {}, limits = {}, env }: RunnerSettings = {}): Promise<TestRunner> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "functions-test-")));
  const functionsDir = join(root, "supabase/functions");
  mkdirSync(functionsDir, { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "junction");
  if (env !== undefined) writeFileSync(join(functionsDir, ".env"), env);

  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const tokens = await createTokens(await exportJWK(privateKey));
  const log: string[] = [];
  const functions = await createFunctions({
    functionsDir,
    apiUrl: "http://127.0.0.1:54321",
    dbUrl: "postgresql://postgres@127.0.0.1:54322/postgres",
    publishableKey: "sb_publishable_test",
    secretKey: "sb_secret_test",
    tokens,
    config,
    tempDir: join(root, "temp"),
    log: (line) => log.push(line),
    limits,
  });
  const server = await listen(
    (request, { ip }) => functions.handle(request, { key: "publishable", bearer: null, ip }),
    0,
  );
  const projectUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${projectUrl}/functions/v1`;
  const bearer = await tokens.sign({ sub: "someone", role: "authenticated", exp: Math.floor(Date.now() / 1000) + 600 });
  const signedIn = { authorization: `Bearer ${bearer}` };

  const write = (path: string, text: string) => {
    const file = join(functionsDir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  return {
    url,
    functionsDir,
    tokens,
    client: createClient(projectUrl, "sb_publishable_test", { accessToken: async () => bearer }).functions,
    signedIn,
    log,
    write,
    define: (name, source) => write(`${name}/index.ts`, source),
    call: (path, init = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has("authorization")) headers.set("authorization", signedIn.authorization);
      return fetch(`${url}/${path}`, { ...init, headers });
    },
    async close() {
      await functions.close();
      await closeServer(server);
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** A dead process that nobody has collected yet counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== "linux") return true;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat[stat.lastIndexOf(")") + 2] !== "Z";
}
