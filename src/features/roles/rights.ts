// Who may give what. The database decides; this lets the screen say so before somebody tries.
import type { PermissionScope } from "@/shared/lib/permissions";
import type { CatalogueEntry, Scopes } from "./types";

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
