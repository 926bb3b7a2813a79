// From a parsed request to a tree of what is read: one node for the resource and one for each embedded one.
import { aggregatesNotAllowed, badEmbedFilter, notEmbedded, relatedOrderNotToOne } from "../errors.ts";
import { type EmbedItem, type FieldItem, type SelectItem, STAR } from "../request/fields.ts";
import type { Condition, Filter, Located, OrderTerm } from "../request/filters.ts";
import type { Query } from "../request/query.ts";
import { ALL_ROWS, capped, type RowRange } from "../request/ranges.ts";
import {
  isToOne,
  nameKey,
  type QualifiedName,
  type Relationship,
  type SchemaCache,
  type Table,
} from "../schema/types.ts";
import { identifier, qualified } from "../sql/text.ts";
import { findRelationship } from "./find-relationship.ts";

export interface EmbedCheck {
  kind: "embed-check";
  child: ReadNode;
  isNull: boolean;
}

export type NodeCondition =
  | Filter
  | EmbedCheck
  | { kind: "logic"; operator: "and" | "or"; negated: boolean; parts: NodeCondition[] };

export interface ReadNode {
  /** How the request names it: the alias, else the name. */
  label: string;
  /** The name of the table (or, for relationships, what the request called the target). */
  name: string;
  /** The table it reads; its columns' types are known when the cache has it. */
  relation: QualifiedName;
  table: Table | undefined;
  /** What stands behind FROM, and how its columns are addressed. */
  source: string;
  reference: string;
  relationship: Relationship | null;
  parentReference: string;
  join: "inner" | "left";
  spread: boolean;
  toOne: boolean;
  aggregateAlias: string;
  depth: number;
  fields: FieldItem[];
  conditions: NodeCondition[];
  order: OrderTerm[];
  range: RowRange;
  children: ReadNode[];
}

export interface ReadOptions {
  cache: SchemaCache;
  relation: QualifiedName;
  /** "table" reads the table itself; the others read what a write or a function call returned. */
  from: "table" | "returned" | "call";
  query: Query;
  range: RowRange;
  maxRows: number;
  aggregatesEnabled: boolean;
}

export const RETURNED = "pgrst_source";
const CALL = "pgrst_call";

export function readPlan(options: ReadOptions): ReadNode {
  const { cache, relation, from, query } = options;
  const table = cache.tables.get(nameKey(relation));
  const rootReference =
    from === "table" ? qualified(relation) : from === "call" ? identifier(CALL) : identifier(RETURNED);
  const used = new Set<string>();
  const root: ReadNode = {
    label: relation.name,
    name: relation.name,
    relation,
    table,
    source:
      from === "table"
        ? qualified(relation)
        : `${identifier(RETURNED)}${from === "call" ? ` AS ${identifier(CALL)}` : ""}`,
    reference: rootReference,
    relationship: null,
    parentReference: "",
    join: "left",
    spread: false,
    toOne: false,
    aggregateAlias: "",
    depth: 0,
    fields: query.select.filter((item) => item.kind === "field"),
    conditions: [],
    order: [],
    range: from === "returned" ? ALL_ROWS : capped(options.range, options.maxRows),
    children: [],
  };
  root.children = embedsOf(query.select).map((item) => childNode(cache, item, root, used, from !== "table"));
  if (!options.aggregatesEnabled && hasAggregates(root)) throw aggregatesNotAllowed();

  for (const { path, item } of query.conditions) {
    if (from === "returned" && path.length === 0) continue;
    const node = nodeAt(root, path);
    node.conditions.push(withEmbedChecks(item, node));
  }
  for (const { path, item } of query.orders) {
    const node = nodeAt(root, path);
    for (const term of item) if (term.relation !== null) relatedNode(node, term.relation);
    node.order.push(...item);
  }
  applyRanges(root, query.embeddedRanges, options);
  expandStars(root);
  return root;
}

const embedsOf = (items: SelectItem[]): EmbedItem[] => items.filter((item) => item.kind === "embed");

function childNode(
  cache: SchemaCache,
  item: EmbedItem,
  parent: ReadNode,
  used: Set<string>,
  parentIsReturned: boolean,
): ReadNode {
  const depth = parent.depth + 1;
  const relationship = findRelationship(cache, parent.relation.schema, parent.relation.name, item.name, item.hint);
  const relation = relationship.foreignTable;
  // A many-to-many join names its tables plainly, unless the parent already bears that name.
  const junction = relationship.kind === "key" ? relationship.junction : null;
  const plain = junction !== null && parent.reference !== qualified(relation);
  const alias = identifier(unique(`${relation.name}_${depth}`, used));
  const label = item.alias ?? item.name;
  const parentRow = parentIsReturned ? `${parent.reference}::${qualified(parent.relation)}` : rowOf(parent);
  const node: ReadNode = {
    label,
    name: item.name,
    relation,
    table: cache.tables.get(nameKey(relation)),
    source:
      relationship.kind === "computed"
        ? `${qualified(relationship.function)}(${parentRow}) AS ${alias}`
        : `${qualified(relation)}${plain ? "" : ` AS ${alias}`}${junction ? `, ${qualified(junction.table)}` : ""}`,
    reference: plain ? qualified(relation) : alias,
    relationship,
    parentReference: parent.reference,
    join: item.join ?? "left",
    spread: item.spread,
    toOne: isToOne(relationship),
    aggregateAlias: unique(`${parent.relation.name}_${label}_${depth}`, used),
    depth,
    fields: item.children.filter((child) => child.kind === "field"),
    conditions: [],
    order: [],
    range: ALL_ROWS,
    children: [],
  };
  node.children = embedsOf(item.children).map((child) => childNode(cache, child, node, used, false));
  return node;
}

/** The whole row as a value: the table's own name inside its schema cannot be used as one, its bare name can. */
const rowOf = (node: ReadNode): string =>
  node.depth === 0 && node.reference.includes(".") ? identifier(node.relation.name) : node.reference;

function unique(base: string, used: Set<string>): string {
  const short = base.slice(0, 40);
  let name = short;
  for (let count = 2; used.has(name); count++) name = `${short}_${count}`;
  used.add(name);
  return name;
}

function nodeAt(root: ReadNode, path: string[]): ReadNode {
  let node = root;
  for (const label of path) {
    const child = node.children.find((candidate) => candidate.label === label);
    if (!child) throw notEmbedded(label);
    node = child;
  }
  return node;
}

export function relatedNode(node: ReadNode, label: string): ReadNode {
  const child = node.children.find((candidate) => candidate.label === label);
  if (!child) throw notEmbedded(label);
  if (!child.toOne) throw relatedOrderNotToOne(node.name, child.name);
  return child;
}

/** `rel=is.null` and `rel=not.is.null` ask whether anything is embedded. */
function withEmbedChecks(condition: Condition, node: ReadNode): NodeCondition {
  if (condition.kind === "logic")
    return { ...condition, parts: condition.parts.map((part) => withEmbedChecks(part, node)) };
  const { field, comparison, negated } = condition;
  const child = field.path.length === 0 ? node.children.find((candidate) => candidate.label === field.name) : undefined;
  if (!child) return condition;
  if (comparison.kind === "is" && (comparison.value === "null" || comparison.value === "not_null"))
    return { kind: "embed-check", child, isNull: (comparison.value === "null") !== negated };
  throw badEmbedFilter(child.name);
}

function applyRanges(root: ReadNode, ranges: Located<RowRange>[], options: ReadOptions): void {
  for (const { path, item } of ranges) nodeAt(root, path).range = item;
  if (options.from === "returned") return;
  const cap = (node: ReadNode): void => {
    node.range = capped(node.range, options.maxRows);
    for (const child of node.children) cap(child);
  };
  for (const child of root.children) cap(child);
}

function hasAggregates(node: ReadNode): boolean {
  return node.fields.some((field) => field.aggregate !== null) || node.children.some(hasAggregates);
}

/** A star must be spelled out where each column is needed by itself: under aggregates, in a spread, and where a domain has
 * its own JSON. */
function expandStars(node: ReadNode): void {
  const grouped = hasOwnAggregates(node);
  const represented = [...(node.table?.columns.values() ?? [])].some((column) => column.toJson !== null);
  if ((grouped || node.spread || represented) && node.table) {
    const columns = [...node.table.columns.keys()];
    node.fields = node.fields.flatMap((item) =>
      item.field.name === "*" && !item.aggregate
        ? columns.map((name): FieldItem => ({ ...STAR, field: { name, path: [] } }))
        : [item],
    );
  }
  for (const child of node.children) expandStars(child);
}

/** Aggregates in a spread to-one resource are computed, and grouped, in its parent. */
export const hasOwnAggregates = (node: ReadNode): boolean =>
  node.fields.some((field) => field.aggregate !== null) ||
  node.children.some((child) => child.spread && child.toOne && hasOwnAggregates(child));
