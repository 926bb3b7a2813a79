import { useState } from "react";
import type { Organization } from "@/features/organizations";
import { exceeding, type Role } from "@/features/roles";
import { toAppError } from "@/shared/lib/errors";
import { Button } from "@/shared/ui/button";
import { Dialog, OverlayClose } from "@/shared/ui/dialog";
import { Notice } from "@/shared/ui/notice";
import { RadioGroup } from "@/shared/ui/radio-group";
import type { Member } from "../types";
import { RoleDifference } from "./role-difference";

interface ChangeRoleDialogProps {
  member: Member;
  roles: Role[];
  organization: Organization;
  onSave: (role: Role) => Promise<unknown>;
  onClose: () => void;
}

export function ChangeRoleDialog({ member, roles, organization, onSave, onClose }: ChangeRoleDialogProps) {
  const [chosen, setChosen] = useState(member.roleId);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const held: Role["scopes"] = organization.permissions;
  const now = roles.find(({ id }) => id === member.roleId);
  const next = roles.find(({ id }) => id === chosen);
  const isAbove = now !== undefined && exceeding(now.scopes, held).length > 0;

  async function save() {
    if (!next || isBusy) return;
    setProblem(undefined);
    setBusy(true);
    try {
      await onSave(next);
      onClose();
    } catch (error) {
      setProblem(toAppError(error).message);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isBusy && onClose()}
      title={`Role of ${member.name}`}
      description="A role says what somebody may see and do. It holds from their next request on."
      footer={
        <>
          <OverlayClose>
            <Button>Cancel</Button>
          </OverlayClose>
          <Button
            look="primary"
            busy={isBusy}
            disabled={chosen === member.roleId || isAbove}
            onClick={() => void save()}
          >
            Change role
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {isAbove && (
          <Notice tone="info">
            {member.name} holds rights that you do not have. Only somebody who has them can change this role.
          </Notice>
        )}
        <RadioGroup
          label="Role"
          hideLabel
          value={chosen}
          onValueChange={setChosen}
          disabled={isAbove}
          options={roles.map((role) => ({
            value: role.id,
            label: role.name,
            ...(exceeding(role.scopes, held).length > 0
              ? { disabled: true, description: "Holds rights that you do not have, so you cannot give it." }
              : { description: role.description }),
          }))}
        />
        {now && next && now.id !== next.id && <RoleDifference from={now} to={next} />}
        {problem && <Notice>{problem}</Notice>}
      </div>
    </Dialog>
  );
}
