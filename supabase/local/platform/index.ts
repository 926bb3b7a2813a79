// Makes a bare Postgres look like a hosted project's database before its first migration.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { projectRoot } from "../settings.ts";

const parts = [
  "platform/roles.sql",
  "platform/schemas.sql",
  "auth/schema.sql",
  "storage/schema.sql",
  "platform/realtime.sql",
];

/** Roles that log in, each with a password of its own; generated once per data directory. */
export interface RolePasswords {
  postgres: string;
  authenticator: string;
  supabase_auth_admin: string;
  supabase_storage_admin: string;
  supabase_realtime_admin: string;
}

function platformSql(): string {
  return parts.map((part) => readFileSync(join(projectRoot, "supabase/local", part), "utf8")).join("\n");
}

/** Changes when any part of the platform's SQL does: the stack applies it again only then. */
export function platformVersion(): string {
  return createHash("sha256").update(platformSql()).digest("hex");
}

/** Partitions are made three days ahead; a stack that rested for longer makes them before anything can write. */
export async function keepPartitions(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("select realtime.keep_partitions()");
  } finally {
    await client.end();
  }
}

/** Applies the platform to the database that `adminUrl` names, as supabase_admin, in one transaction. */
export async function applyPlatform(adminUrl: string, passwords?: RolePasswords): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("begin");
    await client.query(platformSql());
    // Statements that name a password must not be kept where other roles can read them.
    await client.query("set local pg_stat_statements.track = 'none'");
    for (const [role, password] of Object.entries(passwords ?? {}))
      await client.query(`alter role ${client.escapeIdentifier(role)} password ${client.escapeLiteral(password)}`);
    await client.query("commit");
  } finally {
    await client.end();
  }
}
