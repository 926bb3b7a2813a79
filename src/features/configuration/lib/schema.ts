// Reading a definition's schema: what a place is called, which fields it has, what a new entry begins with.
import type { Json } from "@/shared/types/database.types";
import type { SchemaType, SettingSchema } from "../types";

export type JsonObject = { [key: string]: Json | undefined };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function listOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

export function typesOf(schema: SettingSchema): SchemaType[] {
  return Array.isArray(schema.type) ? schema.type : [schema.type];
}

export function isNullable(schema: SettingSchema): boolean {
  return typesOf(schema).includes("null");
}

export function titleOf(schema: SettingSchema | undefined, key: string): string {
  return schema?.title ?? key.charAt(0).toUpperCase() + key.slice(1).replaceAll("_", " ");
}

/** The fields in the order in which the definition wants them shown. */
export function fieldsOf(schema: SettingSchema | undefined): [string, SettingSchema][] {
  const properties = schema?.properties ?? {};
  const named = schema?.["x-fields"] ?? [];
  const others = Object.keys(properties).filter((key) => !named.includes(key));
  return [...named, ...others].flatMap((key) => {
    const field = properties[key];
    return field ? [[key, field] as [string, SettingSchema]] : [];
  });
}

export function enumLabel(schema: SettingSchema | undefined, value: Json | undefined): string {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return schema?.["x-enum-labels"]?.[text] ?? text;
}

/** An entry is called by what it says of itself, else by its place. */
export function entryName(itemSchema: SettingSchema | undefined, entry: Json | undefined, index: number): string {
  const field = itemSchema?.["x-label"];
  const own = field ? enumLabel(itemSchema?.properties?.[field], objectOf(entry)[field]) : "";
  return own.trim() || `entry ${index + 1}`;
}

export function emptyValue(schema: SettingSchema): Json {
  if (schema.default !== undefined) return schema.default;
  if (isNullable(schema)) return null;
  switch (typesOf(schema)[0]) {
    case "object":
      return schema.format === "money"
        ? { amount: "", currency: "USD" }
        : Object.fromEntries(fieldsOf(schema).map(([key, field]) => [key, emptyValue(field)]));
    case "array":
      return [];
    case "boolean":
      return false;
    case "number":
    case "integer":
      // A choice begins with its first; a number is the person's to enter.
      return schema.enum?.[0] ?? schema.minimum ?? 0;
    default:
      return schema.enum?.[0] ?? "";
  }
}

/** A key for rows to remember, made of the name that people see. */
export function keyFrom(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^[^a-z]+|_+$/g, "");
  return plain.slice(0, 40);
}

/** Equal as the database compares them: the order of an object's fields means nothing. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => sameJson(entry, b[index]));
  if (isObject(a) && isObject(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => key in a && key in b && sameJson(a[key], b[key]));
  }
  return a === b;
}
