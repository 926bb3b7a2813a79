// Brings up everything a hosted project gives this product, in one process beside Postgres, and takes it down in order.
import { existsSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { anchorFile, anchorKeyOf, createAnchorStore } from "./anchor.ts";
import { createAuth } from "./auth/index.ts";
import { createDataApi } from "./data-api/index.ts";
import { createFunctions } from "./functions/index.ts";
import { closeServer, listen } from "./gateway/http.ts";
import { createGateway } from "./gateway/index.ts";
import { createTokens, publicPartOf } from "./gateway/tokens.ts";
import { type Guard, startGuard } from "./guard.ts";
import { loadSecrets } from "./keys.ts";
import { createMailbox } from "./mail/index.ts";
import { applySeed, hasPendingMigrations, pushMigrations } from "./migrate.ts";
import type { StackOptions } from "./options.ts";
import { applyPlatform, keepPartitions, platformVersion } from "./platform/index.ts";
import { choosePort } from "./ports.ts";
import { startPostgres } from "./postgres/server.ts";
import { codeOf, Problem } from "./problem.ts";
import type { Progress } from "./progress.ts";
import { startRealtime } from "./realtime/index.ts";
import { holdDataDir, publishStatus, type StackStatus } from "./running.ts";
import { startScheduler } from "./scheduler/index.ts";
import { projectRoot, readConfig, table } from "./settings.ts";
import { createStorage } from "./storage/index.ts";

export interface Stack {
  status: StackStatus;
  guard: Guard;
  stop(): Promise<void>;
}

export interface StackHooks {
  log(line: string): void;
  progress: Progress;
  /** Called as soon as it is known where everything will be, before it is there. */
  onPlanned?(status: StackStatus, guard: Guard): void;
  /** Called when the stack cannot go on; it has already been stopped. */
  onLost(problem: Problem): void;
}

/** Addresses of files follow the rights of rows: what was revoked opens nothing a minute later, whoever asked for how long. */
const MAX_SIGNED_SECONDS = 60;
const NEEDED_BYTES = 300 * 1024 * 1024;

export async function startStack(options: StackOptions, hooks: StackHooks): Promise<Stack> {
  const { dataDir } = options;
  // What has been started so far, to be stopped in the opposite order: at the end, or when a later part fails.
  const started: (() => Promise<void> | void)[] = [];
  const stop = async () => {
    for (let part = started.pop(); part; part = started.pop()) await part();
  };

  try {
    started.push(holdDataDir(dataDir));
    refuseFullDisk(dataDir);
    const secrets = await loadSecrets(dataDir);
    const taken = new Set<number>();
    const apiPort = await choosePort({ name: "API", flag: "--api-port", ...options.api }, taken, hooks.log);
    const dbPort = await choosePort({ name: "database", flag: "--db-port", ...options.db }, taken, hooks.log);
    const appPort = options.app.port;

    const urlAs = (role: string, password: string) =>
      `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${dbPort}/postgres`;
    const status: StackStatus = {
      apiUrl: `http://127.0.0.1:${apiPort}`,
      dbUrl: urlAs("postgres", secrets.passwords.postgres),
      adminDbUrl: urlAs("supabase_admin", secrets.adminPassword),
      publishableKey: secrets.keys.publishable,
      secretKey: secrets.keys.secret,
      mailUrl: `http://127.0.0.1:${apiPort}/mail`,
      appUrl: `http://localhost:${appPort}`,
    };

    const guard = startGuard();
    started.push(() => guard.close());
    hooks.onPlanned?.(status, guard);
    const lost = (problem: Problem) => void stop().then(() => hooks.onLost(problem));
    const postgres = await hooks.progress("Starting Postgres", () =>
      startPostgres({
        dataDir,
        port: dbPort,
        adminPassword: secrets.adminPassword,
        guard,
        log: hooks.log,
        onLost: lost,
      }),
    );
    started.push(() => postgres.stop());

    const versionFile = join(dataDir, "platform-version");
    if (!existsSync(versionFile) || readFileSync(versionFile, "utf8") !== platformVersion()) {
      await hooks.progress("Preparing the database", () => applyPlatform(status.adminDbUrl, secrets.passwords));
      writeFileSync(versionFile, platformVersion());
    } else await keepPartitions(status.adminDbUrl);
    if (await hasPendingMigrations(status.dbUrl))
      await hooks.progress("Applying migrations", () => pushMigrations(status.dbUrl));
    if (options.seed) await hooks.progress("Seeding", () => applySeed(status.dbUrl));

    const config = readConfig();
    const tokens = await createTokens(secrets.signingKey);
    const realtime = startRealtime({
      databaseUrl: urlAs("supabase_realtime_admin", secrets.passwords.supabase_realtime_admin),
      publicKey: publicPartOf(secrets.signingKey),
      dataDir,
      guard,
      log: hooks.log,
    });
    started.push(() => realtime.close());
    const mailbox = createMailbox();
    const dataApi = await createDataApi({
      databaseUrl: urlAs("authenticator", secrets.passwords.authenticator),
      tokens,
      ...apiSettings(config),
    });
    started.push(() => dataApi.close());
    const auth = await createAuth({
      databaseUrl: urlAs("supabase_auth_admin", secrets.passwords.supabase_auth_admin),
      tokens,
      apiUrl: status.apiUrl,
      config: authSettings(config, appPort),
      sendMail: (mail) => mailbox.send(mail),
    });
    started.push(() => auth.close());
    const storage = createStorage({
      databaseUrl: urlAs("supabase_storage_admin", secrets.passwords.supabase_storage_admin),
      tokens,
      projectSecret: secrets.keys.secret,
      folder: join(dataDir, "storage"),
      maxSignedSeconds: MAX_SIGNED_SECONDS,
      fileSizeLimit: table(config, "storage").file_size_limit,
    });
    started.push(() => storage.close());
    const functions = await createFunctions({
      functionsDir: join(projectRoot, "supabase/functions"),
      apiUrl: status.apiUrl,
      dbUrl: status.dbUrl,
      publishableKey: secrets.keys.publishable,
      secretKey: secrets.keys.secret,
      tokens,
      config,
      secrets: functionSecrets(status),
      tempDir: join(dataDir, "functions"),
      log: hooks.log,
    });
    started.push(() => functions.close());

    const anchors = createAnchorStore(anchorFile(dataDir), anchorKeyOf(status.secretKey));
    const gateway = createGateway({
      keys: secrets.keys,
      services: {
        "/rest/v1": dataApi,
        "/auth/v1": auth,
        "/storage/v1": storage,
        "/functions/v1": functions,
        "/realtime/v1": realtime,
      },
      open: { "/mail": (request) => mailbox.handle(request), "/anchors": (request) => anchors.handle(request) },
      websocket: { path: "/realtime/v1/websocket", upgrade: realtime.upgrade },
    });
    const server = await listenOn(gateway, apiPort);
    started.push(() => closeServer(server));
    const scheduler = startScheduler({
      dbUrl: status.dbUrl,
      functions: { url: `${status.apiUrl}/functions/v1`, secretKey: status.secretKey },
      log: hooks.log,
    });
    started.push(() => scheduler.stop());

    publishStatus(dataDir, status);
    return { status, guard, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listenOn(gateway: ReturnType<typeof createGateway>, port: number) {
  try {
    return await listen(gateway.fetch, port, gateway.upgrade);
  } catch (error) {
    if (codeOf(error) === "EADDRINUSE")
      throw new Problem(
        `Port ${port}, wanted for the API, was taken by another program just now. Start again, or choose another with --api-port.`,
      );
    throw error;
  }
}

function apiSettings(config: Record<string, unknown>) {
  const api = table(config, "api");
  return {
    schemas: stringsOf(api.schemas, ["public"]),
    extraSearchPath: stringsOf(api.extra_search_path, ["public", "extensions"]),
    maxRows: typeof api.max_rows === "number" ? api.max_rows : 1000,
  };
}

// The app may run on another port than the file says: links in mails must lead to the app that runs.
function authSettings(config: Record<string, unknown>, appPort: number): Record<string, unknown> {
  const auth = table(config, "auth");
  return {
    ...auth,
    site_url: `http://localhost:${appPort}`,
    additional_redirect_urls: [
      ...stringsOf(auth.additional_redirect_urls, []),
      `http://localhost:${appPort}/**`,
      `http://127.0.0.1:${appPort}/**`,
    ],
  };
}

/** What an operator sets on a hosted project: where the app is, and who sends mail. Here that is the mail reader. */
function functionSecrets({ appUrl, mailUrl, apiUrl, secretKey }: StackStatus): Record<string, string> {
  return {
    ANCHOR_URL: `${apiUrl}/anchors`,
    ANCHOR_KEY: anchorKeyOf(secretKey),
    SITE_URL: appUrl,
    MAIL_API_URL: mailUrl,
    MAIL_API_KEY: "the mail reader takes any key",
    MAIL_FROM: "Partner workspace <no-reply@localhost>",
  };
}

function stringsOf(value: unknown, otherwise: string[]): string[] {
  return Array.isArray(value) ? value.map(String) : otherwise;
}

function refuseFullDisk(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize < NEEDED_BYTES)
    throw new Problem(
      `The disk that holds ${dataDir} has only ${Math.floor((bavail * bsize) / 1024 / 1024)} MB left; the stack needs 300 MB. Free some space, or choose another folder with --data-dir.`,
    );
}
