// Tells a signed-in person whether the product's backend is well: which versions run, how far the database has been migrated,
// how much work is waiting.
import { type Caller, callerOf, signInFirst } from "../_shared/auth.ts";
import { json, preflight } from "../_shared/cors.ts";
import { errorResponse, FunctionError, methodNotAllowed } from "../_shared/errors.ts";

/** What public.stack_health() answers. */
interface DatabaseHealth {
  database: string;
  migrations_applied: number;
  latest_migration: string | null;
  jobs_waiting: number;
}

/** As supabase-js reports a call of a Postgres function. */
export interface DatabaseAnswer {
  data: DatabaseHealth | null;
  error: { code: string; message: string } | null;
  status: number;
}

interface Health {
  /** "degraded" when the database did not answer in time: what it alone knows is then null. */
  status: "ok" | "degraded";
  checkedAt: string;
  versions: { database: string | null; runtime: string; product: string };
  migrations: { applied: number | null; latest: string | null };
  jobs: { waiting: number | null };
}

export interface HealthDependencies {
  askDatabase(caller: Caller, signal: AbortSignal): Promise<DatabaseAnswer>;
  versions: { runtime: string; product: string };
  now(): Date;
  /** How long the database may take before the answer is "degraded". */
  timeoutMs: number;
}

const methods = ["GET", "POST"] as const;

export function createHealthHandler(dependencies: HealthDependencies): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === "OPTIONS") return preflight(methods);
    try {
      if (!methods.some((method) => method === request.method)) throw methodNotAllowed(methods);
      const health = await healthFor(callerOf(request), dependencies);
      return json(health, 200, { "cache-control": "no-store" });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

async function healthFor(caller: Caller, dependencies: HealthDependencies): Promise<Health> {
  const { versions, now } = dependencies;
  const database = await databaseHealth(caller, dependencies);
  return {
    status: database ? "ok" : "degraded",
    checkedAt: now().toISOString(),
    versions: { database: database?.database ?? null, ...versions },
    migrations: { applied: database?.migrations_applied ?? null, latest: database?.latest_migration ?? null },
    jobs: { waiting: database?.jobs_waiting ?? null },
  };
}

/** Null when the database cannot say; an error when it refuses to tell this caller. */
async function databaseHealth(caller: Caller, dependencies: HealthDependencies): Promise<DatabaseHealth | null> {
  const { askDatabase, timeoutMs } = dependencies;
  const timeout = AbortSignal.timeout(timeoutMs);
  const tooLate = new Promise<null>((resolve) => timeout.addEventListener("abort", () => resolve(null)));
  const answered = askDatabase(caller, timeout).catch((error: unknown) => {
    if (!timeout.aborted) console.error("The database could not be asked:", error);
    return null;
  });
  const answer = await Promise.race([answered, tooLate]);
  if (!answer) return null;
  if (!answer.error) return answer.data;
  if (answer.status === 401) throw signInFirst();
  if (answer.status === 403) throw new FunctionError(403, "not_allowed", "You may not see the state of the system.");
  if (!timeout.aborted) console.error("The database did not tell its health:", answer.error);
  return null;
}
