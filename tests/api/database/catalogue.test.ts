// Plants one violation after the other into a throwaway database, and each must be reported; what is right must not.
import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { catalogueRules, checkCatalogue } from "../../../supabase/local/checks/catalogue.ts";
import { createThrowawayDatabase, type ThrowawayDatabase } from "../../../supabase/local/checks/throwaway-database.ts";
import { stack } from "../../support/stack.ts";
import { livePlantings } from "./plantings/live.ts";
import { policyPlantings } from "./plantings/policies.ts";
import { relationPlantings } from "./plantings/relations.ts";
import { routineAndKeyPlantings } from "./plantings/routines-and-keys.ts";

const defaults = "../../../supabase/migrations/20261121070000_set_default_privileges.sql";
const plantings = [...relationPlantings, ...policyPlantings, ...routineAndKeyPlantings, ...livePlantings];

describe("the catalogue check", () => {
  let database: ThrowawayDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createThrowawayDatabase(stack());
    client = new pg.Client({ connectionString: database.adminDbUrl });
    await client.connect();
    await client.query("set role postgres");
    // The house's defaults, and none of its tables: those here stand for them.
    await client.query(readFileSync(new URL(defaults, import.meta.url), "utf8"));
    await client.query(readFileSync(new URL("rightful-tables.sql", import.meta.url), "utf8"));
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  test("finds nothing wrong with what is right", async () => {
    expect(await checkCatalogue(client)).toEqual([]);
  });

  test.each(plantings)("reports %s", async (_what, rule, object, sql) => {
    await client.query("begin");
    try {
      // The platform's own schemas take storage's tables from their owner only.
      if (sql.includes("storage.")) await client.query("set local role supabase_admin");
      await client.query(sql);
      const found = await checkCatalogue(client);
      expect(found).toContainEqual(expect.objectContaining({ rule, object: expect.stringMatching(object) }));
    } finally {
      await client.query("rollback");
    }
  });

  test("accepts a table without policies when its comment says that it is on purpose", async () => {
    await client.query("begin");
    await client.query("create table private.probe (id integer); alter table private.probe enable row level security");
    await client.query("comment on table private.probe is 'Machinery. No policies on purpose.'");
    const found = await checkCatalogue(client);
    await client.query("rollback");
    expect(found).toEqual([]);
  });

  test("has shown each of its rules to fail", () => {
    const shown = new Set(plantings.map(([, rule]) => rule));
    expect(catalogueRules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });
});
