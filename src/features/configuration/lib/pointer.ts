// Places inside a value, as JSON pointers: "/0/weight". The database names a problem's place in the same way.
import type { Problem } from "../types";

export function joinPointer(path: string, step: string | number): string {
  return `${path}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The sentences about exactly this place, for the field of this name that stands there. */
export function problemsAt(problems: readonly Problem[], path: string, label?: string): string | undefined {
  return sentences(
    problems.filter((problem) => problem.path === path),
    label,
  );
}

/** About this place and everything in it, for a field that shows its parts as one. */
export function problemsWithin(problems: readonly Problem[], path: string, label?: string): string | undefined {
  return sentences(
    problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}/`)),
    label,
  );
}

/** About this place, and about parts of it that no field stands for: a problem is always shown somewhere. */
export function problemsOutside(
  problems: readonly Problem[],
  path: string,
  steps: readonly (string | number)[],
  label?: string,
): string | undefined {
  const shown = steps.map((step) => joinPointer(path, step));
  const isShown = (at: string) => shown.some((inside) => at === inside || at.startsWith(`${inside}/`));
  return sentences(
    problems.filter((problem) =>
      problem.path === path ? true : problem.path.startsWith(`${path}/`) && !isShown(problem.path),
    ),
    label,
  );
}

function sentences(problems: readonly Problem[], label?: string): string | undefined {
  if (problems.length === 0) return undefined;
  return [...new Set(problems.map(({ message }) => `${besideField(message, label)}.`))].join(" ");
}

// The database names the place in its sentence; beside the field of that name it need not be said again.
function besideField(message: string, label: string | undefined): string {
  if (label === undefined || !message.startsWith(`${label}: `)) return message;
  const rest = message.slice(label.length + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
