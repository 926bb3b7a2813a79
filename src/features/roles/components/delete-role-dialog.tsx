import { useQuery } from "@tanstack/react-query";
import { paths } from "@/shared/lib/paths";
import { Link } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Dialog, OverlayClose } from "@/shared/ui/dialog";
import { roleHoldersQuery } from "../queries";
import type { Role } from "../types";

interface DeleteRoleDialogProps {
  role: Role;
  organizationId: string;
  onDelete: () => Promise<void>;
  onClose: () => void;
}

const NAMED = 5;

/** Asks, or says who has the role: with holders it cannot be deleted. */
export function DeleteRoleDialog({ role, organizationId, onDelete, onClose }: DeleteRoleDialogProps) {
  const { data, isPending } = useQuery(roleHoldersQuery(organizationId, role.id));
  const onOpenChange = (open: boolean) => !open && onClose();
  if (isPending) return null;
  // When it could not be found out, the database says so at the attempt.
  const holders = data ? [...data.people, ...data.invited.map((address) => `${address} (invited)`)] : [];
  if (holders.length === 0)
    return (
      <ConfirmDialog
        open
        onOpenChange={onOpenChange}
        title={`Delete the role “${role.name}”?`}
        description="Nobody has it. It cannot be brought back, but a role like it can be added."
        confirmLabel="Delete the role"
        tone="danger"
        onConfirm={onDelete}
      />
    );
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="small"
      title={`“${role.name}” is in use`}
      description="Give these people another role first, or withdraw their invitations. Then it can be deleted."
      footer={
        <OverlayClose>
          <Button>Close</Button>
        </OverlayClose>
      }
    >
      <ul className="list-disc ps-5">
        {holders.slice(0, NAMED).map((name) => (
          <li key={name} className="wrap-anywhere">
            {name}
          </li>
        ))}
        {holders.length > NAMED && <li>and others</li>}
      </ul>
      <p className="mt-3">
        <Link
          to={`${paths.members}?role=${role.id}`}
          className="font-medium text-accent-text underline underline-offset-2"
        >
          Show them among the members
        </Link>
      </p>
    </Dialog>
  );
}
