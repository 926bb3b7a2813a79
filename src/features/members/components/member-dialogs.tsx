import type { Organization } from "@/features/organizations";
import type { Role } from "@/features/roles";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import type { useMemberChanges } from "../hooks/use-member-changes";
import type { Member } from "../types";
import { ChangeRoleDialog } from "./change-role-dialog";

export type MemberQuestion = { about: "role" | "deactivation"; member: Member } | { about: "leaving" };

interface MemberDialogsProps {
  question: MemberQuestion | null;
  organization: Organization;
  roles: Role[];
  changes: ReturnType<typeof useMemberChanges>;
  onClose: () => void;
}

/** What is asked before a member is changed. */
export function MemberDialogs({ question, organization, roles, changes, onClose }: MemberDialogsProps) {
  const onOpenChange = (open: boolean) => !open && onClose();
  if (question?.about === "role")
    return (
      <ChangeRoleDialog
        member={question.member}
        roles={roles}
        organization={organization}
        onSave={(role) => changes.changeRole(question.member, role)}
        onClose={onClose}
      />
    );
  if (question?.about === "deactivation")
    return (
      <ConfirmDialog
        open
        onOpenChange={onOpenChange}
        title={`Deactivate ${question.member.name}?`}
        description={`From their next request on they see nothing of ${organization.name}, and their seat is free. What they did stays, and they can be reactivated at any time.`}
        confirmLabel="Deactivate"
        tone="danger"
        onConfirm={() => changes.setStatus(question.member, "deactivated")}
      />
    );
  if (question?.about === "leaving")
    return (
      <ConfirmDialog
        open
        onOpenChange={onOpenChange}
        title={`Leave ${organization.name}?`}
        description="You see nothing of it from now on. Somebody who manages its members can let you in again."
        confirmLabel="Leave"
        tone="danger"
        onConfirm={() => changes.leave()}
      />
    );
  return null;
}
