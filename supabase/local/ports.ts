// Ports: those asked for must be free; the defaults step aside for another checkout that already runs.
import { createServer } from "node:net";
import { Problem } from "./problem.ts";

export interface PortWish {
  name: string;
  flag: string;
  port: number;
  /** Whether the person chose it, with a flag or the environment. */
  chosen: boolean;
}

const TRIES = 50;

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

export async function choosePort(wish: PortWish, taken: Set<number>, say: (line: string) => void): Promise<number> {
  if (!taken.has(wish.port) && (await isFree(wish.port))) {
    taken.add(wish.port);
    return wish.port;
  }
  if (wish.chosen)
    throw new Problem(
      `Port ${wish.port}, wanted for the ${wish.name}, is taken by another program. Stop that program, or choose another port with ${wish.flag}.`,
    );
  for (let port = wish.port + 10; port < wish.port + TRIES * 10; port += 10) {
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    say(`Port ${wish.port} is taken; the ${wish.name} uses ${port} instead.`);
    return port;
  }
  throw new Problem(`No free port was found for the ${wish.name}. Choose one with ${wish.flag}.`);
}
