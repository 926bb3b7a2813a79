// Names and values made safe to stand in SQL text.
import { escapeIdentifier, escapeLiteral } from "pg";
import type { QualifiedName } from "../schema/types.ts";

export const identifier = escapeIdentifier;
export const literal = escapeLiteral;

export const qualified = ({ schema, name }: QualifiedName): string => `${identifier(schema)}.${identifier(name)}`;

/** An array literal of texts; Postgres reads it as whatever array type stands on the other side. */
export const arrayLiteral = (values: readonly string[]): string =>
  literal(`{${values.map((value) => `"${value.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`);
