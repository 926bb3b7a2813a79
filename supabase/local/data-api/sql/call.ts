// A function call as the rows it returns.
import type { Payload } from "../request/payload.ts";
import type { Parameter, Routine } from "../schema/types.ts";
import { arrayLiteral, identifier, literal, qualified } from "./text.ts";
import { recordsetSql } from "./write.ts";

export type CallArguments =
  | { kind: "none" }
  /** The whole body for the one unnamed parameter. */
  | { kind: "body"; text: string; type: string }
  | { kind: "json"; payload: Payload; parameters: Parameter[] }
  | { kind: "values"; values: { parameter: Parameter; values: string[] }[] };

export function callSql(routine: Routine, given: CallArguments): string {
  const { text, before } = argumentsSql(given);
  const call = `${qualified(routine)}(${text})`;
  if (routine.returns.composite) return `SELECT pgrst_call.* FROM ${before}${call} pgrst_call`;
  return `SELECT pgrst_call.pgrst_scalar FROM ${before}(SELECT ${call} AS pgrst_scalar) pgrst_call`;
}

function argumentsSql(given: CallArguments): { text: string; before: string } {
  switch (given.kind) {
    case "none":
      return { text: "", before: "" };
    case "body":
      return { text: `${literal(given.text)}::${given.type}`, before: "" };
    case "values": {
      const list = given.values.map(({ parameter, values }) => {
        const value = parameter.variadic ? arrayLiteral(values) : literal(values.at(-1) ?? "");
        return named(parameter, `${value}::${parameter.recordType}`);
      });
      return { text: list.join(", "), before: "" };
    }
    case "json": {
      const columns = given.parameters.map(({ name, recordType }) => ({ name: identifier(name), type: recordType }));
      const list = given.parameters.map((parameter) => named(parameter, `pgrst_body.${identifier(parameter.name)}`));
      return { text: list.join(", "), before: `${recordsetSql(given.payload, columns, null, true)}, LATERAL ` };
    }
  }
}

const named = (parameter: Parameter, value: string): string =>
  `${parameter.variadic ? "VARIADIC " : ""}${identifier(parameter.name)} := ${value}`;
