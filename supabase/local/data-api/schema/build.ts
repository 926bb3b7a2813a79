// From the catalogue's answers to the schema cache.
import {
  type Catalogue,
  type ComputedRow,
  groupBy,
  type MediaHandlerRow,
  type RoutineRow,
  type TableRow,
  type ViewColumns,
} from "./catalogue.ts";
import { relationshipsOf } from "./relationships.ts";
import {
  type Column,
  type ComputedRelationship,
  type MediaHandler,
  nameKey,
  type Parameter,
  type Routine,
  type SchemaCache,
  type Table,
} from "./types.ts";
import { type Origin, originsOf } from "./view-columns.ts";

export function buildSchemaCache(catalogue: Catalogue): SchemaCache {
  const byOid = new Map(catalogue.tables.map((row) => [row.oid, toTable(row)]));
  const viewColumns = viewColumnsOf(catalogue);
  addViewKeys(byOid, viewColumns);
  const tables = new Map([...byOid.values()].map((table) => [nameKey(table), table]));
  return {
    tables,
    routines: groupBy(catalogue.routines.map(toRoutine), nameKey),
    relationships: relationshipsOf(byOid, catalogue.foreignKeys, viewColumns, catalogue.computed.map(toComputed)),
    mediaHandlers: catalogue.mediaHandlers.map(toMediaHandler),
    roles: new Map(catalogue.roles.map((row) => [row.role, roleSettings(row.config, row.allowed)])),
    config: new Map(catalogue.ownConfig.map((setting) => pairOf(setting.slice("pgrst.".length)))),
  };
}

function pairOf(setting: string): [string, string] {
  const equals = setting.indexOf("=");
  return [setting.slice(0, equals), setting.slice(equals + 1)];
}

function toTable(row: TableRow): Table {
  const columns = row.columns.map((column): [string, Column] => [
    column.name,
    {
      name: column.name,
      type: column.type,
      baseType: column.base_type,
      nullable: column.nullable,
      defaultExpression: column.default,
      toJson: column.representations?.to_json ?? null,
      fromJson: column.representations?.from_json ?? null,
      fromText: column.representations?.from_text ?? null,
      description: column.description,
      enumValues: column.enum,
      maxLength: column.max_length,
    },
  ]);
  return {
    schema: row.schema,
    name: row.name,
    isView: row.is_view,
    takes: {
      updates: (row.writable & 4) !== 0,
      inserts: (row.writable & 8) !== 0,
      deletes: (row.writable & 16) !== 0,
    },
    description: row.description,
    columns: new Map(columns),
    primaryKey: row.primary_key,
  };
}

const UNBOUNDED: Record<string, string> = {
  bit: "bit varying",
  "bit[]": "bit varying[]",
  character: "character varying",
  "character[]": "character varying[]",
};

function toRoutine(row: RoutineRow): Routine {
  const settings = row.config.map(pairOf);
  return {
    schema: row.schema,
    name: row.name,
    description: row.description,
    parameters: row.parameters.map(
      (parameter): Parameter => ({ ...parameter, recordType: UNBOUNDED[parameter.type] ?? parameter.type }),
    ),
    returns: {
      composite: row.composite,
      set: row.returns_set,
      void: row.returns_void,
      table:
        row.table_schema !== null && row.table_name !== null
          ? { schema: row.table_schema, name: row.table_name }
          : null,
    },
    volatile: row.volatile,
    isolation: settings.find(([name]) => name === "default_transaction_isolation")?.[1] ?? null,
    // Postgres applies a function's own settings once it runs; a timeout must be set before the statement starts.
    settings: settings.filter(([name]) => name === "statement_timeout"),
  };
}

function toComputed(row: ComputedRow): ComputedRelationship {
  return {
    kind: "computed",
    table: { schema: row.table_schema, name: row.table_name },
    foreignTable: { schema: row.foreign_schema, name: row.foreign_name },
    function: { schema: row.schema, name: row.name },
    toOne: row.to_one,
  };
}

const toMediaHandler = (row: MediaHandlerRow): MediaHandler => ({
  target:
    row.target_schema !== null && row.target_name !== null
      ? { schema: row.target_schema, name: row.target_name }
      : null,
  mediaType: row.media_type,
  kind: row.is_aggregate ? "aggregate" : "domain",
  maker: { schema: row.maker_schema, name: row.maker_name },
  binary: row.is_binary,
});

function roleSettings(config: string[], allowed: string[]) {
  const pairs = config.map(pairOf);
  const settable = new Set(allowed);
  return {
    settings: pairs.filter(([name]) => settable.has(name) && name !== "default_transaction_isolation"),
    isolation: pairs.find(([name]) => name === "default_transaction_isolation")?.[1]?.toLowerCase() ?? null,
  };
}

function viewColumnsOf({ tables, viewRules }: Catalogue): ViewColumns {
  const rows = new Map(tables.map((table) => [table.oid, table]));
  const origins = new Map(viewRules.map(({ oid, rule }) => [oid, originsOf(rule)]));
  // A view over a view: on to the table behind both.
  const resolve = (origin: Origin): Origin | null => {
    let current: Origin | undefined = origin;
    while (current && origins.has(current.relation)) current = origins.get(current.relation)?.get(current.column);
    return current ?? null;
  };
  const result: ViewColumns = new Map();
  for (const [viewOid, viewOrigins] of origins) {
    const byTable = new Map<string, Map<string, string[]>>();
    for (const [number, origin] of viewOrigins) {
      const base = resolve(origin);
      const column = base && rows.get(base.relation)?.columns.find((candidate) => candidate.number === base.column);
      const own = rows.get(viewOid)?.columns.find((candidate) => candidate.number === number);
      if (!base || !column || !own) continue;
      const columns = byTable.get(base.relation) ?? new Map<string, string[]>();
      byTable.set(base.relation, columns);
      columns.set(column.name, [...(columns.get(column.name) ?? []), own.name]);
    }
    result.set(viewOid, byTable);
  }
  return result;
}

/** A view that shows a table's whole primary key has that key too. */
function addViewKeys(tables: Map<string, Table>, viewColumns: ViewColumns): void {
  for (const [viewOid, byTable] of viewColumns) {
    const view = tables.get(viewOid);
    if (!view) continue;
    for (const [tableOid, columns] of byTable) {
      const key = tables.get(tableOid)?.primaryKey ?? [];
      if (key.length === 0 || !key.every((name) => columns.has(name))) continue;
      view.primaryKey.push(...key.flatMap((name) => columns.get(name)?.[0] ?? []));
    }
  }
}
