// What the project's configuration says, under what `alter role authenticator set pgrst.…` says, as on a hosted project.

import { splitList } from "./schema/keeper.ts";
import type { SchemaCache } from "./schema/types.ts";
import { identifier } from "./sql/text.ts";

export interface Defaults {
  schemas: string[];
  extraSearchPath: string[];
  maxRows: number;
}

export interface Settings extends Defaults {
  aggregatesEnabled: boolean;
  planEnabled: boolean;
  /** How transactions end, and whether `Prefer: tx=` may say otherwise. */
  rollsBack: boolean;
  allowsTransactionEnd: boolean;
  /** A function that runs before each request and may refuse it. */
  preRequest: string | null;
}

/** `schema.name` or `name`, as it is written in the setting; anything else is no function's name. */
function preRequestOf(given: string | undefined): string | null {
  const parts = given?.split(".").map((part) => part.trim().replace(/^"(.*)"$/, "$1")) ?? [];
  return parts.length > 0 && parts.length < 3 && parts.every((part) => part !== "")
    ? parts.map(identifier).join(".")
    : null;
}

const known = new WeakMap<SchemaCache, Settings>();

export function settingsOf(cache: SchemaCache, defaults: Defaults): Settings {
  const found = known.get(cache);
  if (found) return found;
  const { config } = cache;
  const text = (name: string) => config.get(name)?.trim();
  const names = (name: string, otherwise: string[]) => {
    const given = text(name);
    return given === undefined ? otherwise : splitList(given);
  };
  const isTrue = (name: string) => ["true", "on", "1", "yes"].includes(text(name)?.toLowerCase() ?? "");
  const end = text("db_tx_end") ?? "commit";
  const maxRows = Number(text("db_max_rows") ?? Number.NaN);
  const settings: Settings = {
    schemas: names("db_schemas", defaults.schemas),
    extraSearchPath: names("db_extra_search_path", defaults.extraSearchPath),
    maxRows: Number.isInteger(maxRows) && maxRows > 0 ? maxRows : defaults.maxRows,
    aggregatesEnabled: isTrue("db_aggregates_enabled"),
    planEnabled: isTrue("db_plan_enabled"),
    rollsBack: end.startsWith("rollback"),
    preRequest: preRequestOf(text("db_pre_request")),
    allowsTransactionEnd: end.endsWith("allow-override"),
  };
  known.set(cache, settings);
  return settings;
}
