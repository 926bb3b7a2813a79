// `npm run bench`: what is measured rather than tested. Prints each figure beside the bar it is held to.
import { benchStack, type Figure } from "../../../tests/load/stack-bench.ts";

export async function run(): Promise<number> {
  const figures: Figure[] = await benchStack();
  for (const { what, value, bar, ok } of figures) console.log(`${ok ? "✓" : "✗"} ${what}: ${value} (${bar})`);
  return figures.every((figure) => figure.ok) ? 0 : 1;
}
