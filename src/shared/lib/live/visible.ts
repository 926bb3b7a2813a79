/**
 * A commit is told as soon as it is safe on disk, and that can be a moment before other transactions see it: read too early, what was
 * told of is not there yet, and nobody would tell again.
 */
export const VISIBLE_MS = 50;
