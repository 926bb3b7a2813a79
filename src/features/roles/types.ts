import type { PermissionScope } from "@/shared/lib/permissions";

/** Which permissions are held, and how far each reaches. */
export type Scopes = Readonly<Record<string, PermissionScope>>;

export interface Role {
  id: string;
  key: string;
  name: string;
  description: string;
  isBuiltIn: boolean;
  version: number;
  scopes: Scopes;
}

/** What can be permitted at all: a fixed catalogue, the same for everybody. */
export interface CatalogueEntry {
  key: string;
  area: string;
  label: string;
  description: string;
  /** Whether it can be limited to what is one's own. */
  supportsOwn: boolean;
}

export interface RoleHolders {
  people: string[];
  invited: string[];
}
