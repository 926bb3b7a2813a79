// Generated requests against a fresh world: who sent them, what leaked, and whether the other organization is as it was.
import { fingerprint } from "./attack.ts";
import { createGenerator, findLeak } from "./generated-requests.ts";
import type { Ask } from "./owner.ts";
import { createRandom } from "./random.ts";
import { buildWorld } from "./world.ts";

export interface Trial {
  requests: number;
  leaks: string[];
  isUnchanged: boolean;
}

/** Seeded by ISOLATION_SEED, else by the clock; the seed is printed, and makes the same requests again in a fresh world. */
export function chosenSeed(): number {
  const seed = Number(process.env.ISOLATION_SEED ?? Date.now() % 1_000_000);
  console.log(`Requests with ISOLATION_SEED=${seed}`);
  return seed;
}

export async function tryIsolation(
  ask: Ask,
  { requests, seed, atOnce = 8 }: { requests: number; seed: number; atOnce?: number },
): Promise<Trial> {
  const world = await buildWorld(ask);
  const generator = await createGenerator(ask, world, createRandom(seed));
  const attacked = {
    organizations: [world.organizations.b.id],
    people: Object.values(world.personas).flatMap(({ id, rights }) => (rights.b ? [id] : [])),
  };
  const before = JSON.stringify(await fingerprint(ask, attacked));
  const leaks: string[] = [];
  let sent = 0;
  const send = async () => {
    while (sent < requests && leaks.length < 10) {
      sent++;
      const leak = await findLeak(world, generator.next());
      if (leak) leaks.push(leak);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  return { requests: sent, leaks, isUnchanged: JSON.stringify(await fingerprint(ask, attacked)) === before };
}
