// Filters and orders: `column=operator.value`, trees of and/or, and `order`.
import { Cursor, FIELD_NAME } from "./cursor.ts";
import { type Field, jsonPath } from "./fields.ts";

export type Comparison =
  | { kind: "simple"; operator: string; value: string; quantifier: "any" | "all" | null }
  | { kind: "in"; values: string[] }
  | { kind: "is"; value: "null" | "not_null" | "true" | "false" | "unknown" }
  | { kind: "distinct"; value: string }
  | { kind: "search"; parser: string; language: string | null; value: string };

export interface Filter {
  kind: "filter";
  field: Field;
  negated: boolean;
  comparison: Comparison;
}

export interface LogicTree {
  kind: "logic";
  operator: "and" | "or";
  negated: boolean;
  parts: Condition[];
}

export type Condition = Filter | LogicTree;

export interface OrderTerm {
  field: Field;
  /** Set when the rows are ordered by a column of this embedded to-one resource. */
  relation: string | null;
  direction: "asc" | "desc" | null;
  nulls: "first" | "last" | null;
}

/** A condition or an order, and the embedded resource it belongs to (empty: the top level). */
export interface Located<T> {
  path: string[];
  item: T;
}

const QUANTIFIABLE: Record<string, string> = {
  eq: "=",
  gte: ">=",
  gt: ">",
  lte: "<=",
  lt: "<",
  like: "LIKE",
  ilike: "ILIKE",
  match: "~",
  imatch: "~*",
};
const SIMPLE: Record<string, string> = {
  neq: "<>",
  cs: "@>",
  cd: "<@",
  ov: "&&",
  sl: "<<",
  sr: ">>",
  nxr: "&<",
  nxl: "&>",
  adj: "-|-",
};
const SEARCH: Record<string, string> = {
  fts: "to_tsquery",
  plfts: "plainto_tsquery",
  phfts: "phraseto_tsquery",
  wfts: "websearch_to_tsquery",
};
const IS_VALUES = ["null", "not_null", "true", "false", "unknown"] as const;
const OPERATOR = "operator (eq, gt, ...)";

const OPERATOR_PREFIX = new RegExp(
  `^(?:not\\.)?(?:(?:${[...Object.keys(QUANTIFIABLE), ...Object.keys(SIMPLE), "in", "is", "isdistinct"].join("|")})(?:\\((?:any|all)\\))?\\.|(?:${Object.keys(SEARCH).join("|")})(?:\\([^)]*\\))?\\.)`,
);

/** On a function called with GET, a value without an operator is an argument. */
export const hasOperator = (value: string): boolean => OPERATOR_PREFIX.test(value);

export function parseFilter(path: string[], field: Field, value: string): Located<Condition> {
  const cursor = new Cursor(value, "filter");
  const filter = operation(cursor, field, () => {
    const rest = value.slice(cursor.position);
    cursor.position = value.length;
    return rest;
  });
  return { path, item: filter };
}

/** The column of a filter, behind the names of the embedded resources that lead to it. */
export function parseFilterKey(key: string): { path: string[]; field: Field } {
  const cursor = new Cursor(key, "tree path");
  const names = [cursor.fieldName()];
  while (cursor.take(".")) names.push(cursor.fieldName());
  const path = jsonPath(cursor);
  if (!cursor.done) throw cursor.errorNotAtEnd('"."', '"->>"', '"->"');
  return { path: names.slice(0, -1), field: { name: names.at(-1) ?? "", path } };
}

/** `or`, `not.and`, `rel.or` … or null when the key names a column. */
export function logicKey(key: string): { path: string[]; operator: "and" | "or"; negated: boolean } | null {
  const match = /^(?:(.+?)\.)??(not\.)?(and|or)$/.exec(key);
  if (!match) return null;
  const path = match[1] ? parseFilterKey(match[1]) : null;
  return {
    path: path ? [...path.path, path.field.name] : [],
    operator: match[3] === "or" ? "or" : "and",
    negated: match[2] !== undefined,
  };
}

export function parseLogic(operator: "and" | "or", negated: boolean, value: string): LogicTree {
  const cursor = new Cursor(operator + value, "logic tree", value);
  cursor.take(operator);
  const tree = logicBody(cursor, operator, negated);
  if (!cursor.done) throw cursor.errorNotAtEnd();
  return tree;
}

function logicBody(cursor: Cursor, operator: "and" | "or", negated: boolean): LogicTree {
  if (!cursor.take("(")) throw cursor.error('"("');
  const parts: Condition[] = [];
  do {
    cursor.skipSpaces();
    parts.push(logicPart(cursor));
    cursor.skipSpaces();
  } while (cursor.take(","));
  if (!cursor.take(")")) throw cursor.error('","', '")"');
  return { kind: "logic", operator, negated, parts };
}

function logicPart(cursor: Cursor): Condition {
  const negated = cursor.matches(/^not\.(and|or)\(/) && cursor.take("not.");
  for (const operator of ["and", "or"] as const) {
    if (cursor.looksAt(`${operator}(`)) {
      cursor.take(operator);
      return logicBody(cursor, operator, negated);
    }
  }
  const name = cursor.fieldName([FIELD_NAME, "negation operator (not)", "logic operator (and, or)"]);
  const path = jsonPath(cursor);
  if (!cursor.take(".")) throw cursor.error('"->>"', '"->"', '"."');
  return operation(cursor, { name, path }, () => listedValue(cursor, true));
}

function operation(cursor: Cursor, field: Field, value: () => string): Filter {
  const negated = cursor.take("not.");
  const of = (comparison: Comparison): Filter => ({ kind: "filter", field, negated, comparison });
  if (cursor.take("in.")) return of({ kind: "in", values: valueList(cursor) });
  if (cursor.take("isdistinct.")) return of({ kind: "distinct", value: value() });
  if (cursor.take("is.")) return of({ kind: "is", value: isValue(cursor) });
  for (const [name, parser] of Object.entries(SEARCH)) {
    const match = new RegExp(`^${name}(?:\\(([^)]*)\\))?\\.`).exec(cursor.text.slice(cursor.position));
    if (!match) continue;
    cursor.position += match[0].length;
    return of({ kind: "search", parser, language: match[1] ?? null, value: value() });
  }
  for (const [name, operator] of Object.entries(SIMPLE)) {
    if (cursor.take(`${name}.`)) return of({ kind: "simple", operator, value: value(), quantifier: null });
  }
  for (const [name, operator] of Object.entries(QUANTIFIABLE)) {
    for (const quantifier of [null, "any", "all"] as const) {
      if (!cursor.take(quantifier ? `${name}(${quantifier}).` : `${name}.`)) continue;
      const text = value();
      return of({
        kind: "simple",
        operator,
        value: name.endsWith("like") ? text.replaceAll("*", "%") : text,
        quantifier,
      });
    }
  }
  throw negated ? cursor.error(OPERATOR) : cursor.error('"not"', OPERATOR);
}

function isValue(cursor: Cursor): (typeof IS_VALUES)[number] {
  const word = /^[a-z_]+/i.exec(cursor.text.slice(cursor.position))?.[0] ?? "";
  const value = IS_VALUES.find((candidate) => candidate === word.toLowerCase());
  if (!value) throw cursor.error("isVal: (null, not_null, true, false, unknown)");
  cursor.position += word.length;
  if (!cursor.done && !cursor.matches(/^[,)]/)) throw cursor.errorNotAtEnd();
  return value;
}

function valueList(cursor: Cursor): string[] {
  if (!cursor.take("(")) throw cursor.error('"("');
  const values: string[] = [];
  do {
    cursor.skipSpaces();
    values.push(listedValue(cursor, false));
  } while (cursor.take(","));
  if (!cursor.take(")")) throw cursor.error('","', '")"');
  return values.length === 1 && values[0] === "" ? [] : values;
}

/** A value inside parentheses ends at a comma or a closing one, unless it is quoted or (in trees) a `{…}` literal. */
function listedValue(cursor: Cursor, allowArray: boolean): string {
  const start = cursor.position;
  if (cursor.looksAt('"')) {
    const value = cursor.quoted();
    if (cursor.done || cursor.matches(/^[,)]/)) return value;
    cursor.position = start;
  }
  const array = allowArray ? /^\{[^{}]*\}/.exec(cursor.text.slice(start))?.[0] : undefined;
  if (array !== undefined) {
    cursor.position += array.length;
    return array;
  }
  return cursor.takeWhile((character) => character !== "," && character !== ")");
}

export function parseOrder(text: string): OrderTerm[] {
  const cursor = new Cursor(text, "order");
  const terms: OrderTerm[] = [];
  do {
    cursor.skipSpaces();
    terms.push(orderTerm(cursor));
    cursor.skipSpaces();
  } while (cursor.take(","));
  if (!cursor.done) throw cursor.errorNotAtEnd('","');
  return terms;
}

function orderTerm(cursor: Cursor): OrderTerm {
  let name = cursor.fieldName();
  let relation: string | null = null;
  if (cursor.take("(")) {
    relation = name;
    name = cursor.fieldName();
  }
  const path = jsonPath(cursor);
  if (relation !== null && !cursor.take(")")) throw cursor.error('"->>"', '"->"', '")"');
  const term: OrderTerm = { field: { name, path }, relation, direction: null, nulls: null };
  while (cursor.take(".")) {
    if (!term.direction && !term.nulls && cursor.take("asc")) term.direction = "asc";
    else if (!term.direction && !term.nulls && cursor.take("desc")) term.direction = "desc";
    else if (!term.nulls && cursor.take("nullsfirst")) term.nulls = "first";
    else if (!term.nulls && cursor.take("nullslast")) term.nulls = "last";
    else if (term.direction) throw cursor.error('"nullsfirst"', '"nullslast"');
    else throw cursor.error('"asc"', '"desc"', '"nullsfirst"', '"nullslast"');
  }
  if (!cursor.done && !cursor.matches(/^ *,/)) throw cursor.errorNotAtEnd('"."', '","');
  return term;
}
