// What the runner (Node) and its bootstrap (Deno) say to each other.

/** The one line on the bootstrap's standard input. The pipe then stays open for as long as the runner lives. */
export interface Boot {
  /** URL of the function's module. */
  entrypoint: string;
  /** Without it, in SECRET_HEADER, nobody on this machine gets an answer. The bootstrap prints it with the port it listens on. */
  secret: string;
  environment: Record<string, string>;
  /** The answer when the handler throws. */
  onError: { body: { code: string; message: string }; headers: Record<string, string> };
}

export type ControlTask = "ping" | "drain";

export const SECRET_HEADER = "x-runner-secret";
export const CONTROL_HEADER = "x-runner-task";
