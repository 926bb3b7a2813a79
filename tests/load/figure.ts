// What every benchmark hands in, and how times are taken: interleaved in one run, so that a noisy moment meets all alike.
export interface Figure {
  what: string;
  value: string;
  /** The bar it is held to, in words. */
  bar: string;
  ok: boolean;
}

/** Called as soon as a figure is there: the others may take minutes. */
export type Tell = (figure: Figure) => void;

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function atMost(what: string, value: number, limit: number, unit: string): Figure {
  return { what, value: `${Math.round(value)} ${unit}`, bar: `≤ ${limit} ${unit}`, ok: value <= limit };
}

/** Medians in milliseconds, by name. Quick work is repeated more often, for its medians to stand still. What comes before is not timed. */
export async function interleaved<Name extends string>(
  work: Record<Name, () => Promise<unknown>>,
  before: (name: Name) => Promise<unknown> = async () => {},
): Promise<Record<Name, number>> {
  const names = Object.keys(work) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  const round = async () => {
    for (const name of names) {
      await before(name);
      const started = performance.now();
      await work[name]();
      times[name].push(performance.now() - started);
    }
  };
  for (let warm = 0; warm < 10; warm++) await round();
  const slowest = Math.max(...names.map((name) => median(times[name])));
  const rounds = Math.min(400, Math.max(41, Math.round(2000 / slowest)));
  for (const name of names) times[name] = [];
  for (let done = 0; done < rounds; done++) await round();
  return Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<Name, number>;
}
