import { type FormEvent, useId, useState } from "react";
import { toAppError } from "@/shared/lib/errors";
import { Button } from "@/shared/ui/button";
import { Dialog, OverlayClose } from "@/shared/ui/dialog";
import { Notice } from "@/shared/ui/notice";
import { Select } from "@/shared/ui/select";
import { TextArea } from "@/shared/ui/text-area";
import { TextField } from "@/shared/ui/text-field";
import { showToast } from "@/shared/ui/toast";
import { exceeding } from "../rights";
import { nameProblem } from "../role-name";
import { saveRole } from "../services/role-service";
import type { Role, Scopes } from "../types";

interface NewRoleDialogProps {
  organizationId: string;
  roles: Role[];
  copyOf: Role | null;
  held: Scopes;
  onSaved: () => Promise<unknown>;
  onClose: () => void;
}

const SCRATCH = "scratch";

export function NewRoleDialog({ organizationId, roles, copyOf, held, onSaved, onClose }: NewRoleDialogProps) {
  const [name, setName] = useState(copyOf ? `${copyOf.name} (copy)`.slice(0, 60) : "");
  const [description, setDescription] = useState(copyOf?.description ?? "");
  const [from, setFrom] = useState(copyOf?.id ?? SCRATCH);
  const [problem, setProblem] = useState<{ name?: string | undefined; whole?: string }>({});
  const [isBusy, setBusy] = useState(false);
  const formId = useId();
  const source = roles.find(({ id }) => id === from)?.scopes ?? {};
  const above = exceeding(source, held);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    const missing = nameProblem(name);
    setProblem({ name: missing });
    if (missing) return;
    setBusy(true);
    const scopes = Object.fromEntries(Object.entries(source).filter(([permission]) => !above.includes(permission)));
    try {
      await saveRole(organizationId, { id: null, name, description, scopes, seenVersion: null });
      await onSaved();
      showToast({ tone: "good", title: `“${name.trim()}” is added`, description: "Set its rights in its column." });
      onClose();
    } catch (cause) {
      const { code, message } = toAppError(cause);
      setProblem(code === "PW015" ? { name: message } : { whole: message });
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isBusy && onClose()}
      keepOpen
      size="small"
      title="Add a role"
      description="For work that none of the roles fits. It is given to people on the members page."
      footer={
        <>
          <OverlayClose>
            <Button>Cancel</Button>
          </OverlayClose>
          <Button look="primary" type="submit" form={formId} busy={isBusy}>
            Add role
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="space-y-4">
        <TextField
          label="Name"
          required
          maxLength={60}
          value={name}
          error={problem.name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextArea
          label="Description"
          rows={2}
          maxLength={300}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <Select<string>
          label="Rights to begin with"
          value={from}
          onChange={setFrom}
          help={
            above.length > 0
              ? `Without the ${above.length === 1 ? "right" : `${above.length} rights`} that you do not have yourself.`
              : undefined
          }
          options={[
            { value: SCRATCH, label: "None" },
            ...roles.map((role) => ({ value: role.id, label: `Those of ${role.name}` })),
          ]}
        />
        {problem.whole && <Notice>{problem.whole}</Notice>}
      </form>
    </Dialog>
  );
}
