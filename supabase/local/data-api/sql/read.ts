// A tree of read nodes as one SELECT: each embedded resource is a lateral subquery that ends in JSON.
import { type EmbedCheck, hasOwnAggregates, type ReadNode, relatedNode } from "../plan/read-plan.ts";
import type { FieldItem } from "../request/fields.ts";
import type { RowRange } from "../request/ranges.ts";
import { conditionSql, fieldSql, orderColumn, orderSql, type Scope, scopeOf, shownSql } from "./conditions.ts";
import { identifier, qualified } from "./text.ts";

interface Output {
  sql: string;
  name: string;
  /** Part of GROUP BY when others are aggregated. */
  grouping: boolean;
}

const ROWS_FOUND = identifier("pgrst_rows");

export function readSql(node: ReadNode): string {
  const outputs = [
    ...node.fields.map((item) => fieldOutput(scopeOf(node), item)),
    ...node.children.flatMap(childOutputs),
  ];
  const columns = outputs.map(({ sql, name }) => (name === "*" ? sql : `${sql} AS ${identifier(name)}`));
  const joins = node.children.map(joinSql);
  const order = node.order.map((term, index) => {
    if (term.relation === null) return orderSql(fieldSql(scopeOf(node), term.field), term);
    const child = relatedNode(node, term.relation);
    // Grouped rows can only be ordered by what they are grouped by: a column the spread selects.
    if (child.spread && hasOwnAggregates(node))
      return orderSql(`${identifier(child.aggregateAlias)}.${identifier(term.field.name)}`, term);
    const alias = identifier(`${child.aggregateAlias}_order_${index}`);
    joins.push(` LEFT JOIN LATERAL (${orderedBy(child, term.field)}) AS ${alias} ON TRUE`);
    return orderSql(`${alias}.${orderColumn(0)}`, term);
  });
  return [
    `SELECT ${columns.join(", ")} FROM ${node.source}${joins.join("")}`,
    whereSql([...joinConditions(node), ...ownConditions(node, embedded)]),
    groupBySql(node, outputs),
    order.length > 0 ? ` ORDER BY ${order.join(", ")}` : "",
    rangeSql(node.range),
  ].join("");
}

const rangeSql = ({ limit, offset }: RowRange): string =>
  `${limit === null ? "" : ` LIMIT ${limit}`}${offset === 0 ? "" : ` OFFSET ${offset}`}`;

const whereSql = (conditions: string[]): string => (conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "");

const ownConditions = (node: ReadNode, check: (check: EmbedCheck) => string): string[] =>
  node.conditions.map((condition) => conditionSql(scopeOf(node), condition, check));

function groupBySql(node: ReadNode, outputs: Output[]): string {
  if (!hasOwnAggregates(node)) return "";
  const terms = outputs.flatMap(({ grouping }, index) => (grouping ? [String(index + 1)] : []));
  return terms.length > 0 ? ` GROUP BY ${terms.join(", ")}` : "";
}

/** The name a selected column gets: its alias, the last key of its json path, or its own. */
function outputName({ alias, aggregate, field }: FieldItem): string {
  if (alias !== null) return alias;
  if (aggregate) return aggregate;
  const keys = field.path.flatMap(({ key }) => (typeof key === "string" ? [key] : []));
  return keys.at(-1) ?? field.name;
}

function plainSql(scope: Scope, item: FieldItem): string {
  const sql = item.aggregate ? fieldSql(scope, item.field) : shownSql(scope, item.field);
  return item.cast ? `CAST( ${sql} AS ${item.cast} )` : sql;
}

function aggregated(item: FieldItem, sql: string): string {
  const call = item.field.name === "*" ? "COUNT(*)" : `${(item.aggregate ?? "").toUpperCase()}(${sql})`;
  return item.aggregateCast ? `CAST( ${call} AS ${item.aggregateCast} )` : call;
}

function fieldOutput(scope: Scope, item: FieldItem): Output {
  const sql = plainSql(scope, item);
  const name = outputName(item);
  return item.aggregate ? { sql: aggregated(item, sql), name, grouping: false } : { sql, name, grouping: true };
}

const isEmpty = (node: ReadNode): boolean => node.fields.length === 0 && node.children.every(isEmpty);

function childOutputs(child: ReadNode): Output[] {
  if (isEmpty(child)) return [];
  const alias = identifier(child.aggregateAlias);
  if (!child.spread) {
    const sql = child.toOne ? `row_to_json(${alias}.*)::jsonb` : `COALESCE(${alias}.${alias}, '[]')`;
    return [{ sql, name: child.label, grouping: true }];
  }
  if (!child.toOne) {
    return outputNames(child).map((name) => {
      const column = `${alias}.${identifier(name)}`;
      return { sql: `COALESCE(${column}, '[]')`, name, grouping: true };
    });
  }
  const hoisted = new Map(child.fields.map((item) => [outputName(item), item]));
  return outputNames(child).map((name) => {
    if (name === "*") return { sql: `${alias}.*`, name, grouping: true };
    const column = `${alias}.${identifier(name)}`;
    const item = hoisted.get(name);
    return item?.aggregate
      ? { sql: aggregated(item, column), name, grouping: false }
      : { sql: column, name, grouping: true };
  });
}

function outputNames(node: ReadNode): string[] {
  const own = node.fields.map(outputName);
  if (own.includes("*")) return ["*"];
  return [
    ...own,
    ...node.children
      .filter((child) => !isEmpty(child))
      .flatMap((child) => (child.spread ? outputNames(child) : [child.label])),
  ];
}

/** A spread to-one resource leaves its aggregates to the parent and delivers only what they work on. */
function withoutAggregates(node: ReadNode): ReadNode {
  if (!node.spread || !node.toOne) return node;
  const fields = node.fields
    .filter((item) => item.aggregate === null || item.field.name !== "*")
    .map((item) => ({ ...item, alias: item.aggregate ? outputName(item) : item.alias, aggregate: null }));
  return { ...node, fields };
}

function joinSql(child: ReadNode): string {
  const alias = identifier(child.aggregateAlias);
  const verb = child.join === "inner" ? " INNER" : " LEFT";
  const inner = readSql(withoutAggregates(child));
  if (child.toOne) return `${verb} JOIN LATERAL ( ${inner} ) AS ${alias} ON TRUE`;
  if (child.spread) {
    const arrays = outputNames(child).map(
      (name) => `json_agg(${alias}.${identifier(name)})::jsonb AS ${identifier(name)}`,
    );
    const columns = [...arrays, `count(*) AS ${ROWS_FOUND}`].join(", ");
    const on = child.join === "inner" ? `${alias}.${ROWS_FOUND} > 0` : "TRUE";
    return `${verb} JOIN LATERAL ( SELECT ${columns} FROM ( ${inner} ) AS ${alias} ) AS ${alias} ON ${on}`;
  }
  const on = child.join === "inner" ? `${alias} IS NOT NULL` : "TRUE";
  return `${verb} JOIN LATERAL ( SELECT json_agg(${alias})::jsonb AS ${alias} FROM ( ${inner} ) AS ${alias} ) AS ${alias} ON ${on}`;
}

/** The related row again, reduced to the column that orders: it need not be selected to be ordered by. */
function orderedBy(child: ReadNode, field: FieldItem["field"]): string {
  const joins = child.children.map(joinSql).join("");
  const conditions = [...joinConditions(child), ...ownConditions(child, embedded)];
  return `SELECT ${fieldSql(scopeOf(child), field)} AS ${orderColumn(0)} FROM ${child.source}${joins}${whereSql(conditions)} LIMIT 1`;
}

function joinConditions(node: ReadNode): string[] {
  const { relationship, reference, parentReference } = node;
  if (relationship?.kind !== "key") return [];
  const { junction, columns } = relationship;
  const equal = (left: string, leftColumn: string, right: string, rightColumn: string) =>
    `${left}.${identifier(leftColumn)} = ${right}.${identifier(rightColumn)}`;
  if (!junction) return columns.map(([own, other]) => equal(reference, other, parentReference, own));
  const through = qualified(junction.table);
  return [
    ...junction.source.map(([own, joined]) => equal(through, joined, parentReference, own)),
    ...junction.target.map(([own, joined]) => equal(through, joined, reference, own)),
  ];
}

function embedded({ child, isNull }: EmbedCheck): string {
  const alias = identifier(child.aggregateAlias);
  if (child.spread && !child.toOne) return `${alias}.${ROWS_FOUND} ${isNull ? "=" : ">"} 0`;
  return `${alias} IS ${isNull ? "NOT " : ""}DISTINCT FROM NULL`;
}

/** One row for each row the request could page through; embedded resources only where they leave rows out. */
export function countSql(node: ReadNode): string {
  const exists = ({ child, isNull }: EmbedCheck) => `${isNull ? "NOT " : ""}EXISTS ( ${countSql(child)} )`;
  const required = node.children
    .filter((child) => child.join === "inner")
    .map((child) => `EXISTS ( ${countSql(child)} )`);
  return `SELECT 1 FROM ${node.source}${whereSql([...joinConditions(node), ...ownConditions(node, exists), ...required])}`;
}
