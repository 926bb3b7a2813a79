// Who may give what. The database decides; this lets the screen say so before somebody tries.
import type { PermissionScope } from "@/shared/lib/permissions";
import type { CatalogueEntry, Role, Scopes } from "./types";

export const ADMINISTRATOR = "org_admin";

export type CellScope = PermissionScope | "none";

/** The permissions that hold more than one has oneself. */
export function exceeding(wanted: Scopes, held: Scopes): string[] {
  return Object.entries(wanted)
    .filter(([permission, scope]) => held[permission] !== "all" && !(held[permission] === "own" && scope === "own"))
    .map(([permission]) => permission);
}

/** What a cell can be set to by somebody who holds this: nobody hands out more than they have. */
export function allowedScopes({ key, supportsOwn }: CatalogueEntry, held: Scopes): CellScope[] {
  const mine = held[key];
  return ["none", ...(supportsOwn && mine ? (["own"] as const) : []), ...(mine === "all" ? (["all"] as const) : [])];
}

export function nextScope(current: CellScope, allowed: readonly CellScope[]): CellScope {
  return allowed[(allowed.indexOf(current) + 1) % allowed.length] ?? current;
}

export function scopeOf(scopes: Scopes, permission: string): CellScope {
  return scopes[permission] ?? "none";
}

export function withScope(scopes: Scopes, permission: string, scope: CellScope): Scopes {
  const { [permission]: _before, ...others } = scopes;
  return scope === "none" ? others : { ...others, [permission]: scope };
}

export const scopeWords: Record<CellScope, { short: string; long: string }> = {
  none: { short: "No", long: "no" },
  own: { short: "Own", long: "own only" },
  all: { short: "All", long: "all" },
};

/** Why a role cannot be edited by somebody who holds this, or null. */
export function lockOfRole(role: Pick<Role, "key" | "scopes">, held: Scopes, canManage: boolean): string | null {
  if (!canManage) return "Changing roles takes a right that your role does not have.";
  if (role.key === ADMINISTRATOR) return "Administrators always hold every right, so that nobody is locked out.";
  if (exceeding(role.scopes, held).length > 0) return "This role holds rights that you do not have.";
  return null;
}

/** Why one right of a role that can be edited cannot be given, or null. */
export function lockOfRight(entry: CatalogueEntry, held: Scopes): string | null {
  return allowedScopes(entry, held).length > 1 ? null : "You do not have this right yourself, so you cannot give it.";
}
