// The description of the API at its root (OpenAPI 2.0): what the asking role may reach, and nothing else.
import type { Identity } from "./authentication.ts";
import { type Context, transactionOf } from "./context.ts";
import { contentType, negotiate } from "./request/media-types.ts";
import { toResponse } from "./respond.ts";
import type { Column, Routine, SchemaCache, Table } from "./schema/types.ts";
import { literal } from "./sql/text.ts";

type Json = Record<string, unknown>;

export async function describeApi(context: Context, identity: Identity): Promise<Response> {
  const { cache, schema, database, request } = context;
  const can = { plan: false, openapi: true, custom: () => undefined };
  const format = negotiate(request.headers.get("accept"), can);
  const transaction = transactionOf(context, {
    readOnly: true,
    estimate: null,
    statement: accessSql(identity.role, schema),
  });
  const outcome = await database.run(transaction, () => "commit");
  const access: { tables: Record<string, string[]>; functions: string[]; description: string | null } = JSON.parse(
    outcome.body,
  );
  const document = documentOf(
    cache,
    schema,
    new Map(Object.entries(access.tables)),
    new Set(access.functions),
    access.description,
  );
  const headers: [string, string][] = [["Content-Type", contentType(format)]];
  if (context.schemaNegotiated) headers.push(["Content-Profile", schema]);
  return toResponse({ status: 200, headers, body: JSON.stringify(document) }, request.method);
}

/** Tables with the methods that the role's privileges allow, and the functions it may execute. */
function accessSql(role: string, schema: string): string {
  const may = (privilege: string) => `has_any_column_privilege(${literal(role)}, c.oid, '${privilege}')`;
  return `select 0 as page_total, json_build_object(
    'description', obj_description(${literal(schema)}::regnamespace, 'pg_namespace'),
    'tables', (select coalesce(json_object_agg(c.relname, array_remove(array[
        case when ${may("SELECT")} then 'get' end, case when ${may("INSERT")} then 'post' end,
        case when ${may("UPDATE")} then 'patch' end,
        case when has_table_privilege(${literal(role)}, c.oid, 'DELETE') then 'delete' end], null)), '{}')
      from pg_class c where c.relnamespace = ${literal(schema)}::regnamespace and c.relkind in ('r', 'v', 'm', 'f', 'p')
        and (${may("SELECT, INSERT, UPDATE")} or has_table_privilege(${literal(role)}, c.oid, 'DELETE'))),
    'functions', (select coalesce(json_agg(distinct p.proname), '[]') from pg_proc p
      where p.pronamespace = ${literal(schema)}::regnamespace and has_function_privilege(${literal(role)}, p.oid, 'EXECUTE'))
  )::text as body`;
}

function documentOf(
  cache: SchemaCache,
  schema: string,
  access: Map<string, string[]>,
  functions: Set<string>,
  description: string | null,
): Json {
  const tables = [...cache.tables.values()]
    .filter((table) => table.schema === schema && access.has(table.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const routines = [...cache.routines.values()]
    .flatMap(([routine]) => (routine && routine.schema === schema && functions.has(routine.name) ? [routine] : []))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    swagger: "2.0",
    info: { title: "standard public schema", description: description ?? "", version: "13.0.7" },
    host: "localhost",
    basePath: "/",
    schemes: ["http"],
    consumes: MEDIA_TYPES,
    produces: MEDIA_TYPES,
    paths: Object.fromEntries([
      [
        "/",
        {
          get: {
            tags: ["Introspection"],
            summary: "OpenAPI description (this document)",
            produces: ["application/openapi+json", "application/json"],
            responses: { 200: { description: "OK" } },
          },
        },
      ],
      ...tables.map((table) => [`/${table.name}`, tablePath(table, access.get(table.name) ?? [])]),
      ...routines.map((routine) => [`/rpc/${routine.name}`, routinePath(routine)]),
    ]),
    definitions: Object.fromEntries(tables.map((table) => [table.name, definition(cache, table)])),
    parameters: Object.fromEntries([...COMMON_PARAMETERS, ...tables.flatMap(tableParameters)]),
  };
}

const MEDIA_TYPES = [
  "application/json",
  "application/vnd.pgrst.object+json;nulls=stripped",
  "application/vnd.pgrst.object+json",
  "text/csv",
];

const reference = (name: string): Json => ({ $ref: `#/parameters/${name}` });

function tablePath(table: Table, methods: string[]): Json {
  const filters = [...table.columns.keys()].map((column) => reference(`rowFilter.${table.name}.${column}`));
  const common = { tags: [table.name], ...summaryOf(table.description) };
  const rows = { description: "OK", schema: { type: "array", items: { $ref: `#/definitions/${table.name}` } } };
  const operations: Record<string, Json> = {
    get: {
      parameters: [
        ...filters,
        ...["select", "order", "range", "rangeUnit", "offset", "limit", "preferCount"].map(reference),
      ],
      responses: { 200: rows, 206: { description: "Partial Content" } },
    },
    post: {
      parameters: [reference(`body.${table.name}`), reference("select"), reference("preferPost")],
      responses: { 201: { description: "Created" } },
    },
    patch: {
      parameters: [...filters, reference(`body.${table.name}`), reference("preferReturn")],
      responses: { 204: { description: "No Content" } },
    },
    delete: { parameters: [...filters, reference("preferReturn")], responses: { 204: { description: "No Content" } } },
  };
  return Object.fromEntries(methods.map((method) => [method, { ...common, ...operations[method] }]));
}

function summaryOf(text: string | null): Json {
  if (text === null) return {};
  const [summary = "", ...rest] = text.split("\n");
  return { summary, ...(rest.length > 0 && { description: rest.join("\n").trim() }) };
}

function routinePath(routine: Routine): Json {
  const common = {
    tags: [`(rpc) ${routine.name}`],
    ...summaryOf(routine.description),
    produces: MEDIA_TYPES,
    responses: { 200: { description: "OK" } },
  };
  const properties = routine.parameters.map(({ name, type }) => [name, typeOf(type)]);
  const required = routine.parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const body = { type: "object", properties: Object.fromEntries(properties), ...(required.length > 0 && { required }) };
  const post = {
    ...common,
    parameters: [{ name: "args", in: "body", required: true, schema: body }, reference("preferParams")],
  };
  if (routine.volatile) return { post };
  const query = routine.parameters.map(({ name, type, required: needed }) => ({
    name,
    in: "query",
    required: needed,
    ...typeOf(type),
  }));
  return { get: { ...common, parameters: query }, post };
}

const NUMBER_TYPES = ["real", "double precision", "numeric"];
const INTEGER_TYPES = ["smallint", "integer", "bigint"];

function typeOf(format: string): Json {
  if (format.endsWith("[]")) return { type: "array", format, items: { type: plainType(format.slice(0, -2)) } };
  const type = plainType(format);
  return type === undefined ? { format } : { type, format };
}

function plainType(format: string): string | undefined {
  if (INTEGER_TYPES.includes(format)) return "integer";
  if (NUMBER_TYPES.includes(format)) return "number";
  if (format === "boolean") return "boolean";
  return format === "json" || format === "jsonb" ? undefined : "string";
}

function definition(cache: SchemaCache, table: Table): Json {
  const required = [...table.columns.values()].filter(
    (column) => !column.nullable && column.defaultExpression === null,
  );
  return {
    ...(table.description !== null && { description: table.description }),
    type: "object",
    ...(required.length > 0 && { required: required.map(({ name }) => name) }),
    properties: Object.fromEntries(
      [...table.columns.values()].map((column) => [column.name, property(cache, table, column)]),
    ),
  };
}

function property(cache: SchemaCache, table: Table, column: Column): Json {
  const key = table.primaryKey.includes(column.name) ? "Note:\nThis is a Primary Key.<pk/>" : null;
  const relationships = cache.relationships.get(`${table.schema}\u0000${table.name}`) ?? [];
  const foreign = relationships.find(
    (candidate) =>
      candidate.kind === "key" &&
      !candidate.isParent &&
      candidate.junction === null &&
      candidate.foreignTable.schema === table.schema &&
      candidate.columns.length === 1 &&
      candidate.columns[0]?.[0] === column.name,
  );
  const target = foreign?.kind === "key" ? foreign.columns[0]?.[1] : undefined;
  const link =
    foreign && target
      ? `Note:\nThis is a Foreign Key to \`${foreign.foreignTable.name}.${target}\`.<fk table='${foreign.foreignTable.name}' column='${target}'/>`
      : null;
  const description = [column.description, key, link].filter((part) => part !== null).join("\n\n");
  return {
    ...(description !== "" && { description }),
    ...(column.defaultExpression !== null && { default: column.defaultExpression.replace(/^'(.*)'::.*$/s, "$1") }),
    ...(column.enumValues.length > 0 && { enum: column.enumValues }),
    ...(column.maxLength !== null && { maxLength: column.maxLength }),
    ...typeOf(column.baseType),
  };
}

function tableParameters(table: Table): [string, Json][] {
  const body = { name: table.name, in: "body", required: false, schema: { $ref: `#/definitions/${table.name}` } };
  const filters = [...table.columns.values()].map((column): [string, Json] => [
    `rowFilter.${table.name}.${column.name}`,
    {
      name: column.name,
      in: "query",
      required: false,
      type: "string",
      ...(column.description !== null && { description: column.description }),
    },
  ]);
  return [[`body.${table.name}`, body], ...filters];
}

const inQuery = (name: string, description: string): Json => ({
  name,
  in: "query",
  description,
  required: false,
  type: "string",
});
const inHeader = (name: string, description: string, more: Json = {}): Json => ({
  name,
  in: "header",
  description,
  required: false,
  type: "string",
  ...more,
});

const COMMON_PARAMETERS: [string, Json][] = [
  ["select", inQuery("select", "Filtering Columns")],
  ["order", inQuery("order", "Ordering")],
  ["offset", inQuery("offset", "Limiting and Pagination")],
  ["limit", inQuery("limit", "Limiting and Pagination")],
  ["range", inHeader("Range", "Limiting and Pagination")],
  ["rangeUnit", inHeader("Range-Unit", "Limiting and Pagination", { default: "items" })],
  ["preferCount", inHeader("Prefer", "Preference", { enum: ["count=none"] })],
  [
    "preferReturn",
    inHeader("Prefer", "Preference", { enum: ["return=representation", "return=minimal", "return=none"] }),
  ],
  ["preferParams", inHeader("Prefer", "Preference", { enum: ["params=single-object"] })],
  [
    "preferPost",
    inHeader("Prefer", "Preference", {
      enum: [
        "return=representation",
        "return=minimal",
        "return=none",
        "resolution=ignore-duplicates",
        "resolution=merge-duplicates",
      ],
    }),
  ],
];
