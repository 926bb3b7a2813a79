interface Versioned {
  version: number;
}

/** What a form says gently when the record changes underneath it; nothing while it is as it was seen. */
export function meanwhile(seen: Versioned | null, now: Versioned | null | undefined): string | undefined {
  if (!seen || !now || now.version <= seen.version) return undefined;
  return "Somebody changed this meanwhile. What you entered is still here; if both of you changed the same, saving asks first.";
}
