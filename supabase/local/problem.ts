// What goes wrong for the person at the keyboard, in plain words: printed without a stack trace, exit code 1.
export class Problem extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = "Problem";
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a Node system error (`ENOENT`, `EADDRINUSE`) or the SQLSTATE of a Postgres error. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
