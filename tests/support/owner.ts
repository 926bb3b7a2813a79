// The database as its owner sees it, past every policy: to prepare, and to prove afterwards what happened.
import pg from "pg";
import { stack } from "./stack.ts";

export type Ask = <T extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<T[]>;

export interface Owner {
  ask: Ask;
  /** Several statements on one connection of their own. */
  withConnection<T>(work: (client: pg.Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function askWith(client: pg.ClientBase | pg.Pool): Ask {
  return async <T extends pg.QueryResultRow>(sql: string, values: unknown[] = []) =>
    (await client.query<T>(sql, values)).rows;
}

export function openOwner(dbUrl = stack().dbUrl): Owner {
  const pool = new pg.Pool({ connectionString: dbUrl, max: 4 });
  return {
    ask: askWith(pool),
    async withConnection(work) {
      const client = new pg.Client({ connectionString: dbUrl });
      await client.connect();
      try {
        return await work(client);
      } finally {
        await client.end();
      }
    },
    close: () => pool.end(),
  };
}
