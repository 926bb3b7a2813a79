import { expect, test } from "vitest";
import type { SettingSchema } from "../types";
import { widgetKind } from "./widget-kind";

test.each<[string, SettingSchema]>([
  ["boolean", { type: "boolean" }],
  ["choice", { type: "string", enum: ["a"] }],
  ["choice", { type: "integer", enum: [1, 2] }],
  ["color", { type: "string", format: "color" }],
  ["currency", { type: "string", format: "currency" }],
  ["date", { type: "string", format: "date" }],
  ["domain", { type: "string", format: "domain" }],
  ["email", { type: ["string", "null"], format: "email" }],
  ["key", { type: "string", pattern: "^a$", "x-widget": "key" }],
  ["locale", { type: "string", format: "locale" }],
  ["long-text", { type: "string", format: "long-text" }],
  ["money", { type: "object", format: "money" }],
  ["number", { type: "integer" }],
  ["number", { type: ["number", "null"] }],
  ["percent", { type: "number", format: "percent" }],
  ["reference", { type: "string", "x-references": { category: "partners", key: "regions", property: "key" } }],
  ["text", { type: "string" }],
  ["time", { type: "string", format: "time" }],
  ["time-zone", { type: "string", format: "time-zone" }],
  ["uri", { type: ["string", "null"], format: "uri" }],
  ["group", { type: "object", properties: {} }],
  ["choices", { type: "array", items: { type: "string", enum: ["mon"] } }],
  ["currencies", { type: "array", items: { type: "string", format: "currency" } }],
  ["texts", { type: "array", items: { type: "string", format: "domain" } }],
  ["list", { type: "array", items: { type: "integer" } }],
  ["list", { type: "array", items: { type: "object", properties: {} } }],
])("%s shows %j", (kind, schema) => {
  expect(widgetKind(schema)).toBe(kind);
});

test("a format that only a later version knows is still shown, by its type", () => {
  expect(widgetKind({ type: "string", format: "of-tomorrow" })).toBe("text");
  expect(widgetKind({ type: "number", format: "of-tomorrow" })).toBe("number");
});
