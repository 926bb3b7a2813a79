// What the database finds wrong, field by field, so that it can be said beside the field.
import { AppError } from "@/shared/lib/errors";

interface FieldProblem {
  /** The column, as the database calls it. */
  column: string;
  message: string;
}

export function fieldProblemsIn(error: unknown): FieldProblem[] {
  if (!(error instanceof AppError)) return [];
  return error.code === "23514" ? brokenRule(error) : listed(error.details);
}

function listed(details: string | undefined): FieldProblem[] {
  try {
    const problems: unknown = JSON.parse(details ?? "");
    if (!Array.isArray(problems)) return [];
    return problems.flatMap((problem) => {
      const [path, message] = [textOf(problem, "path"), textOf(problem, "message")];
      return path && message ? [{ column: path.replace(/^\//, "").replace(/\/.*$/, ""), message }] : [];
    });
  } catch {
    return [];
  }
}

/** A check of a column is named after the table and the column. */
function brokenRule({ cause }: AppError): FieldProblem[] {
  const [, constraint] = /check constraint "([a-z_]+)_check"/.exec(textOf(cause, "message") ?? "") ?? [];
  if (!constraint) return [];
  const column = constraint.replace(/^partner_(referrals|tasks|interactions|documents)_|^partners_/, "");
  return [{ column, message: "The database does not accept this. Check how it is written." }];
}

function textOf(value: unknown, name: string): string | undefined {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  return typeof found === "string" ? found : undefined;
}
