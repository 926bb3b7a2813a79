// INSERT, UPDATE and DELETE over a JSON payload, returning what the rest of the request reads.
import type { Filter, LogicTree } from "../request/filters.ts";
import type { Payload } from "../request/payload.ts";
import type { Column, Table } from "../schema/types.ts";
import { conditionSql } from "./conditions.ts";
import { identifier, literal, qualified } from "./text.ts";

export interface Conflict {
  resolution: "merge-duplicates" | "ignore-duplicates";
  columns: string[];
}

interface WriteBase {
  table: Table;
  /** Columns to return, `*` for all; none means a plain marker for each row. */
  returning: string[];
}

interface BodyWrite extends WriteBase {
  payload: Payload;
  columns: Column[];
  /** Prefer: missing=default. */
  useDefaults: boolean;
}

type Conditions = (Filter | LogicTree)[];

const column = (table: Table, name: string): string => `${qualified(table)}.${name === "*" ? "*" : identifier(name)}`;

const returningSql = ({ table, returning }: WriteBase): string =>
  `RETURNING ${returning.length === 0 ? "1" : returning.map((name) => column(table, name)).join(", ")}`;

/** Counts the rows that were inserted and not merged, for the status of an upsert. */
const counted = (step: "+" | "-", unreachable: number): string =>
  `set_config('pgrst.inserted', (coalesce(nullif(current_setting('pgrst.inserted', true), '')::int, 0) ${step} 1)::text, true) <> '${unreachable}'`;

export function insertSql(write: BodyWrite & { conflict: Conflict | null; putConditions: Conditions }): string {
  const { table, columns, conflict, putConditions } = write;
  const merge = conflict?.resolution === "merge-duplicates";
  const names = columns.map(({ name }) => identifier(name)).join(", ");
  const body = { reference: identifier("pgrst_body"), table: undefined };
  const conditions = [
    ...(merge ? [counted("+", 0)] : []),
    ...putConditions.map((condition) => conditionSql(body, condition, noEmbeds)),
  ];
  return [
    `INSERT INTO ${qualified(table)}${names ? `(${names})` : ""} `,
    bodyRows(write, { select: true, onlyFirst: false }),
    conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "",
    conflict && conflict.columns.length > 0 ? onConflictSql(conflict, columns) : "",
    ` ${returningSql(write)}`,
  ].join("");
}

function onConflictSql(conflict: Conflict, columns: Column[]): string {
  const target = ` ON CONFLICT(${conflict.columns.map(identifier).join(", ")}) DO `;
  if (conflict.resolution === "ignore-duplicates" || columns.length === 0) return `${target}NOTHING`;
  const assignments = columns.map(({ name }) => `${identifier(name)} = EXCLUDED.${identifier(name)}`);
  return `${target}UPDATE SET ${assignments.join(", ")} WHERE ${counted("-", -1)}`;
}

export function updateSql(write: BodyWrite & { conditions: Conditions }): string {
  const { table, columns } = write;
  // Nothing to set: an empty result that still has the columns the rest of the request names.
  if (columns.length === 0) {
    const shown = write.returning.length === 0 ? "1" : write.returning.map((name) => column(table, name)).join(", ");
    return `SELECT ${shown} FROM ${qualified(table)} WHERE false`;
  }
  const assignments = columns.map((given) => `${identifier(given.name)} = ${fromBody(given)}`);
  return `UPDATE ${qualified(table)} SET ${assignments.join(", ")} ${bodyRows(write, { select: false, onlyFirst: true })}${whereSql(table, write.conditions)} ${returningSql(write)}`;
}

export function deleteSql(write: WriteBase & { conditions: Conditions }): string {
  return `DELETE FROM ${qualified(write.table)}${whereSql(write.table, write.conditions)} ${returningSql(write)}`;
}

function whereSql(table: Table, conditions: Conditions): string {
  const scope = { reference: qualified(table), table };
  return conditions.length === 0
    ? ""
    : ` WHERE ${conditions.map((condition) => conditionSql(scope, condition, noEmbeds)).join(" AND ")}`;
}

// A write's own filters never reach into embedded resources.
const noEmbeds = (): string => "TRUE";

function fromBody({ name, fromJson }: Column): string {
  const given = `pgrst_body.${identifier(name)}`;
  return fromJson ? `${qualified(fromJson)}(${given})` : given;
}

/** The payload as rows named pgrst_body, each column read as its declared type. */
function bodyRows({ payload, columns, useDefaults }: BodyWrite, mode: { select: boolean; onlyFirst: boolean }): string {
  const names = columns.map(fromBody).join(", ");
  const typed = columns.map(({ name, type, fromJson }) => ({ name: identifier(name), type: fromJson ? "json" : type }));
  const record = recordsetSql(payload, typed, useDefaults ? defaultsOf(columns) : null, mode.onlyFirst);
  return `${mode.select ? `SELECT ${names} ` : ""}FROM ${record}`;
}

function defaultsOf(columns: Column[]): string {
  const pairs = columns.flatMap(({ name, defaultExpression }) =>
    defaultExpression === null ? [] : [`${literal(name)}, ${defaultExpression}`],
  );
  return `jsonb_build_object(${pairs.join(", ")})`;
}

export function recordsetSql(
  payload: { text: string; isObject: boolean },
  columns: { name: string; type: string }[],
  defaults: string | null,
  onlyFirst: boolean,
): string {
  const { isObject } = payload;
  const prefix = defaults === null ? "json" : "jsonb";
  const source = `(SELECT ${literal(payload.text)}::${prefix} AS json_data) pgrst_payload, `;
  let data = "pgrst_payload.json_data";
  let merged = "";
  if (defaults !== null) {
    merged = isObject
      ? `LATERAL (SELECT ${defaults} || pgrst_payload.json_data AS val) pgrst_json_defs, `
      : `LATERAL (SELECT coalesce(jsonb_agg(${defaults} || elem), '[]') AS val FROM jsonb_array_elements(pgrst_payload.json_data) elem) pgrst_json_defs, `;
    data = "pgrst_json_defs.val";
  }
  const rows =
    columns.length === 0
      ? isObject
        ? "(VALUES(1)) _"
        : `${prefix}_array_elements(${data}) _`
      : `${prefix}_to_record${isObject ? "" : "set"}(${data}) AS _(${columns.map(({ name, type }) => `${name} ${type}`).join(", ")})`;
  const selected = columns.map(({ name }) => name).join(", ");
  return `${source}${merged}LATERAL (SELECT ${selected} FROM ${rows}${onlyFirst ? " LIMIT 1" : ""}) pgrst_body`;
}
