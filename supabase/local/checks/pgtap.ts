// pgTAP for the length of a test run. Its SQL files lie inside an npm package and are read there: the server's own folder of
// extensions stays untouched, so `create extension pgtap` cannot find it and the runner installs it by script.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type pg from "pg";
import { projectRoot } from "../settings.ts";

const archive = "node_modules/@electric-sql/pglite-pgtap/dist/pgtap.tar.gz";
const VERSION = "1.3.5";
const BLOCK = 512;

/**
 * Into `extensions`, where `supabase test db` puts it. By the superuser, as a hosted project does for extensions: made by
 * `postgres`, the functions would be closed to the roles that tests become.
 */
export async function installPgTap(admin: pg.Client): Promise<void> {
  // An earlier run that was killed has left its functions, or a part of them.
  await removePgTap(admin);
  await runInExtensions(admin, fileInArchive(`pgtap--${VERSION}.sql`));
}

export async function removePgTap(admin: pg.Client): Promise<void> {
  await runInExtensions(admin, fileInArchive("uninstall_pgtap.sql"));
}

async function runInExtensions(admin: pg.Client, sql: string): Promise<void> {
  await admin.query(
    `begin; set local search_path = extensions; set local client_min_messages = warning; ${sql}\n; commit`,
  );
}

/** A tar archive is a row of 512-byte headers (name at 0, size in octal at 124), each followed by its file in whole blocks. */
function fileInArchive(name: string): string {
  const tar = gunzipSync(readFileSync(join(projectRoot, archive)));
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const path = textAt(tar, at, 100);
    const size = Number.parseInt(textAt(tar, at + 124, 12), 8) || 0;
    if (path.endsWith(`/${name}`)) return tar.toString("utf8", at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error(`${archive} holds no ${name}.`);
}

function textAt(buffer: Buffer, start: number, length: number): string {
  const text = buffer.toString("utf8", start, start + length);
  return text.split("\0", 1)[0] ?? "";
}
