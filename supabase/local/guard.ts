// Ends the stack's child processes when the stack itself is killed too hard to do it (kill -9): a shell of about one
// megabyte reads the ids of the children from a pipe, and stops those still listed when the pipe closes.
import { type ChildProcess, spawn } from "node:child_process";

const script = `
trap '' INT TERM HUP
pids=" "
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) pids=$(printf '%s' "$pids" | sed "s/ $pid / /") ;;
  esac
done
for pid in $pids; do kill -INT "$pid" 2>/dev/null; done
`;

export interface Guard {
  add(pid: number): void;
  remove(pid: number): void;
  close(): void;
}

export function startGuard(): Guard {
  if (process.platform === "win32") return { add() {}, remove() {}, close() {} };
  const pids = new Set<number>();
  let closed = false;
  let shell: ChildProcess;

  const write = (line: string) => shell.stdin?.write(`${line}\n`);
  const start = () => {
    shell = spawn("/bin/sh", ["-c", script], { stdio: ["pipe", "ignore", "ignore"], detached: true });
    shell.stdin?.on("error", () => {});
    for (const pid of pids) write(`+ ${pid}`);
    // Somebody killed the guard: another takes its place.
    shell.on("exit", () => {
      if (!closed) start();
    });
    shell.unref();
  };
  start();

  return {
    add(pid) {
      pids.add(pid);
      write(`+ ${pid}`);
    },
    remove(pid) {
      pids.delete(pid);
      write(`- ${pid}`);
    },
    close() {
      closed = true;
      shell.stdin?.end();
    },
  };
}
