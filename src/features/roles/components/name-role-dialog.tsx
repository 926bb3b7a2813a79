import { type FormEvent, useId, useState } from "react";
import { Button } from "@/shared/ui/button";
import { Dialog, OverlayClose } from "@/shared/ui/dialog";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { draftOf } from "../draft";
import type { RoleDrafts } from "../hooks/use-role-drafts";
import { nameProblem } from "../role-name";
import type { Role } from "../types";

interface NameRoleDialogProps {
  role: Role;
  drafts: RoleDrafts;
  onClose: () => void;
}

/** Changes the draft: it is saved with the rights, whole. */
export function NameRoleDialog({ role, drafts, onClose }: NameRoleDialogProps) {
  const now = drafts.drafts[role.id] ?? draftOf(role);
  const [name, setName] = useState(now.name);
  const [description, setDescription] = useState(now.description);
  const [problem, setProblem] = useState<string>();
  const formId = useId();

  function submit(event: FormEvent) {
    event.preventDefault();
    const found = nameProblem(name);
    setProblem(found);
    if (found) return;
    drafts.edit(role, { name: name.trim(), description: description.trim() });
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      keepOpen
      size="small"
      title={`Rename “${now.name}”`}
      footer={
        <>
          <OverlayClose>
            <Button>Cancel</Button>
          </OverlayClose>
          <Button look="primary" type="submit" form={formId}>
            Take over
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="space-y-4">
        <TextField
          label="Name"
          required
          maxLength={60}
          value={name}
          error={problem}
          onChange={(event) => setName(event.target.value)}
        />
        <TextArea
          label="Description"
          help="What people with this role do. Shown wherever a role is chosen."
          maxLength={300}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </form>
    </Dialog>
  );
}
