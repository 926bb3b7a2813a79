// The statement around a read, write or call: its rows as one body, with counts and what the database set for the answer.

import { RETURNED } from "../plan/read-plan.ts";
import type { Format } from "../request/media-types.ts";
import type { MediaHandler } from "../schema/types.ts";
import { identifier, literal, qualified } from "./text.ts";

const ROWS = "_postgrest_t";

export interface BodyShape {
  /** A function's single value: the column holding it. */
  scalar: boolean;
  /** One value or row, not an array of them. */
  single: boolean;
}

export const ROWS_OF_A_TABLE: BodyShape = { scalar: false, single: false };

export function bodySql(format: Format, shape: BodyShape): string {
  const element = shape.scalar ? `${ROWS}.pgrst_scalar` : ROWS;
  const strip = (json: string, stripped: boolean) => (stripped ? `json_strip_nulls(${json})` : json);
  switch (format.kind) {
    case "csv":
      return csvSql();
    case "object":
      return `coalesce((${strip(`json_agg(${element})->0`, format.stripped)})::text, 'null')`;
    case "geojson":
      return `json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(ST_AsGeoJSON(${ROWS})::json), '[]'))::text`;
    case "custom":
      return customSql(format.handler, shape);
    case "plan":
      return bodySql(format.of, shape);
    default: {
      const stripped = format.kind === "json-stripped";
      return shape.single
        ? `coalesce((${strip(`json_agg(${element})->0`, stripped)})::text, 'null')`
        : `coalesce((${strip(`json_agg(${element})`, stripped)})::text, '[]')`;
    }
  }
}

/** Bytes as hexadecimal digits, since every answer of the database is read as text. */
function customSql({ kind, maker, target, binary }: MediaHandler, { scalar }: BodyShape): string {
  const rows = scalar ? `${ROWS}.pgrst_scalar` : target ? `${ROWS}::${qualified(target)}` : ROWS;
  const made = kind === "domain" ? `(array_agg(${rows}))[1]` : `${qualified(maker)}(${rows})`;
  return `coalesce(${binary ? `encode((${made})::bytea, 'hex')` : `(${made})::text`}, '')`;
}

/** The column names of what is read, then each row as Postgres writes a row's text, which is quoted as CSV is. */
const csvSql = (): string =>
  `coalesce((SELECT string_agg(k, ',') FROM json_object_keys(json_agg(${ROWS})->0) AS k), '') || E'\\n' || coalesce(string_agg(substring(${ROWS}::text, 2, length(${ROWS}::text) - 2), E'\\n'), '')`;

export interface StatementParts {
  /** What pgrst_source holds: the read itself, a write with RETURNING, or a call. */
  source: string;
  /** What is read of it. */
  read: string;
  /** Rows to count for the total, or null for none. */
  count: string | null;
  /** The body's expression, or null when no body is wanted. */
  body: string | null;
  /** Primary key columns for the Location header. */
  locationKeys: string[] | null;
}

export function statementSql({ source, read, count, body, locationKeys }: StatementParts): string {
  return [
    `WITH ${identifier(RETURNED)} AS ( ${source} )`,
    count === null ? "" : `, pgrst_source_count AS ( ${count} )`,
    ` SELECT ${count === null ? "NULL" : "(SELECT pg_catalog.count(*) FROM pgrst_source_count)"} AS total,`,
    ` pg_catalog.count(${ROWS}) AS page_total,`,
    ` ${locationKeys === null ? "NULL" : locationSql(locationKeys)} AS location,`,
    ` ${body ?? "''"} AS body,`,
    " nullif(current_setting('response.headers', true), '') AS response_headers,",
    " nullif(current_setting('response.status', true), '') AS response_status,",
    " nullif(current_setting('pgrst.inserted', true), '') AS inserted",
    ` FROM ( ${read} ) ${ROWS}`,
  ].join("");
}

function locationSql(keys: string[]): string {
  const names = keys.map(literal).join(", ");
  return `CASE WHEN pg_catalog.count(${ROWS}) = 1 THEN (SELECT json_agg(json_build_array(d.key, coalesce('eq.' || d.value, 'is.null'))) FROM (SELECT row_to_json(r) AS row FROM ${identifier(RETURNED)} AS r LIMIT 1) s CROSS JOIN json_each_text(s.row) AS d WHERE d.key IN (${names || "NULL"})) END`;
}
