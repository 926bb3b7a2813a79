// Which rows are asked for: the Range header and limit/offset, combined as PostgREST combines them.
import { invalidRange, putWithLimit } from "../errors.ts";

export interface RowRange {
  offset: number;
  limit: number | null;
}

export const ALL_ROWS: RowRange = { offset: 0, limit: null };

/** An integer as the query string gives it; anything else counts as not given. */
function integer(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}

export function rangeOf(limitText: string | undefined, offsetText: string | undefined): RowRange {
  const limit = integer(limitText);
  if (limit !== undefined && limit < 0) throw invalidRange("Limit should be greater than or equal to zero.");
  return { offset: integer(offsetText) ?? 0, limit: limit ?? null };
}

export function topLevelRange(method: string, rangeHeader: string | null, given: RowRange): RowRange {
  if (method === "PUT" && (given.limit !== null || given.offset !== 0)) throw putWithLimit();
  const bounds = method === "GET" && rangeHeader !== null ? /^(\d+)-(\d*)$/.exec(rangeHeader.trim()) : null;
  if (!bounds) return fromTheStart(given);
  const lower = Number(bounds[1]);
  const upper = bounds[2] ? Number(bounds[2]) : null;
  if (upper !== null && lower > upper)
    throw invalidRange("The lower boundary must be lower than or equal to the upper boundary in the Range header.");
  if (given.limit === 0) return fromTheStart(given);
  const offset = Math.max(lower, given.offset);
  const ends = [...(upper === null ? [] : [upper + 1]), ...(given.limit === null ? [] : [given.offset + given.limit])];
  const end = ends.length > 0 ? Math.min(...ends) : null;
  if (end !== null && end <= offset)
    throw invalidRange("The lower boundary must be lower than or equal to the upper boundary in the Range header.");
  return { offset, limit: end === null ? null : end - offset };
}

/** There are no rows before the first: a negative offset only takes away from the limit. */
function fromTheStart({ offset, limit }: RowRange): RowRange {
  if (offset >= 0) return { offset, limit };
  return { offset: 0, limit: limit === null ? null : Math.max(limit + offset, 0) };
}

export const capped = (range: RowRange, maxRows: number): RowRange => ({
  offset: range.offset,
  limit: range.limit === null ? maxRows : Math.min(range.limit, maxRows),
});

export function contentRange(lower: number, upper: number, total: number | null): string {
  const rows = total !== 0 && lower <= upper ? `${lower}-${upper}` : "*";
  return `${rows}/${total ?? "*"}`;
}
