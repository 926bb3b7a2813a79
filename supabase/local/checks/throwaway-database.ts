// A database like a hosted project's before its first migration, on the server that is there, for one piece of work.
import { randomUUID } from "node:crypto";
import { withClient } from "../migrate.ts";
import { applyPlatform } from "../platform/index.ts";

export interface DatabaseUrls {
  /** As `postgres`. */
  dbUrl: string;
  /** As `supabase_admin`. */
  adminDbUrl: string;
}

export interface ThrowawayDatabase extends DatabaseUrls {
  drop(): Promise<void>;
}

export async function createThrowawayDatabase(server: DatabaseUrls): Promise<ThrowawayDatabase> {
  const name = `throwaway_${randomUUID().replaceAll("-", "")}`;
  const adminDbUrl = urlOf(server.adminDbUrl, name);
  const drop = async () => {
    await withClient(server.adminDbUrl, (admin) => admin.query(`drop database ${name} with (force)`));
  };
  await withClient(server.adminDbUrl, (admin) => admin.query(`create database ${name}`));
  try {
    await withClient(server.adminDbUrl, async (admin) => {
      // Roles belong to the whole server: two databases prepared at once would alter the same ones.
      await admin.query("select pg_catalog.pg_advisory_lock(pg_catalog.hashtext('throwaway database'))");
      await applyPlatform(adminDbUrl);
    });
  } catch (error) {
    await drop();
    throw error;
  }
  return { dbUrl: urlOf(server.dbUrl, name), adminDbUrl, drop };
}

export async function withThrowawayDatabase<T>(
  server: DatabaseUrls,
  work: (database: DatabaseUrls) => Promise<T>,
): Promise<T> {
  const database = await createThrowawayDatabase(server);
  try {
    return await work(database);
  } finally {
    await database.drop();
  }
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}
