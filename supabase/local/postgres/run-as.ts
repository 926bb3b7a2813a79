// Postgres refuses to run as root. When the stack does, Postgres runs as an ordinary user that every system has.
import { execFileSync } from "node:child_process";
import { accessSync, chownSync, constants, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { Problem } from "../problem.ts";

export interface RunAs {
  uid: number;
  gid: number;
}

const candidates = ["postgres", "nobody"];

export function postgresUser(): RunAs | null {
  if (process.getuid?.() !== 0) return null;
  const accounts = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of candidates) {
    const account = accounts.find((fields) => fields[0] === name);
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) };
  }
  throw new Problem(
    'Postgres does not run as root, and this system has neither a "postgres" nor a "nobody" user to run it as. Start as an ordinary user.',
  );
}

/** The command line that starts a Postgres program as that user. */
export function commandAs(
  user: RunAs | null,
  program: string,
  args: string[],
  paths: string[],
): { file: string; args: string[]; uid?: number; gid?: number } {
  if (!user) return { file: program, args };
  const closed = paths.map(closedFolderAbove).find((folder) => folder !== null);
  if (!closed) return { file: program, args, ...user };
  // A clone in root's own home: other users cannot pass through it, so the right to is lent to Postgres alone.
  const setpriv = findSetpriv();
  if (!setpriv)
    throw new Problem(
      `Postgres does not run as root, and the user it runs as cannot enter ${closed}. Move the project to a folder that others may pass through, or start as an ordinary user.`,
    );
  const lend = ["--inh-caps=+dac_override", "--ambient-caps=+dac_override"];
  return {
    file: setpriv,
    args: [`--reuid=${user.uid}`, `--regid=${user.gid}`, "--clear-groups", ...lend, "--", program, ...args],
  };
}

export function giveTo(user: RunAs | null, path: string): void {
  if (!user) return;
  if (lstatSync(path).uid !== user.uid) chownSync(path, user.uid, user.gid);
  if (statSync(path).isDirectory()) for (const entry of readdirSync(path)) giveTo(user, join(path, entry));
}

function closedFolderAbove(path: string): string | null {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder))
    if ((statSync(folder).mode & 0o001) === 0) return folder;
  return null;
}

function findSetpriv(): string | null {
  for (const path of ["/usr/bin/setpriv", "/bin/setpriv"]) {
    try {
      accessSync(path, constants.X_OK);
      execFileSync(path, ["--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--", "/bin/true"], {
        stdio: "ignore",
      });
      return path;
    } catch {
      // Not there, or the container may not lend capabilities: the caller explains.
    }
  }
  return null;
}
