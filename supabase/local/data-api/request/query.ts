// The query string, sorted into what it asks for.
import { parseNames, parseSelect, type SelectItem, STAR } from "./fields.ts";
import {
  type Condition,
  hasOperator,
  type Located,
  logicKey,
  type OrderTerm,
  parseFilter,
  parseFilterKey,
  parseLogic,
  parseOrder,
} from "./filters.ts";
import { ALL_ROWS, type RowRange, rangeOf } from "./ranges.ts";

export interface Query {
  select: SelectItem[];
  conditions: Located<Condition>[];
  orders: Located<OrderTerm[]>[];
  range: RowRange;
  embeddedRanges: Located<RowRange>[];
  columns: string[] | null;
  onConflict: string[] | null;
  /** Arguments of a function called with GET, in the order given. */
  arguments: [string, string][];
  /** The query string sorted by key, as Content-Location repeats it. */
  canonical: string;
}

export function parseQuery(parameters: URLSearchParams, isFunctionRead: boolean): Query {
  const query: Query = {
    select: [STAR],
    conditions: [],
    orders: [],
    range: ALL_ROWS,
    embeddedRanges: [],
    columns: null,
    onConflict: null,
    arguments: [],
    canonical: "",
  };
  const limits = new Map<string, { path: string[]; limit?: string; offset?: string }>();
  for (const [key, value] of parameters) {
    const logic = logicKey(key);
    const reserved = /^(?:(.+)\.)?(order|limit|offset)$/.exec(key);
    if (key === "select") query.select = parseSelect(value);
    else if (key === "columns") query.columns = value === "" ? null : parseNames(value, "columns");
    else if (key === "on_conflict") query.onConflict = parseNames(value, "on_conflict");
    else if (reserved) {
      const path = reserved[1] ? embedPath(reserved[1]) : [];
      if (reserved[2] === "order") {
        if (value !== "") query.orders.push({ path, item: parseOrder(value) });
        continue;
      }
      const known = limits.get(path.join("\u0000")) ?? { path };
      limits.set(path.join("\u0000"), { ...known, [reserved[2] ?? ""]: value });
    } else if (logic && value.startsWith("(")) {
      query.conditions.push({ path: logic.path, item: parseLogic(logic.operator, logic.negated, value) });
    } else if (isFunctionRead && !hasOperator(value)) query.arguments.push([key, value]);
    else if (logic) query.conditions.push({ path: logic.path, item: parseLogic(logic.operator, logic.negated, value) });
    else {
      const { path, field } = parseFilterKey(key);
      query.conditions.push(parseFilter(path, field, value));
    }
  }
  for (const { path, limit, offset } of limits.values()) {
    const range = rangeOf(limit, offset);
    if (path.length === 0) query.range = range;
    else query.embeddedRanges.push({ path, item: range });
  }
  query.canonical = canonical(parameters);
  return query;
}

export const selectsWholeRows = ({ select }: Query): boolean => select.length === 1 && select[0] === STAR;

function embedPath(key: string): string[] {
  const { path, field } = parseFilterKey(key);
  return [...path, field.name];
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export const renderQuery = (pairs: Iterable<[string, string]>): string =>
  [...pairs].map(([key, value]) => `${encode(key)}=${encode(value)}`).join("&");

function canonical(parameters: URLSearchParams): string {
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return renderQuery(sorted);
}
