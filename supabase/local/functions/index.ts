// Stands in for: the Edge Runtime of a hosted project. Serves every folder below supabase/functions in the real Deno, each
// function in a process of its own that starts at the first request and ends when nobody asks any more.
import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, realpathSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Caller, Service } from "../gateway/service.ts";
import type { Tokens } from "../gateway/tokens.ts";
import {
  bootError,
  errorCodeHeaders,
  methodNotAllowed,
  notFound,
  noWebSockets,
  refuse,
  workerError,
} from "./answers.ts";
import { refusalOf } from "./authorize.ts";
import { denoBinary } from "./deno.ts";
import { type FunctionProcess, startFunctionProcess } from "./function-process.ts";
import { BootFailure } from "./launch.ts";
import { hostedLimits, type Limits } from "./limits.ts";
import { createProcesses } from "./processes.ts";
import { type FunctionSettings, isOneshot, readSecrets, settingsOf } from "./settings.ts";
import { trackSources } from "./sources.ts";

interface FunctionsOptions {
  functionsDir: string;
  apiUrl: string;
  dbUrl: string;
  publishableKey: string;
  secretKey: string;
  tokens: Tokens;
  /** supabase/config.toml as parsed: `[edge_runtime]` and `[functions.<name>]`. */
  config: Record<string, unknown>;
  /** Secrets as an operator would set them, where neither config.toml nor .env says otherwise. */
  secrets?: Record<string, string>;
  /** For Deno's cache and the functions' own temporary files. */
  tempDir: string;
  log(line: string): void;
  /** Tighter than hosted, for tests that would otherwise take minutes. */
  limits?: Partial<Limits>;
}

const PREFIX = "/functions/v1/";
const LOCAL_REGION = "local";
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export async function createFunctions(options: FunctionsOptions): Promise<Service> {
  const { config, log, tokens } = options;
  const deno = denoBinary();
  const functionsDir = existsSync(options.functionsDir) ? realpathSync(options.functionsDir) : options.functionsDir;
  const limits: Limits = { ...hostedLimits, ...options.limits };
  const workDir = join(options.tempDir, "work");
  const cacheDir = join(options.tempDir, "deno");
  // What a killed stack has left behind.
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(workDir, { recursive: true });
  const environment = platformEnvironment(options);
  const versionOfSources = trackSources(functionsDir);

  const start = (settings: FunctionSettings, version: number, stopping: AbortSignal): Promise<FunctionProcess> => {
    const executionId = randomUUID();
    return startFunctionProcess({
      deno,
      settings,
      environment: {
        ...options.secrets,
        ...readSecrets(functionsDir, config),
        ...environment,
        SB_EXECUTION_ID: executionId,
        DENO_DEPLOYMENT_ID: `${settings.name}_${version}`,
      },
      readable: [functionsDir, ...packageFolders(functionsDir)],
      tempDir: join(realpathSync(workDir), `${settings.name}-${executionId}`),
      cacheDir,
      limits,
      stopping,
      log,
      oneshot: isOneshot(config),
    });
  };
  const processes = createProcesses(start);

  const answer = async (request: Request, caller: Caller): Promise<Response> => {
    const url = new URL(request.url);
    const path = url.pathname.slice(PREFIX.length - 1);
    const version = versionOfSources();
    const settings = url.pathname.startsWith(PREFIX)
      ? settingsOf(functionsDir, config, path.split("/")[1] ?? "")
      : null;
    if (!settings) return refuse(notFound);
    if (request.headers.has("upgrade")) return refuse(noWebSockets);
    if (!methods.has(request.method)) return refuse(methodNotAllowed);
    if (settings.verifyJwt && request.method !== "OPTIONS") {
      const refusal = await refusalOf(request, tokens);
      if (refusal) return refuse(refusal);
    }
    try {
      const place = await processes.placeIn(settings, version);
      return markServed(await place(request, path + url.search, caller.ip));
    } catch (error) {
      if (error instanceof BootFailure) return refuse(bootError);
      log(`[${settings.name}] ${error instanceof Error ? error.stack : error}`);
      return refuse(workerError, { "x-relay-error": "true" });
    }
  };

  return {
    async handle(request, caller) {
      const response = await answer(request, caller);
      response.headers.set("sb-request-id", randomUUID());
      response.headers.set("x-sb-edge-region", request.headers.get("x-region") ?? LOCAL_REGION);
      return response;
    },
    async close() {
      await processes.close();
      rmSync(workDir, { recursive: true, force: true });
    },
  };
}

function markServed(response: Response): Response {
  response.headers.set("x-served-by", "supabase-edge-runtime");
  if (response.status >= 500 && !response.headers.has("sb-error-code")) {
    for (const [name, value] of Object.entries(errorCodeHeaders("EDGE_FUNCTION_ERROR")))
      response.headers.set(name, value);
  }
  return response;
}

function platformEnvironment(options: FunctionsOptions): Record<string, string> {
  return {
    SUPABASE_URL: options.apiUrl,
    SUPABASE_DB_URL: options.dbUrl,
    SUPABASE_ANON_KEY: options.publishableKey,
    SUPABASE_SERVICE_ROLE_KEY: options.secretKey,
    SUPABASE_PUBLISHABLE_KEYS: JSON.stringify({ default: options.publishableKey }),
    SUPABASE_SECRET_KEYS: JSON.stringify({ default: options.secretKey }),
    SUPABASE_JWKS: JSON.stringify(options.tokens.jwks()),
    SB_REGION: LOCAL_REGION,
  };
}

/** The nearest node_modules above the functions, also under its real name: Deno checks rights on that. */
function packageFolders(from: string): string[] {
  const folder = join(from, "node_modules");
  if (existsSync(folder)) return [...new Set([folder, realpathSync(folder)])];
  return dirname(from) === from ? [] : packageFolders(dirname(from));
}
