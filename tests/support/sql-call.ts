// Calls of the exposed functions inside a SQL session, as the Data API makes them: arguments by name.
import pg from "pg";
import type { ExposedFunction } from "./catalogue.ts";
import type { Outcome } from "./sql-session.ts";
import type { Targets } from "./targets.ts";
import type { World } from "./world.ts";

/** What the checks stand on: a world, and rows for functions to act upon. */
export interface Ground {
  world: World;
  targets: Record<"a" | "b", Targets>;
}

export type Answer = { answer: unknown };

/** A call of an exposed function, its arguments by name and of their declared types. */
export function callOf(
  { name, arguments: declared }: ExposedFunction,
  args: Record<string, unknown>,
): [string, unknown[]] {
  const given = declared.filter((argument) => argument.name in args);
  const list = given.map((argument, place) => `${argument.name} => $${place + 1}::${argument.type}`).join(", ");
  const values = given.map(({ name: key, type }) => (type === "jsonb" ? JSON.stringify(args[key]) : args[key]));
  return [`select to_jsonb(r) as answer from public.${name}(${list}) as r`, values];
}

/** The code of a refusal, whether it was raised or answered. */
export function codeOf({ rows, error }: Outcome<Answer>): string | null {
  if (error) return error.code;
  const answer = rows[0]?.answer;
  return typeof answer === "object" && answer !== null && "code" in answer && "message" in answer
    ? String(answer.code)
    : null;
}

/** The same as one statement without parameters. */
export function statementOf(routine: ExposedFunction, args: Record<string, unknown>): string {
  const [sql, values] = callOf(routine, args);
  return sql.replaceAll(/\$(\d+)/g, (_, place) => {
    const value = values[Number(place) - 1];
    if (value === null || value === undefined) return "null";
    return Array.isArray(value)
      ? `array[${value.map((item) => pg.escapeLiteral(String(item))).join(", ")}]`
      : pg.escapeLiteral(String(value));
  });
}
