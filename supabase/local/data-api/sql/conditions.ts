// Filters, orders and columns of one node as SQL.
import type { EmbedCheck, NodeCondition, ReadNode } from "../plan/read-plan.ts";
import type { Field, JsonStep } from "../request/fields.ts";
import type { Comparison, Filter, OrderTerm } from "../request/filters.ts";
import type { Column, Table } from "../schema/types.ts";
import { arrayLiteral, identifier, literal, qualified } from "./text.ts";

/** Where columns are looked up: how they are addressed, and their types as far as known. */
export interface Scope {
  reference: string;
  table: Table | undefined;
}

export function fieldSql({ reference, table }: Scope, { name, path }: Field): string {
  if (name === "*") return `${reference}.*`;
  const column = `${reference}.${identifier(name)}`;
  if (path.length === 0) return column;
  const type = table?.columns.get(name)?.baseType;
  const isJson = type === undefined || type === "json" || type === "jsonb";
  return `${isJson ? column : `to_jsonb(${column})`}${path.map(stepSql).join("")}`;
}

const stepSql = ({ asText, key }: JsonStep): string =>
  `${asText ? "->>" : "->"}${typeof key === "number" ? `(${key})` : literal(key)}`;

/** The column whose domain's casts apply: they know whole values, not what lies inside one. */
const wholeColumn = ({ table }: Scope, { name, path }: Field): Column | undefined =>
  path.length === 0 ? table?.columns.get(name) : undefined;

/** A field as it is shown, which a domain's cast to json may change. */
export function shownSql(scope: Scope, field: Field): string {
  const toJson = wholeColumn(scope, field)?.toJson;
  const sql = fieldSql(scope, field);
  return toJson ? `${qualified(toJson)}(${sql})` : sql;
}

function filterSql(scope: Scope, { field, negated, comparison }: Filter): string {
  const text = comparisonSql(scope, field, comparison);
  return negated ? `NOT ${text}` : text;
}

const PATTERNS = ["LIKE", "ILIKE", "~", "~*"];
const IS_SQL = { null: "NULL", not_null: "NOT NULL", true: "TRUE", false: "FALSE", unknown: "UNKNOWN" };

function comparisonSql(scope: Scope, field: Field, comparison: Comparison): string {
  const column = fieldSql(scope, field);
  const fromText = wholeColumn(scope, field)?.fromText;
  const given = (text: string) => (fromText ? `${qualified(fromText)}(${literal(text)}::text)` : literal(text));
  switch (comparison.kind) {
    case "simple": {
      const { operator, quantifier, value } = comparison;
      if (quantifier) return `${column} ${operator} ${quantifier.toUpperCase()}(${literal(value)})`;
      return `${column} ${operator} ${PATTERNS.includes(operator) ? literal(value) : given(value)}`;
    }
    case "in":
      if (fromText && comparison.values.length > 0)
        return `${column} = ANY (ARRAY[${comparison.values.map(given).join(", ")}])`;
      return `${column} = ANY (${comparison.values.length === 0 ? "'{}'" : arrayLiteral(comparison.values)})`;
    case "is":
      return `${column} IS ${IS_SQL[comparison.value]}`;
    case "distinct":
      return `${column} IS DISTINCT FROM ${given(comparison.value)}`;
    case "search": {
      const language = comparison.language ? `${literal(comparison.language)}, ` : "";
      const type = scope.table?.columns.get(field.name)?.baseType;
      const vector = type === undefined || type === "tsvector" ? column : `to_tsvector(${language}${column})`;
      return `${vector} @@ ${comparison.parser}(${language}${literal(comparison.value)})`;
    }
  }
}

/** `embedded` says how to ask whether anything is embedded: it differs between reading and counting. */
export function conditionSql(scope: Scope, condition: NodeCondition, embedded: (check: EmbedCheck) => string): string {
  if (condition.kind === "filter") return filterSql(scope, condition);
  if (condition.kind === "embed-check") return embedded(condition);
  const parts = condition.parts.map((part) => conditionSql(scope, part, embedded));
  return `${condition.negated ? "NOT " : ""}(${parts.join(condition.operator === "and" ? " AND " : " OR ")})`;
}

export const orderSql = (expression: string, { direction, nulls }: OrderTerm): string =>
  `${expression}${direction ? ` ${direction.toUpperCase()}` : ""}${nulls ? ` NULLS ${nulls.toUpperCase()}` : ""}`;

/** How a related column that only orders is called in its own subquery. */
export const orderColumn = (index: number): string => identifier(`pgrst_order_${index}`);

export const scopeOf = (node: ReadNode): Scope => ({ reference: node.reference, table: node.table });
