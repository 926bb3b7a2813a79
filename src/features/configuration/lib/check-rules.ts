// Rules between the entries of a list and between the fields of a group, in the database's own words.
import type { Json } from "@/shared/types/database.types";
import type { Problem, SettingSchema } from "../types";
import type { Place } from "./check";
import { joinPointer } from "./pointer";
import { entryName, isObject, type JsonObject, objectOf, sameJson, titleOf } from "./schema";

export function checkList(schema: SettingSchema, value: Json[], place: Place): Problem[] {
  const title = `${place.title}${place.owner}`;
  const whole = [countProblem(schema, value), sumProblem(schema, value), ...kindProblems(schema, value)];
  return [
    ...whole.flatMap((message) => (message ? [{ path: place.path, message: `${title}: ${message}` }] : [])),
    ...(schema["x-unique"] ?? []).flatMap((property) => repeated(schema, value, property, place)),
    ...(schema["x-ascending"] ? notAscending(schema, schema["x-ascending"], value, place) : []),
    ...(schema.uniqueItems ? listedTwice(value, place, title) : []),
  ];
}

function countProblem({ minItems = 0, maxItems }: SettingSchema, value: Json[]): string | undefined {
  if (value.length < minItems) return `needs at least ${minItems === 1 ? "one entry" : `${minItems} entries`}`;
  return maxItems !== undefined && value.length > maxItems ? `can have at most ${maxItems} entries` : undefined;
}

function sumProblem(schema: SettingSchema, value: Json[]): string | undefined {
  const rule = schema["x-sum"];
  if (!rule || value.length === 0) return undefined;
  const total = value.reduce<number>((sum, entry) => sum + (numberIn(entry, rule.property) ?? 0), 0);
  const rounded = Math.round(total * 1e6) / 1e6;
  return rounded === rule.equals ? undefined : `the numbers add up to ${rounded} and must add up to ${rule.equals}`;
}

function kindProblems(schema: SettingSchema, value: Json[]): string[] {
  return (schema["x-count"] ?? []).flatMap(({ property, equals, minimum = 0, maximum = Infinity, message }) => {
    const count = value.filter((entry) => sameJson(objectOf(entry)[property], equals)).length;
    return count < minimum || count > maximum ? [message] : [];
  });
}

function repeated(schema: SettingSchema, value: Json[], property: string, place: Place): Problem[] {
  const plain = (entry: Json) =>
    String(objectOf(entry)[property] ?? "")
      .trim()
      .toLowerCase();
  const texts = value.map(plain);
  return value.flatMap((entry, index) => {
    const text = texts[index] ?? "";
    if (text === "" || texts.indexOf(text) === index) return [];
    const title = titleOf(schema.items?.properties?.[property], property);
    const message = `${title} of ${entryName(schema.items, entry, index)}: “${objectOf(entry)[property]}” is used twice, and each entry needs its own`;
    return [{ path: joinPointer(joinPointer(place.path, index), property), message }];
  });
}

function notAscending(
  schema: SettingSchema,
  { property, startsAt }: NonNullable<SettingSchema["x-ascending"]>,
  value: Json[],
  place: Place,
): Problem[] {
  return value.flatMap((entry, index) => {
    const own = numberIn(entry, property);
    const before = index > 0 ? numberIn(value[index - 1], property) : undefined;
    if (own === undefined) return [];
    const title = `${titleOf(schema.items?.properties?.[property], property)} of ${entryName(schema.items, entry, index)}`;
    const path = joinPointer(joinPointer(place.path, index), property);
    if (index === 0 && startsAt !== undefined && own !== startsAt)
      return [{ path, message: `${title}: must be ${startsAt}, so that nothing lies below the first entry` }];
    return before !== undefined && own <= before
      ? [{ path, message: `${title}: must be more than ${before}, the one before it` }]
      : [];
  });
}

function listedTwice(value: Json[], place: Place, title: string): Problem[] {
  return value.flatMap((entry, index) =>
    value.findIndex((other) => sameJson(other, entry)) === index || isObject(entry)
      ? []
      : [{ path: joinPointer(place.path, index), message: `${title}: “${entry}” is in the list twice` }],
  );
}

export function checkGroup(schema: SettingSchema, value: JsonObject, place: Place): Problem[] {
  const needed = (schema["x-required-when"] ?? [])
    .filter((rule) => sameJson(value[rule.property], rule.equals))
    .flatMap(({ required }) => required);
  const missing = needed
    .filter((key) => value[key] === null || value[key] === undefined || value[key] === "")
    .map((key) => ({
      path: joinPointer(place.path, key),
      message: `${titleOf(schema.properties?.[key], key)}${place.owner}: is missing`,
      isMissing: true,
    }));
  const order = (schema["x-ascending-fields"] ?? []).flatMap(([first, second]) => {
    const [a, b] = [value[first], value[second]];
    const wrong = (typeof a === "number" && typeof b === "number" && a >= b) || (isText(a) && isText(b) && a >= b);
    if (!wrong) return [];
    const title = titleOf(schema.properties?.[second], second);
    return [{ path: joinPointer(place.path, second), message: `${title}${place.owner}: must be more than ${a}` }];
  });
  return [...missing, ...order];
}

const isText = (value: Json | undefined): value is string => typeof value === "string" && value !== "";

function numberIn(entry: Json | undefined, property: string): number | undefined {
  const value = objectOf(entry)[property];
  return typeof value === "number" ? value : undefined;
}
