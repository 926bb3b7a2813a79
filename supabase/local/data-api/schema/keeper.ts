// Keeps the schema cache in step with the database: loads it, listens for `notify pgrst`, and loads it again.
import { Client, type QueryResult } from "pg";
import { schemaCacheUnavailable } from "../errors.ts";
import { buildSchemaCache } from "./build.ts";
import type { Catalogue } from "./catalogue.ts";
import {
  COMPUTED_RELATIONSHIPS,
  FOREIGN_KEYS,
  mediaHandlersOf,
  OWN_CONFIG,
  ROLES,
  routinesOf,
  TABLES,
  VIEW_RULES,
} from "./introspection.ts";
import type { SchemaCache } from "./types.ts";

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

export interface SchemaKeeper {
  /** The current cache, once a load that is under way has ended. */
  current(): Promise<SchemaCache>;
  /** Learns of every change committed before this call; true when the cache is another one than `known`. */
  hasNewer(known: SchemaCache): Promise<boolean>;
  isTimezone(name: string): Promise<boolean>;
  close(): Promise<void>;
}

export async function createSchemaKeeper(databaseUrl: string, schemas: readonly string[]): Promise<SchemaKeeper> {
  let client: Client;
  let cache: SchemaCache | null = null;
  let loading: Promise<void> | null = null;
  let loadAgain = false;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;
  let timezones: Promise<Set<string>> | null = null;

  async function connect(): Promise<void> {
    const own = new Client({
      connectionString: databaseUrl,
      application_name: "data-api schema cache",
      keepAlive: true,
    });
    let changed = false;
    let ended = false;
    own.on("notification", ({ payload }) => {
      if (payload !== "" && payload !== "reload schema" && payload !== "reload config") return;
      if (own === client) reload();
      else changed = true;
    });
    own.on("error", () => {});
    own.once("end", () => {
      ended = true;
      if (!closed && own === client) reconnect(FIRST_RETRY_MS);
    });
    try {
      await own.connect();
      // Listening starts before the load, so no change can slip in between.
      await own.query("listen pgrst");
      do {
        changed = false;
        cache = await load(own, schemas);
      } while (changed);
      client = own;
      if (ended) throw new Error("The connection ended while the schema was read.");
    } catch (error) {
      await own.end().catch(() => {});
      throw error;
    }
  }

  function reconnect(delay: number): void {
    retry = setTimeout(() => {
      const attempt = connect().catch(() => {
        if (!closed) reconnect(Math.min(delay * 2, LAST_RETRY_MS));
      });
      loading = attempt.finally(() => {
        loading = null;
      });
    }, delay);
  }

  function reload(): void {
    if (loading) {
      loadAgain = true;
      return;
    }
    loading = load(client, schemas)
      .then((loaded) => {
        cache = loaded;
      })
      // Either the connection is gone, and the reconnect loads anew, or it must be free for the next load.
      .catch(async () => {
        await client.query("rollback").catch(() => {});
      })
      .finally(() => {
        loading = null;
        if (loadAgain) {
          loadAgain = false;
          reload();
        }
      });
  }

  await connect();
  return {
    async current() {
      while (loading) await loading;
      if (!cache) throw schemaCacheUnavailable();
      return cache;
    },
    async hasNewer(known) {
      // Postgres delivers waiting notifications before it answers this.
      await client.query("select 1").catch(() => {});
      while (loading) await loading;
      return cache !== known;
    },
    async isTimezone(name) {
      timezones ??= client
        .query<{ name: string }>("select name from pg_timezone_names")
        .then(({ rows }) => new Set(rows.map((row) => row.name)));
      try {
        return (await timezones).has(name);
      } catch {
        timezones = null;
        return false;
      }
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      await loading;
      await client.end().catch(() => {});
    },
  };
}

/** One value, as every catalogue query returns it. */
function catalogueValue<T>(result: QueryResult<{ value: string }> | undefined): T {
  return JSON.parse(result?.rows[0]?.value ?? "[]");
}

async function load(client: Client, defaultSchemas: readonly string[]): Promise<SchemaCache> {
  const ownConfig = catalogueValue<string[]>(await client.query<{ value: string }>(OWN_CONFIG));
  const exposed = ownConfig.findLast((setting) => setting.startsWith("pgrst.db_schemas="));
  const schemas = exposed ? splitList(exposed.slice(exposed.indexOf("=") + 1)) : defaultSchemas;
  const queries = [
    TABLES,
    FOREIGN_KEYS,
    VIEW_RULES,
    routinesOf(schemas),
    COMPUTED_RELATIONSHIPS,
    ROLES,
    mediaHandlersOf(schemas),
  ];
  const text = ["begin read only", "set local search_path = ''", ...queries, "commit"].join(";\n");
  // Several statements in one message are answered by an array of results.
  const answer: unknown = await client.query(text);
  const results: QueryResult<{ value: string }>[] = Array.isArray(answer) ? answer.slice(2, -1) : [];
  const catalogue: Catalogue = {
    tables: catalogueValue(results[0]),
    foreignKeys: catalogueValue(results[1]),
    viewRules: catalogueValue(results[2]),
    routines: catalogueValue(results[3]),
    computed: catalogueValue(results[4]),
    roles: catalogueValue(results[5]),
    mediaHandlers: catalogueValue(results[6]),
    ownConfig,
  };
  return buildSchemaCache(catalogue);
}

export const splitList = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
