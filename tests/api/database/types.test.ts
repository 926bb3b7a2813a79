// The app's types of the database drift when a migration lands without `npm run types`: that must be seen.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { compareTypes, generateTypes } from "../../../supabase/local/checks/types.ts";
import { withClient } from "../../../supabase/local/migrate.ts";
import { stack } from "../../support/stack.ts";

const folder = mkdtempSync(join(tmpdir(), "partner-workspace-types-"));
const file = join(folder, "database.types.ts");
let database: ThrowawayDatabase;
let kept: string;

beforeAll(async () => {
  database = await createThrowawayDatabase(stack());
  await withClient(database.dbUrl, (client) =>
    client.query("create table public.probe (id bigint primary key, name text)"),
  );
  kept = await generateTypes(database.dbUrl);
  writeFileSync(file, kept);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

test("types that were generated from the same database are up to date", async () => {
  expect(kept).toMatch(/^export type Json = [\s\S]*"probe"[\s\S]*"name": string \| null[\s\S]*as const\n$/);
  expect(compareTypes(await generateTypes(database.dbUrl), file).ok).toBe(true);
});

test("a column that was added since is drift", async () => {
  await withClient(database.dbUrl, (client) => client.query("alter table public.probe add added_column boolean"));
  const { ok, output } = compareTypes(await generateTypes(database.dbUrl), file);
  expect(ok).toBe(false);
  expect(output).toMatch(/Run "npm run types"[\s\S]*needs.*added_column/);
});

test("types that were never generated are drift", () => {
  expect(compareTypes(kept, join(folder, "missing.ts")).ok).toBe(false);
});

test("a database that does not answer is an error, not an empty file", async () => {
  await expect(generateTypes(`${database.dbUrl}_which_is_not_there`)).rejects.toThrow(/could not be generated/);
});
