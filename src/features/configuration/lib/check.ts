// The cheap part of the database's rules, told while somebody types. The sentences are the same; what is not checked here
// (formats, references, whether a time zone exists) the database says, in the preview and when it is saved.
import type { Json } from "@/shared/types/database.types";
import type { Problem, SettingSchema } from "../types";
import { checkGroup, checkList } from "./check-rules";
import { joinPointer } from "./pointer";
import { entryName, enumLabel, fieldsOf, isNullable, isObject, titleOf, typesOf } from "./schema";

export interface Place {
  path: string;
  title: string;
  /** " of Gold", inside of an entry. */
  owner: string;
}

export function checkValue(schema: SettingSchema, value: Json, label: string, isRequired = true): Problem[] {
  if (value === null && !isNullable(schema))
    return isRequired ? [{ path: "", message: `${label}: is missing`, isMissing: true }] : [];
  return checkAt(schema, value, { path: "", title: label, owner: "" });
}

function checkAt(schema: SettingSchema, value: Json, place: Place): Problem[] {
  const say = (message: string, isMissing = false): Problem[] => [
    { path: place.path, message: `${place.title}${place.owner}: ${message}`, ...(isMissing && { isMissing }) },
  ];
  if (value === null) return isNullable(schema) ? [] : say("is missing", true);
  if (schema.enum && !schema.enum.includes(value))
    return say(`must be one of ${schema.enum.map((choice) => enumLabel(schema, choice)).join(", ")}`, value === "");
  const type = typesOf(schema)[0];
  if (type === "number" || type === "integer") {
    const problem = typeof value === "number" ? checkNumber(schema, value) : notANumber(type);
    return problem ? say(problem) : [];
  }
  if (type === "string" && typeof value === "string") {
    const problem = checkText(schema, value);
    return problem ? say(problem, problem === EMPTY) : [];
  }
  if (Array.isArray(value) && schema.items) return checkEntries(schema, schema.items, value, place);
  if (isObject(value) && schema.format === "money") return checkMoney(schema, value, place);
  if (isObject(value) && schema.properties)
    return [
      ...checkGroup(schema, value, place),
      ...fieldsOf(schema).flatMap(([key, field]) =>
        value[key] === undefined
          ? []
          : checkAt(field, value[key], {
              path: joinPointer(place.path, key),
              title: titleOf(field, key),
              owner: place.owner,
            }),
      ),
    ];
  return [];
}

function checkEntries(schema: SettingSchema, items: SettingSchema, value: Json[], place: Place): Problem[] {
  return [
    ...checkList(schema, value, place),
    ...value.flatMap((entry, index) => {
      const name = entryName(items, entry, index);
      const path = joinPointer(place.path, index);
      return items.properties
        ? checkAt(items, entry, { path, title: items.title ?? place.title, owner: ` of ${name}` })
        : checkAt(items, entry, { path, title: `${place.title}, ${name}`, owner: place.owner });
    }),
  ];
}

const notANumber = (type: string) => (type === "integer" ? "must be a whole number" : "must be a number");

function checkNumber(schema: SettingSchema, value: number): string | undefined {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  if (typesOf(schema)[0] === "integer" && !Number.isInteger(value)) return "must be a whole number";
  const problem = limitProblem({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }, value);
  if (problem) return problem;
  if (multipleOf === undefined || isMultiple(value, multipleOf)) return undefined;
  const digits = { 1: "must be a whole number", 0.1: "one digit", 0.01: "2 digits", 0.001: "3 digits" }[multipleOf];
  if (multipleOf === 1) return digits;
  return digits ? `can have at most ${digits} after the point` : `must be a multiple of ${multipleOf}`;
}

// A binary fraction is never exactly a multiple of 0.01; the database, which counts in decimals, has the last word.
function isMultiple(value: number, step: number): boolean {
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

type Limits = { [limit in "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum"]: number | undefined };

function limitProblem(
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Limits,
  value: number,
): string | undefined {
  const low = minimum !== undefined && value < minimum;
  const high = maximum !== undefined && value > maximum;
  if ((low || high) && minimum !== undefined && maximum !== undefined)
    return `must be between ${minimum} and ${maximum}`;
  if (low) return `must be ${minimum} or more`;
  if (high) return `must be ${maximum} or less`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return `must be more than ${exclusiveMinimum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) return `must be less than ${exclusiveMaximum}`;
  return undefined;
}

const EMPTY = "must not be empty";

function checkText(schema: SettingSchema, value: string): string | undefined {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema;
  const length = [...value].length;
  if (value.trim() === "" && (minLength > 0 || pattern !== undefined || schema.format)) return EMPTY;
  if (length < minLength) return `must have at least ${minLength} characters`;
  if (length > maxLength) return `must have at most ${maxLength} characters`;
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value))
    return schema["x-pattern-help"] ? `must be ${schema["x-pattern-help"]}` : "does not have the expected form";
  return undefined;
}

function checkMoney(schema: SettingSchema, value: { [key: string]: Json | undefined }, place: Place): Problem[] {
  const { amount } = value;
  const at = (message: string, isMissing = false): Problem[] => [
    {
      path: joinPointer(place.path, "amount"),
      message: `${place.title}${place.owner}: ${message}`,
      ...(isMissing && { isMissing }),
    },
  ];
  if (typeof amount !== "string" || !/^-?\d{1,15}(\.\d{1,6})?$/.test(amount))
    return at("must be an amount such as 1250 or 1250.50", amount === "");
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const problem = limitProblem({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }, Number(amount));
  return problem ? at(problem) : [];
}
