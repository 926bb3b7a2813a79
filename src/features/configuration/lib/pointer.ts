// Places inside a value, as JSON pointers: "/0/weight". The database names a problem's place in the same way.
import type { Problem } from "../types";

export function joinPointer(path: string, step: string | number): string {
  return `${path}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The sentences about exactly this place, for the field that stands there. */
export function problemsAt(problems: readonly Problem[], path: string): string | undefined {
  return sentences(problems.filter((problem) => problem.path === path));
}

/** About this place and everything in it, for a field that shows its parts as one. */
export function problemsWithin(problems: readonly Problem[], path: string): string | undefined {
  return sentences(problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}/`)));
}

/** About this place, and about parts of it that no field stands for: a problem is always shown somewhere. */
export function problemsOutside(
  problems: readonly Problem[],
  path: string,
  steps: readonly (string | number)[],
): string | undefined {
  const shown = steps.map((step) => joinPointer(path, step));
  const isShown = (at: string) => shown.some((inside) => at === inside || at.startsWith(`${inside}/`));
  return sentences(
    problems.filter((problem) =>
      problem.path === path ? true : problem.path.startsWith(`${path}/`) && !isShown(problem.path),
    ),
  );
}

function sentences(problems: readonly Problem[]): string | undefined {
  return problems.length === 0 ? undefined : [...new Set(problems.map(({ message }) => `${message}.`))].join(" ");
}
