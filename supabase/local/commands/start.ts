// `npm start`: the whole product. Brings up the stack (or uses the one that runs) and the app on top of it.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { type App, startApp } from "../app.ts";
import { type Guard, startGuard } from "../guard.ts";
import { readFlags, type StackOptions, stackFlags, stackOptions } from "../options.ts";
import { choosePort } from "../ports.ts";
import { Problem } from "../problem.ts";
import { showProgress } from "../progress.ts";
import { findApp, findRunning, publishApp, type StackStatus } from "../running.ts";
import { projectRoot } from "../settings.ts";
import { startStack } from "../stack.ts";
import { type End, untilStopped } from "../until-stopped.ts";

interface Backend {
  describe: string;
  stop(): Promise<void>;
}

type StartApp = (env: Record<string, string>, guard: Guard) => App;

export async function run(args: string[]): Promise<number> {
  const options = stackOptions(readFlags(args, [...stackFlags]));
  const running = findRunning(options.dataDir);
  if (running && findApp(options.dataDir)) {
    console.log(`The product already runs at ${running.status.appUrl}. Stop it with "npm run stack:stop".`);
    return 0;
  }
  return untilStopped(async (end) => {
    // Mails of a stack that already runs lead to the port it was told.
    const wish = running ? { port: Number(new URL(running.status.appUrl).port), chosen: true } : options.app;
    const port = await choosePort({ name: "app", flag: "APP_PORT", ...wish }, new Set(), (line) => console.error(line));
    let app: App | null = null;
    let backend: Backend | null = null;
    const stop = async () => {
      await app?.stop();
      await backend?.stop();
    };
    try {
      backend = await bringUpBackend(
        { ...options, app: { port, chosen: true } },
        running?.status ?? null,
        end,
        (env, guard) => {
          app = startApp({ port, env, guard, onLost: (problem) => end(1, problem.message) });
          return app;
        },
      );
      console.log(`\nThe product is ready: http://localhost:${port}\n${backend.describe}\nStop it with Ctrl-C.`);
      return publishApp(options.dataDir, stop);
    } catch (error) {
      await stop();
      throw error;
    }
  });
}

/** The app starts beside the backend, as soon as it is known where that will be. */
async function bringUpBackend(
  options: StackOptions,
  running: StackStatus | null,
  end: End,
  start: StartApp,
): Promise<Backend> {
  const named = projectOfEnv();
  if (named || running) {
    const guard = startGuard();
    const env = named ?? (running ? envOf(running) : {});
    await showProgress("Starting the app", () => start(env, guard).ready);
    return {
      describe: named
        ? `It uses the project at ${named.VITE_SUPABASE_URL}, as .env says.`
        : `It uses the stack that already runs.\n${running ? signIns(running) : ""}`,
      stop: async () => guard.close(),
    };
  }
  let app: App | null = null;
  const stack = await startStack(options, {
    log: (line) => console.error(line),
    progress: showProgress,
    onPlanned: (status, guard) => {
      app = start(envOf(status), guard);
    },
    onLost: (problem) => end(1, problem.message),
  });
  try {
    await showProgress("Starting the app", async () => app?.ready);
  } catch (error) {
    await stack.stop();
    throw error;
  }
  return { describe: signIns(stack.status), stop: () => stack.stop() };
}

function envOf(status: StackStatus): Record<string, string> {
  return {
    VITE_SUPABASE_URL: status.apiUrl,
    VITE_SUPABASE_PUBLISHABLE_KEY: status.publishableKey,
    VITE_MAIL_URL: status.mailUrl,
  };
}

function signIns(status: StackStatus): string {
  return `
  Sign in as  admin@northwind.test    administrator of Northwind
              vp@northwind.test       executive
              partners@northwind.test partnership manager
              admin@contoso.test      administrator of another organization
              nobody@example.test     no organization yet
  Password    workspace-demo
  Mail        ${status.mailUrl}
  Database    ${status.dbUrl}`;
}

/** A project named in .env, hosted or run by the official CLI, wins over the embedded stack. */
function projectOfEnv(): Record<string, string> | null {
  const file = join(projectRoot, ".env");
  if (!existsSync(file)) return null;
  const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key } = parseEnv(readFileSync(file, "utf8"));
  if (!url) return null;
  if (!URL.canParse(url))
    throw new Problem(
      `VITE_SUPABASE_URL in .env is not an address: "${url}". It looks like https://<project>.supabase.co.`,
    );
  if (!key)
    throw new Problem(
      "VITE_SUPABASE_PUBLISHABLE_KEY is missing in .env. Copy the publishable key from the project's API settings.",
    );
  return { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key };
}
