import type { Permission, PermissionScope } from "@/shared/lib/permissions";

/** An organization as the signed-in person stands in it. */
export interface Organization {
  id: string;
  name: string;
  slug: string;
  /** The tenant above, when there is one. */
  parentId: string | null;
  subscriptionTier: string;
  /** False while it is suspended: nobody reads or writes anything in it. */
  isActive: boolean;
  seatLimit: number;
  /** Null for platform staff who were let in for a while: they hold no role. */
  roleKey: string | null;
  roleName: string;
  permissions: Partial<Record<Permission, PermissionScope>>;
  /** Set for platform staff who were let in for a while. */
  platformAccessUntil: string | null;
}

export interface ReceivedInvitation {
  id: string;
  organizationName: string;
  roleName: string;
  invitedByName: string | null;
  expiresAt: string;
}

/** What a person may do here: everywhere, with what is their own, or not at all. */
export type Can = (permission: Permission) => PermissionScope | false;
