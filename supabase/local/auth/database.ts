// The Auth service's connections, all as supabase_auth_admin, and the one way to do several things at once or not at all.
import pg from "pg";

type Row = Record<string, unknown>;

export interface Queries {
  rows<T extends Row>(sql: string, values?: unknown[]): Promise<T[]>;
  /** The first row, or undefined when there is none. */
  row<T extends Row>(sql: string, values?: unknown[]): Promise<T | undefined>;
}

export interface Database extends Queries {
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 5_000;
const DEADLOCK = "40P01";
const MAX_ATTEMPTS = 3;

function queriesOn(source: { query: pg.Pool["query"] }): Queries {
  const rows = async <T extends Row>(sql: string, values: unknown[] = []) => (await source.query<T>(sql, values)).rows;
  return { rows, row: async <T extends Row>(sql: string, values?: unknown[]) => (await rows<T>(sql, values))[0] };
}

export function openDatabase(databaseUrl: string): Database {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 30_000,
    application_name: "auth",
  });
  // An idle connection breaks when Postgres restarts; the pool drops it and opens another one for the next request.
  pool.on("error", () => undefined);

  return {
    ...queriesOn(pool),
    async transaction(work) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await attemptTransaction(work);
        } catch (error) {
          // Two that waited for each other: Postgres has ended one of them, which may simply begin again.
          if (!(error instanceof pg.DatabaseError && error.code === DEADLOCK && attempt < MAX_ATTEMPTS)) throw error;
        }
      }
    },
    close: () => pool.end(),
  };

  async function attemptTransaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    // Without a listener, a connection that dies while it is checked out would end the whole process.
    const remember = (error: Error) => {
      broken = error;
    };
    client.on("error", remember);
    try {
      await client.query("begin");
      const result = await work(queriesOn(client));
      await client.query("commit");
      return result;
    } catch (error) {
      await client.query("rollback").catch(remember);
      throw error;
    } finally {
      client.off("error", remember);
      client.release(broken);
    }
  }
}
