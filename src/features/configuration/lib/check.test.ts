import { describe, expect, test } from "vitest";
import type { Json } from "@/shared/types/database.types";
import type { SettingSchema } from "../types";
import { checkValue } from "./check";
import { entryKey } from "./entry-key";
import { keyFrom, sameJson } from "./schema";

const said = (schema: SettingSchema, value: Json) =>
  checkValue(schema, value, "Value").map(({ path, message }) => `${path}|${message}`);

const weights: SettingSchema = {
  type: "array",
  minItems: 1,
  maxItems: 3,
  "x-unique": ["metric"],
  "x-sum": { property: "weight", equals: 100 },
  items: {
    type: "object",
    "x-label": "metric",
    properties: {
      metric: { type: "string", title: "Part", enum: ["a", "b"], "x-enum-labels": { a: "Revenue", b: "Training" } },
      weight: { type: "number", title: "Weight", minimum: 0, maximum: 100, multipleOf: 0.01 },
    },
  },
};

describe("the sentences are the database's own", () => {
  test.each<[SettingSchema, Json, string[]]>([
    [{ type: "number", minimum: 0, maximum: 100 }, 100.5, ["|Value: must be between 0 and 100"]],
    [{ type: "number", minimum: 3 }, 2, ["|Value: must be 3 or more"]],
    [{ type: "number" }, "12x", ["|Value: must be a number"]],
    [{ type: "integer" }, 1.5, ["|Value: must be a whole number"]],
    [{ type: "number", multipleOf: 0.01 }, 1.255, ["|Value: can have at most 2 digits after the point"]],
    [{ type: "number", multipleOf: 0.01 }, 1.15, []],
    [{ type: "string", minLength: 1 }, " ", ["|Value: must not be empty"]],
    [{ type: "string", maxLength: 2 }, "🤝🤝🤝", ["|Value: must have at most 2 characters"]],
    [
      { type: "string", pattern: "^[a-z]+$", "x-pattern-help": "small letters" },
      "A",
      ["|Value: must be small letters"],
    ],
    [{ type: ["string", "null"] }, null, []],
    [
      { type: "object", format: "money", minimum: 1 },
      { amount: "0", currency: "EUR" },
      ["/amount|Value: must be 1 or more"],
    ],
    [
      weights,
      [
        { metric: "a", weight: 120 },
        { metric: "a", weight: 10 },
      ],
      [
        "|Value: the numbers add up to 130 and must add up to 100",
        "/1/metric|Part of Revenue: “a” is used twice, and each entry needs its own",
        "/0/weight|Weight of Revenue: must be between 0 and 100",
      ],
    ],
    [weights, [], ["|Value: needs at least one entry"]],
    [
      { type: "array", uniqueItems: true, items: { type: "string" } },
      ["a", "a"],
      ["/1|Value: “a” is in the list twice"],
    ],
    [
      {
        type: "array",
        "x-ascending": { property: "from", startsAt: 0 },
        items: { type: "object", properties: { from: { type: "number" } } },
      },
      [{ from: 5 }, { from: 5 }],
      [
        "/0/from|From of entry 1: must be 0, so that nothing lies below the first entry",
        "/1/from|From of entry 2: must be more than 5, the one before it",
      ],
    ],
    [
      {
        type: "object",
        "x-ascending-fields": [["start", "end"]],
        "x-required-when": [{ property: "on", equals: true, required: ["to"] }],
        properties: {
          on: { type: "boolean" },
          to: { type: ["string", "null"], title: "Address" },
          start: { type: "string" },
          end: { type: "string", title: "To" },
        },
      },
      { on: true, to: null, start: "17:00", end: "09:00" },
      ["/to|Address: is missing", "/end|To: must be more than 17:00"],
    ],
  ])("%j with %j", (schema, value, problems) => {
    expect(said(schema, value)).toEqual(problems);
  });

  test("nothing is a problem only where something is needed", () => {
    expect(checkValue({ type: "string" }, null, "Note", false)).toEqual([]);
    expect(checkValue({ type: "string" }, null, "Note")).toEqual([
      { path: "", message: "Note: is missing", isMissing: true },
    ]);
  });
});

describe("keys of new entries", () => {
  const make = (label: string, saved: Json[] = [], siblings: Json[] = [], key = "") =>
    entryKey({
      entry: { label, key },
      keyField: "key",
      saved,
      siblings: [...siblings, { label, key }],
      index: siblings.length,
    });

  test.each([
    ["Gold Plus", "gold_plus"],
    ["Zürich & São Paulo", "zurich_sao_paulo"],
    ["3rd tier", "rd_tier"],
    ["株式会社", ""],
  ])("%s becomes %s", (name, key) => expect(keyFrom(name)).toBe(key));

  test("one that is stored keeps its key when it is renamed", () => {
    expect(make("Diamond", [{ key: "gold" }], [], "gold")).toBe("gold");
  });

  test("a new one follows its name, and never takes the key of another", () => {
    expect(make("Gold", [{ key: "gold" }])).toBe("gold_2");
    expect(make("株式会社", [], [{ key: "entry" }])).toBe("entry_2");
  });
});

test("the order of fields means nothing, that of entries does", () => {
  expect(sameJson({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
  expect(sameJson([1, 2], [2, 1])).toBe(false);
  expect(sameJson({ a: 1 }, { a: 1, b: null })).toBe(false);
});
