import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { toAppError } from "@/shared/lib/errors";
import { fieldProblemsIn } from "../../field-problems";

/** Says beside each field what the database found wrong with it; answers with what belongs to no field. */
export function showProblems<Values extends FieldValues>(
  error: unknown,
  setError: UseFormSetError<Values>,
  fieldOf: (column: string) => Path<Values> | undefined,
): string | undefined {
  const problems = fieldProblemsIn(error).map(({ column, message }) => ({ field: fieldOf(column), message }));
  for (const [index, { field, message }] of problems.entries())
    if (field) setError(field, { message }, { shouldFocus: index === 0 });
  return problems.length > 0 && problems.every(({ field }) => field) ? undefined : toAppError(error).message;
}
