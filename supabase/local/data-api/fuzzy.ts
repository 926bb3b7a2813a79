// The approximate string matching behind PostgREST's "Perhaps you meant …": trigrams, then bigrams, ranked by Levenshtein.
const LARGEST_GRAM = 3;
const SMALLEST_GRAM = 2;
const LEAST_SCORE = 0.33;

export interface Match {
  score: number;
  value: string;
}

const normalize = (value: string): string => value.toLowerCase();

function grams(value: string, size: number): Map<string, number> {
  const framed = `-${value.replace(/[^\p{L}\p{N}, ]+/gu, "")}-`.padEnd(size, "-");
  const counts = new Map<string, number>();
  for (let start = 0; start + size <= framed.length; start++) {
    const gram = framed.slice(start, start + size);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function cosine(left: Map<string, number>, right: Map<string, number>): number {
  let product = 0;
  for (const [gram, count] of left) product += count * (right.get(gram) ?? 0);
  const norm = (counts: Map<string, number>) => Math.sqrt([...counts.values()].reduce((sum, n) => sum + n * n, 0));
  return product === 0 ? 0 : product / (norm(left) * norm(right));
}

function levenshtein(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** Matches of `wanted` among `candidates`, best first; an exact one comes alone with score 1. */
export function matches(candidates: readonly string[], wanted: string): Match[] {
  const target = normalize(wanted);
  const unique = [...new Set(candidates)];
  const exact = unique.find((candidate) => normalize(candidate) === target);
  if (exact !== undefined) return [{ score: 1, value: exact }];
  for (let size = LARGEST_GRAM; size >= SMALLEST_GRAM; size--) {
    const wantedGrams = grams(target, size);
    const found = unique
      .filter((candidate) => cosine(wantedGrams, grams(normalize(candidate), size)) > 0)
      .map((value) => {
        const other = normalize(value);
        return { value, score: 1 - levenshtein(target, other) / Math.max(target.length, other.length) };
      })
      .filter((match) => match.score >= LEAST_SCORE)
      .sort((a, b) => b.score - a.score);
    if (found.length > 0) return found;
  }
  return [];
}

export const closestMatch = (candidates: readonly string[], wanted: string): string | undefined =>
  matches(candidates, wanted)[0]?.value;
