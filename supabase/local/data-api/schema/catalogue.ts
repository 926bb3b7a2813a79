// The catalogue queries' answers, as they come.
import type { QualifiedName } from "./types.ts";

export interface TableRow {
  oid: string;
  schema: string;
  name: string;
  is_view: boolean;
  /** Bits, by the number of the event: 2 updates, 3 inserts, 4 deletes. */
  writable: number;
  description: string | null;
  columns: {
    number: number;
    name: string;
    type: string;
    base_type: string;
    nullable: boolean;
    default: string | null;
    representations: Representations | null;
    description: string | null;
    enum: string[];
    max_length: number | null;
  }[];
  primary_key: string[];
}

interface Representations {
  to_json?: QualifiedName;
  from_json?: QualifiedName;
  from_text?: QualifiedName;
}

export interface MediaHandlerRow {
  media_type: string;
  is_binary: boolean;
  is_aggregate: boolean;
  target_schema: string | null;
  target_name: string | null;
  maker_schema: string;
  maker_name: string;
}

export interface ForeignKeyRow {
  constraint: string;
  table_oid: string;
  foreign_oid: string;
  columns: [string, string][];
  one_to_one: boolean;
}

export interface RoutineRow {
  schema: string;
  name: string;
  description: string | null;
  parameters: { name: string; type: string; required: boolean; variadic: boolean }[];
  composite: boolean;
  returns_set: boolean;
  returns_void: boolean;
  table_schema: string | null;
  table_name: string | null;
  volatile: boolean;
  config: string[];
}

export interface ComputedRow {
  schema: string;
  name: string;
  table_schema: string;
  table_name: string;
  foreign_schema: string;
  foreign_name: string;
  to_one: boolean;
}

export interface Catalogue {
  tables: TableRow[];
  foreignKeys: ForeignKeyRow[];
  viewRules: { oid: string; rule: string }[];
  routines: RoutineRow[];
  computed: ComputedRow[];
  mediaHandlers: MediaHandlerRow[];
  roles: { role: string; config: string[]; allowed: string[] }[];
  ownConfig: string[];
}

/** A view's columns by the table column behind them: table oid and column name to the view's column names. */
export type ViewColumns = Map<string, Map<string, Map<string, string[]>>>;

export function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
