// A throwaway database with a world in it, made worse by one mutant after the other: which ones does the suite notice?
import pg from "pg";
import { createThrowawayDatabase, type DatabaseUrls } from "../../supabase/local/checks/throwaway-database.ts";
import { pushMigrations } from "../../supabase/local/migrate.ts";
import { decisivePermissions } from "./access-matrix.ts";
import { type CheckName, findBreach } from "./access-suite.ts";
import { generateMutants, type Mutant } from "./mutants.ts";
import { askWith } from "./owner.ts";
import type { Ground } from "./sql-call.ts";
import { openSqlSession } from "./sql-session.ts";
import { prepareTargets } from "./targets.ts";
import { buildWorld } from "./world.ts";

export interface Verdict {
  mutant: Mutant;
  /** What the suite noticed; null when the mutant lived. */
  noticed: string | null;
}

export interface Hunt {
  mutants: Mutant[];
  /** What the suite says of the database as it is: nothing, or something is wrong with either. */
  sound(): Promise<string | null>;
  judge(mutant: Mutant): Promise<Verdict>;
  close(): Promise<void>;
}

class MutantFault extends Error {}

export async function openHunt(server: DatabaseUrls): Promise<Hunt> {
  const database = await createThrowawayDatabase(server);
  await pushMigrations(database.dbUrl);
  const client = new pg.Client({ connectionString: database.dbUrl });
  await client.connect();
  const ask = askWith(client);
  const world = await buildWorld(ask, { permissions: decisivePermissions });
  const { a, b } = world.organizations;
  const ground: Ground = { world, targets: { a: await prepareTargets(ask, a), b: await prepareTargets(ask, b) } };
  const mutants = await generateMutants(ask);

  const examine = async (sql: string, likely?: CheckName, about?: string) => {
    await client.query("begin");
    try {
      // What cannot be made worse in this way is a fault of the mutant, not something that the checks noticed.
      await client.query(sql).catch((error: Error) => {
        throw new MutantFault(`${error.message}: ${sql}`);
      });
      return await findBreach(openSqlSession(client), ground, likely, about);
    } catch (error) {
      if (error instanceof MutantFault) throw error;
      return error instanceof Error ? error.message : String(error);
    } finally {
      await client.query("rollback");
    }
  };
  return {
    mutants,
    sound: () => examine("select 1"),
    judge: async (mutant) => ({ mutant, noticed: await examine(mutant.sql, mutant.likely, mutant.about) }),
    async close() {
      await client.end();
      await database.drop();
    },
  };
}
