import { useState } from "react";
import type { FieldValues, Path, UseFormSetError } from "react-hook-form";
import { AppError } from "@/shared/lib/errors";
import { showProblems } from "../components/shared/show-problems";

const STALE =
  "Somebody else changed this in the meantime. What you entered is still here: save again to keep yours, or cancel to see theirs.";

interface SavingOptions<Values extends FieldValues> {
  setError: UseFormSetError<Values>;
  /** The field that a column of the database is called in the form. */
  fieldOf: (column: string) => Path<Values> | undefined;
  onSaved: () => void;
}

/** What a form does when it is sent: closes, or says what is wrong where it is wrong. */
export function useSaving<Values extends FieldValues>({ setError, fieldOf, onSaved }: SavingOptions<Values>) {
  const [problem, setProblem] = useState<string>();
  // Once told that there is a newer version, saving again is a decision.
  const [isStale, setStale] = useState(false);

  async function save(act: () => Promise<unknown>) {
    setProblem(undefined);
    try {
      await act();
    } catch (error) {
      const stale = error instanceof AppError && error.code === "PW006";
      setStale(stale);
      setProblem(stale ? STALE : showProblems(error, setError, fieldOf));
      return;
    }
    onSaved();
  }

  return { save, problem, isStale };
}
