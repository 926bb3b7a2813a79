// Messages are collected for a moment and followed together. The first of a quiet time is followed almost at once; in a flood the
// next ones wait until the last are done, and as long again: following never takes more than half of the time.
import type { LiveChange, LiveChanges } from "./types";

const COLLECT_MS = 2;
const MOST = 500;

interface BatchOptions {
  follow(changes: LiveChanges): Promise<void>;
  /** For how long at most nothing is followed, because a write of one's own is under way or nobody looks; 0 when nothing holds it. */
  holdsFor(): number;
}

export class Batch {
  private waiting = new Map<string, LiveChange>();
  private isEverything = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isFollowing = false;
  private restUntil = 0;
  private heldSince: number | null = null;
  private isOver = false;
  private readonly options: BatchOptions;

  constructor(options: BatchOptions) {
    this.options = options;
  }

  add(changes: LiveChanges): void {
    if (changes === "everything") this.isEverything = true;
    else for (const change of changes) this.merge(change);
    if (this.size() > MOST) this.isEverything = true;
    if (this.isEverything) this.waiting.clear();
    this.schedule(COLLECT_MS);
  }

  /** What held it may be over. */
  readonly poke = (): void => {
    if (this.isEverything || this.waiting.size > 0) this.schedule(0);
  };

  end(): void {
    this.isOver = true;
    clearTimeout(this.timer);
  }

  private merge(change: LiveChange): void {
    const key = `${change.op} ${change.table}`;
    const known = this.waiting.get(key);
    this.waiting.set(key, known ? merged(known, change) : change);
  }

  private size(): number {
    return [...this.waiting.values()].reduce((sum, { ids }) => sum + (ids?.length ?? 0), 0);
  }

  private schedule(wait: number): void {
    clearTimeout(this.timer);
    if (this.isOver || this.isFollowing) return;
    this.timer = setTimeout(() => void this.flush(), Math.max(wait, this.restUntil - Date.now()));
  }

  private async flush(): Promise<void> {
    const now = Date.now();
    const most = this.options.holdsFor();
    if (most > 0) {
      this.heldSince ??= now;
      const left = this.heldSince + most - now;
      if (left === Number.POSITIVE_INFINITY) return;
      if (left > 0) return this.schedule(left);
    }
    this.heldSince = null;
    const changes: LiveChanges = this.isEverything ? "everything" : [...this.waiting.values()];
    if (changes.length === 0) return;
    this.isEverything = false;
    this.waiting.clear();
    this.isFollowing = true;
    try {
      await this.options.follow(changes);
    } catch {
      // Read again as a whole, each failure is met where it is shown.
    } finally {
      this.isFollowing = false;
      this.restUntil = 2 * Date.now() - now;
      this.poke();
    }
  }
}

function merged(a: LiveChange, b: LiveChange): LiveChange {
  const versions = new Map<string, number | undefined>();
  for (const { ids, versions: each } of [a, b])
    for (const [index, id] of (ids ?? []).entries()) {
      const version = each[index];
      versions.set(id, Math.max(version ?? -1, versions.get(id) ?? -1));
    }
  const hasVersions = a.versions.length > 0 && b.versions.length > 0;
  return {
    ...a,
    ids: a.ids && b.ids ? [...versions.keys()] : null,
    versions: hasVersions ? [...versions.values()].map((version) => version ?? -1) : [],
    columns: [...new Set([...a.columns, ...b.columns])],
    partnerIds: [...new Set([...a.partnerIds, ...b.partnerIds])],
  };
}
