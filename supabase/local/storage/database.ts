// Each request is one transaction under its caller's role, so that the policies on storage.objects decide and nothing here does.
import pg from "pg";
import type { Identity } from "./identity.ts";

type Row = Record<string, unknown>;

export interface Queries {
  rows<T extends Row>(sql: string, values?: unknown[]): Promise<T[]>;
}

export interface Session {
  identity: Identity;
  /** As the platform calls it, such as storage.object.upload; policies may ask for it. */
  operation: string;
  request: Request;
}

export interface Database {
  /** Past every policy, for what the service itself has to know: the limits of a bucket. */
  asService: Queries;
  /** Under the caller's role; with `deletes` the service vouches that it takes the files along. */
  as<T>(session: Session, work: (queries: Queries) => Promise<T>, options?: { deletes?: boolean }): Promise<T>;
  /** Whether it would be allowed: done and taken back. Throws what the database says. */
  wouldAllow(session: Session, work: (queries: Queries) => Promise<unknown>): Promise<void>;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT = "8s";

export function openDatabase(databaseUrl: string): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    application_name: "storage",
  });
  // An idle connection breaks when Postgres restarts; the pool drops it and opens another one for the next request.
  pool.on("error", () => undefined);

  async function within<T>(
    settings: [string, string][],
    ending: "commit" | "rollback",
    work: (q: Queries) => Promise<T>,
  ) {
    const client = await pool.connect();
    let broken: Error | undefined;
    const remember = (error: Error) => {
      broken = error;
    };
    client.on("error", remember);
    try {
      const set = settings.map(
        ([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`,
      );
      await client.query(`begin;\nselect ${set.join(", ")}`);
      const result = await work(queriesOn(client));
      await client.query(ending);
      return result;
    } catch (error) {
      await client.query("rollback").catch(remember);
      throw error;
    } finally {
      client.off("error", remember);
      client.release(broken);
    }
  }

  return {
    asService: queriesOn(pool),
    as: (session, work, { deletes = false } = {}) => within(settingsOf(session, deletes), "commit", work),
    wouldAllow: async (session, work) => {
      await within(settingsOf(session, false), "rollback", work);
    },
    close: () => pool.end(),
  };
}

function queriesOn(source: { query: pg.Pool["query"] }): Queries {
  return {
    rows: async <T extends Row>(sql: string, values: unknown[] = []) => (await source.query<T>(sql, values)).rows,
  };
}

/** The role comes last of what Postgres itself reads, so that its settings are made with the rights of this service. */
function settingsOf({ identity, operation, request }: Session, deletes: boolean): [string, string][] {
  return [
    ["statement_timeout", STATEMENT_TIMEOUT],
    ["role", identity.role],
    ["request.jwt.claims", JSON.stringify(identity.claims)],
    ["request.method", request.method],
    ["request.path", new URL(request.url).pathname],
    ["request.headers", JSON.stringify(Object.fromEntries(request.headers))],
    ["storage.operation", operation],
    ["storage.allow_delete_query", String(deletes)],
  ];
}
