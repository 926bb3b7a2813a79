// Taking a change of many partners back: each gets again what it had, those that had the same in one statement.
import type { BulkChange, BulkChanged } from "./types";

interface Step {
  ids: string[];
  change: BulkChange;
}

export function undoOf(reached: readonly BulkChanged[], change: BulkChange): Step[] {
  const steps = new Map<string, Step>();
  for (const { id, before } of reached) {
    const back = backTo(before, change);
    if (Object.keys(back).length === 0) continue;
    const key = JSON.stringify(back);
    const step = steps.get(key);
    if (step) step.ids.push(id);
    else steps.set(key, { ids: [id], change: back });
  }
  return [...steps.values()];
}

/** Only what the change touched, and of tags only those that it put there or took away. */
function backTo(before: BulkChanged["before"], change: BulkChange): BulkChange {
  const put = (change.addTags ?? []).filter((tag) => !before.tags.includes(tag));
  const taken = (change.removeTags ?? []).filter((tag) => before.tags.includes(tag));
  return {
    ...(change.status !== undefined && before.status !== change.status && { status: before.status }),
    ...(change.tier !== undefined && before.tier !== change.tier && { tier: before.tier }),
    ...(change.ownerId !== undefined && before.ownerId !== change.ownerId && { ownerId: before.ownerId }),
    ...(taken.length > 0 && { addTags: taken }),
    ...(put.length > 0 && { removeTags: put }),
  };
}
