// Columns as a request names them, with json paths, and the `select` parameter.
import { Cursor, FIELD_NAME } from "./cursor.ts";

/** `->key` or `->>key`; a number is an array index. */
export interface JsonStep {
  asText: boolean;
  key: string | number;
}

export interface Field {
  name: string;
  path: JsonStep[];
}

type Aggregate = "sum" | "avg" | "count" | "max" | "min";

export interface FieldItem {
  kind: "field";
  field: Field;
  alias: string | null;
  cast: string | null;
  aggregate: Aggregate | null;
  aggregateCast: string | null;
}

export interface EmbedItem {
  kind: "embed";
  name: string;
  alias: string | null;
  hint: string | null;
  join: "inner" | "left" | null;
  spread: boolean;
  children: SelectItem[];
}

export type SelectItem = FieldItem | EmbedItem;

export const STAR: FieldItem = {
  kind: "field",
  field: { name: "*", path: [] },
  alias: null,
  cast: null,
  aggregate: null,
  aggregateCast: null,
};

const AGGREGATES: Aggregate[] = ["sum", "avg", "count", "max", "min"];
const FIELD_START = ['"..."', FIELD_NAME, '"*"', '"count()"'];

export function parseSelect(text: string): SelectItem[] {
  const cursor = new Cursor(text, "select parameter");
  if (text.trim() === "") return [];
  const items = selectItems(cursor);
  if (!cursor.done) throw cursor.errorNotAtEnd('","');
  return items;
}

function selectItems(cursor: Cursor): SelectItem[] {
  const items: SelectItem[] = [];
  do {
    cursor.skipSpaces();
    items.push(selectItem(cursor));
    cursor.skipSpaces();
  } while (cursor.take(","));
  return items;
}

function selectItem(cursor: Cursor): SelectItem {
  if (cursor.take("...")) return embed(cursor, cursor.fieldName(), null, true);
  if (cursor.matches(/^\* *($|[,)])/)) {
    cursor.take("*");
    return STAR;
  }
  let name = cursor.fieldName(FIELD_START);
  let alias: string | null = null;
  if (cursor.looksAt(":") && !cursor.looksAt("::")) {
    cursor.take(":");
    alias = name;
    name = cursor.fieldName();
  }
  if (name === "count" && cursor.take("()")) {
    return { ...STAR, alias, aggregate: "count", aggregateCast: cast(cursor) };
  }
  if (cursor.looksAt("!") || cursor.looksAt("(")) return embed(cursor, name, alias, false);

  const path = jsonPath(cursor);
  const itemCast = cast(cursor);
  let aggregate: Aggregate | null = null;
  if (cursor.take(".")) {
    aggregate = AGGREGATES.find((candidate) => cursor.take(`${candidate}()`)) ?? null;
    if (!aggregate) throw cursor.error('"sum()"', '"avg()"', '"count()"', '"max()"', '"min()"');
  }
  const aggregateCast = aggregate ? cast(cursor) : null;
  if (!cursor.done && !cursor.matches(/^ *[,)]/)) {
    throw cursor.errorNotAtEnd('"->>"', '"->"', '"::"', '"."', '")"', '","');
  }
  return { kind: "field", field: { name, path }, alias, cast: itemCast, aggregate, aggregateCast };
}

function embed(cursor: Cursor, name: string, alias: string | null, spread: boolean): EmbedItem {
  let hint: string | null = null;
  let join: EmbedItem["join"] = null;
  while (cursor.take("!")) {
    const given = cursor.fieldName();
    if (given === "inner" || given === "left") join = given;
    else hint = given;
  }
  if (!cursor.take("(")) throw cursor.error('"("');
  cursor.skipSpaces();
  const children = cursor.looksAt(")") ? [] : selectItems(cursor);
  if (!cursor.take(")")) throw cursor.error('","', '")"');
  return { kind: "embed", name, alias, hint, join, spread, children };
}

/** Only words and spaces: a type's name stands unquoted in the query, so nothing else may. */
function cast(cursor: Cursor): string | null {
  if (!cursor.take("::")) return null;
  const type = cursor.takeWhile((character) => /[\p{L}\p{N}_ ]/u.test(character)).trim();
  if (type === "") throw cursor.error("letter", "digit", '"_"', '" "');
  return type;
}

export function jsonPath(cursor: Cursor): JsonStep[] {
  const steps: JsonStep[] = [];
  for (;;) {
    const asText = cursor.take("->>");
    if (!asText && !cursor.take("->")) return steps;
    steps.push({ asText, key: jsonKey(cursor) });
  }
}

function jsonKey(cursor: Cursor): string | number {
  const index = /^-?\d+(?=$|->|::|[.,):])/.exec(cursor.text.slice(cursor.position))?.[0];
  if (index !== undefined) {
    cursor.position += index.length;
    return Number(index);
  }
  if (cursor.looksAt('"')) return cursor.quoted();
  let key = cursor.takeWhile((character) => !"(-:.,>)".includes(character));
  while (cursor.looksAt("-") && !cursor.looksAt("->")) {
    cursor.take("-");
    key += `-${cursor.takeWhile((character) => !"(-:.,>)".includes(character))}`;
  }
  if (key === "") throw cursor.error('"-"', "digit", "any non reserved character different from: .,>()");
  return key;
}

/** A comma-separated list of names: `columns` and `on_conflict`. */
export function parseNames(text: string, what: string): string[] {
  const cursor = new Cursor(text, `${what} parameter`);
  const names: string[] = [];
  do {
    cursor.skipSpaces();
    names.push(cursor.fieldName());
    cursor.skipSpaces();
  } while (cursor.take(","));
  if (!cursor.done) throw cursor.errorNotAtEnd('","');
  return names;
}
