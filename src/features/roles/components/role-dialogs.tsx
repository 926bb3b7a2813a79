import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { showToast } from "@/shared/ui/toast";
import type { RoleDrafts } from "../hooks/use-role-drafts";
import { deleteRole, resetRole } from "../services/role-service";
import type { Role, Scopes } from "../types";
import { DeleteRoleDialog } from "./delete-role-dialog";
import { NameRoleDialog } from "./name-role-dialog";
import { NewRoleDialog } from "./new-role-dialog";
import type { RoleQuestion } from "./role-menu";

interface RoleDialogsProps {
  question: RoleQuestion | null;
  organizationId: string;
  roles: Role[];
  drafts: RoleDrafts;
  held: Scopes;
  onClose: () => void;
}

export function RoleDialogs({ question, organizationId, roles, drafts, held, onClose }: RoleDialogsProps) {
  if (!question) return null;
  if (question.about === "new")
    return (
      <NewRoleDialog
        organizationId={organizationId}
        roles={roles}
        copyOf={question.copyOf}
        held={held}
        onSaved={drafts.readAgain}
        onClose={onClose}
      />
    );
  const { role } = question;
  if (question.about === "name") return <NameRoleDialog role={role} drafts={drafts} onClose={onClose} />;
  if (question.about === "reset")
    return (
      <ConfirmDialog
        open
        onOpenChange={(open) => !open && onClose()}
        title={`Reset “${role.name}” to its default?`}
        description="Name, description and rights become what every organization begins with. Whoever has the role is affected from their next request on."
        confirmLabel="Reset the role"
        tone="danger"
        onConfirm={async () => {
          await resetRole(organizationId, role);
          drafts.forget(role.id);
          await drafts.readAgain();
          showToast({ tone: "good", title: `“${role.name}” is reset` });
        }}
      />
    );
  return (
    <DeleteRoleDialog
      role={role}
      organizationId={organizationId}
      onDelete={async () => {
        await deleteRole(organizationId, role);
        drafts.forget(role.id);
        await drafts.readAgain();
        showToast({ tone: "good", title: `“${role.name}” is deleted` });
      }}
      onClose={onClose}
    />
  );
}
