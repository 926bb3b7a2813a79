// Changing what a member is. Each change tells what happened and can be taken back; a refusal is told where it was asked for.
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { organizationKeys } from "@/features/organizations";
import { toAppError } from "@/shared/lib/errors";
import { ownWrites } from "@/shared/lib/live/own-writes";
import { showToast } from "@/shared/ui/toast";
import { memberKeys } from "../queries";
import { changeRole, leaveOrganization, setStatus } from "../services/member-service";
import type { Member, MemberStatus } from "../types";

const told: Record<MemberStatus, { title: (name: string) => string; description: string }> = {
  active: { title: (name) => `${name} is active again`, description: "They see the organization from now on." },
  deactivated: {
    title: (name) => `${name} is deactivated`,
    description: "They see nothing of the organization from their next request on.",
  },
};

interface RoleName {
  id: string;
  name: string;
}

export function useMemberChanges(organizationId: string) {
  const queryClient = useQueryClient();
  return useMemo(() => changesIn(organizationId, queryClient), [organizationId, queryClient]);
}

function changesIn(organizationId: string, queryClient: QueryClient) {
  /** Also after a refusal: what was shown may be old. */
  const readAgain = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: memberKeys.of(organizationId) }),
      queryClient.invalidateQueries({ queryKey: organizationKeys.mine }),
    ]);

  async function giveRole(member: Member, role: RoleName): Promise<number> {
    try {
      return await changeRole(organizationId, member, role.id);
    } finally {
      await readAgain();
    }
  }

  async function giveStatus(member: Member, status: MemberStatus): Promise<number> {
    try {
      return await setStatus(organizationId, member, status);
    } finally {
      await readAgain();
    }
  }

  return ownWrites({
    async changeRole(member: Member, role: RoleName): Promise<void> {
      const version = await giveRole(member, role);
      showToast({
        tone: "good",
        title: `${member.name} is now ${role.name}`,
        undo: async () => {
          await giveRole({ ...member, version }, { id: member.roleId, name: member.roleName });
          showToast({ tone: "good", title: `${member.name} is ${member.roleName} again` });
        },
      });
    },
    async setStatus(member: Member, status: MemberStatus): Promise<void> {
      const version = await giveStatus(member, status);
      const { title, description } = told[status];
      showToast({
        tone: "good",
        title: title(member.name),
        description,
        undo: async () => {
          await giveStatus({ ...member, version }, member.status);
          showToast({ tone: "good", title: told[member.status].title(member.name) });
        },
      });
    },
    async leave(): Promise<void> {
      await leaveOrganization(organizationId);
      await queryClient.invalidateQueries({ queryKey: organizationKeys.mine });
    },
  });
}

/** For what has no place of its own to say it. */
export function tellRefusal(title: string, cause: unknown): void {
  showToast({ tone: "bad", title, description: toAppError(cause).message });
}
