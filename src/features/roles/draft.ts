// A role as it is being edited: what it was when editing began, and what it should become. Saved whole, with the version it
// began with.
import { type CellScope, scopeOf, withScope } from "./rights";
import type { Role, Scopes } from "./types";

export interface RoleDraft {
  /** The role as it was seen. */
  base: Role;
  name: string;
  description: string;
  scopes: Scopes;
  /** What somebody else changed to something else meanwhile. */
  conflicts: Conflict[];
}

export interface Conflict {
  field: "name" | "description" | { permission: string };
  theirs: string;
  mine: string;
}

export interface ScopeChange {
  permission: string;
  from: CellScope;
  to: CellScope;
}

export function draftOf(role: Role): RoleDraft {
  const { name, description, scopes } = role;
  return { base: role, name, description, scopes, conflicts: [] };
}

export function scopeChanges(from: Scopes, to: Scopes): ScopeChange[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .map((permission) => ({ permission, from: scopeOf(from, permission), to: scopeOf(to, permission) }))
    .filter((change) => change.from !== change.to);
}

export function countChanges({ base, name, description, scopes }: RoleDraft): number {
  return (
    scopeChanges(base.scopes, scopes).length + Number(name !== base.name) + Number(description !== base.description)
  );
}

/** The draft on top of what somebody else saved meanwhile: their changes stay, one's own stand on top, and where both changed the
 * same thing differently both are named. */
export function rebase(draft: RoleDraft, theirs: Role): RoleDraft {
  const { base } = draft;
  const conflicts: Conflict[] = [];
  let scopes = theirs.scopes;
  for (const { permission, from, to } of scopeChanges(base.scopes, draft.scopes)) {
    const now = scopeOf(theirs.scopes, permission);
    if (now !== from && now !== to) conflicts.push({ field: { permission }, theirs: now, mine: to });
    scopes = withScope(scopes, permission, to);
  }
  const text = (field: "name" | "description"): string => {
    const [was, mine, now] = [base[field], draft[field], theirs[field]];
    if (mine === was) return now;
    if (now !== was && now !== mine) conflicts.push({ field, theirs: now, mine });
    return mine;
  };
  return { base: theirs, name: text("name"), description: text("description"), scopes, conflicts };
}
