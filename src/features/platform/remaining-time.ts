/** "12 min" or "3 h 20 min"; null when it is over. */
export function remainingTime(until: string | null, now: number): string | null {
  const minutes = until ? Math.ceil((Date.parse(until) - now) / 60_000) : 0;
  if (minutes <= 0) return null;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(" ");
}
