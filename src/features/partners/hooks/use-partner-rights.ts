import { useMemo } from "react";
import { useSession } from "@/features/auth";
import { useActiveOrganization } from "@/features/organizations";
import type { Permission } from "@/shared/lib/permissions";

/** What this person may do with partners; the database decides the same once more. */
export function usePartnerRights() {
  const { user } = useSession();
  const { can } = useActiveOrganization();
  const ownId = user?.id ?? "";
  return useMemo(() => {
    /** With the right on one's own rows only, it depends on whose the row is. */
    const mayWith = (permission: Permission, personId: string | null | undefined) => {
      const scope = can(permission);
      return scope === "all" || (scope === "own" && personId === ownId);
    };
    return {
      ownId,
      can,
      mayWith,
      mayCreate: can("partners.write") !== false,
      /** Whoever may write only what is their own cannot give it away. */
      mayChooseOwner: can("partners.write") === "all",
      mayEdit: (partner: { owner: { id: string } | null }) => mayWith("partners.write", partner.owner?.id),
      mayArchive: can("partners.archive") === "all",
    };
  }, [can, ownId]);
}

export type PartnerRights = ReturnType<typeof usePartnerRights>;
