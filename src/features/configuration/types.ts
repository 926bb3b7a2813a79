import type { Json } from "@/shared/types/database.types";

export type SchemaType = "string" | "number" | "integer" | "boolean" | "array" | "object" | "null";

/** What the database lets a definition say; it refuses every other keyword. */
export interface SettingSchema {
  type: SchemaType | SchemaType[];
  title?: string;
  description?: string;
  default?: Json;
  enum?: Json[];
  const?: Json;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  items?: SettingSchema;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, SettingSchema>;
  required?: string[];
  "x-enum-labels"?: Record<string, string>;
  "x-fields"?: string[];
  "x-label"?: string;
  "x-item"?: string;
  "x-unit"?: string;
  "x-widget"?: string;
  "x-pattern-help"?: string;
  "x-unique"?: string[];
  "x-sum"?: { property: string; equals: number };
  "x-ascending"?: { property: string; startsAt?: number };
  "x-count"?: { property: string; equals: Json; minimum?: number; maximum?: number; message: string }[];
  "x-ascending-fields"?: [string, string][];
  "x-required-when"?: { property: string; equals: Json; required: string[] }[];
  "x-references"?: Reference;
}

/** Where the entries stand that a value may name: in a list of the same setting, or in another setting. */
export interface Reference {
  list?: string;
  category?: string;
  key?: string;
  property?: string;
  title?: string;
}

/** organization: set here; tenant: inherited from the organization above; global: the product's own default. */
export type Source = "organization" | "tenant" | "global";

export interface Setting {
  category: string;
  key: string;
  label: string;
  help: string;
  schema: SettingSchema;
  isRequired: boolean;
  position: number;
  value: Json;
  source: Source;
  inheritedValue: Json;
  inheritedSource: Source;
  /** Of the organization's own value; null while there is none. */
  version: number | null;
}

/** What is wrong, and where: the path is a JSON pointer into the value. */
export interface Problem {
  path: string;
  message: string;
  /** Nothing has been entered yet: said once the person wants to save, not while they are on their way. */
  isMissing?: boolean;
}

interface Change {
  path: string;
  kind: "added" | "removed" | "moved" | "changed";
  label: string;
  before: string | null;
  after: string | null;
}

/** What saving would do. */
export interface Preview {
  problems: Problem[];
  changes: Change[];
  /** Organizations below that take the value over. */
  inheriting: number;
  effects: { amount: number; message: string }[];
}
