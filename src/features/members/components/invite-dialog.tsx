import { useRef, useState } from "react";
import type { Organization } from "@/features/organizations";
import { ADMINISTRATOR, exceeding, type Role } from "@/features/roles";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Select } from "@/shared/ui/select";
import { TextArea } from "@/shared/ui/text-area";
import { parseAddresses } from "../addresses";
import { useInvite } from "../hooks/use-invite";
import { InviteOutcomes } from "./invite-outcomes";

export interface InviteDraft {
  text: string;
  roleId: string | null;
}

interface InviteDialogProps {
  organization: Organization;
  roles: Role[];
  /** Kept by the page: closing the dialog loses nothing. */
  draft: InviteDraft;
  onDraft: (draft: InviteDraft) => void;
  onClose: () => void;
}

const MOST_AT_ONCE = 50;

export function InviteDialog({ organization, roles, draft, onDraft, onClose }: InviteDialogProps) {
  const { inviteAll, outcomes, isBusy } = useInvite(organization.id);
  const [problems, setProblems] = useState<{ addresses?: string; role?: string }>({});
  const addressesRef = useRef<HTMLTextAreaElement>(null);
  const { addresses, refused } = parseAddresses(draft.text);
  const role = roles.find(({ id }) => id === draft.roleId);

  async function submit() {
    if (isBusy) return;
    const found = problemsIn(addresses, refused, role);
    setProblems(found);
    if (found.addresses) addressesRef.current?.focus();
    if (found.addresses || !role) return;
    const left = await inviteAll(addresses, role.id);
    onDraft({ ...draft, text: left.join("\n") });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isBusy && onClose()}
      keepOpen
      title={`Invite people to ${organization.name}`}
      description="Each gets a mail with a link that works once. An open invitation holds a seat."
      initialFocus={addressesRef}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            {outcomes.length > 0 ? "Done" : "Cancel"}
          </Button>
          <Button look="primary" busy={isBusy} onClick={() => void submit()}>
            {addresses.length > 1 ? `Send ${addresses.length} invitations` : "Send invitation"}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <TextArea
          ref={addressesRef}
          label="E-mail addresses"
          help="One or several, separated by commas, spaces or lines. A column of a spreadsheet can be pasted."
          error={problems.addresses}
          rows={3}
          value={draft.text}
          readOnly={isBusy}
          onChange={(event) => onDraft({ ...draft, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
          }}
          autoCapitalize="none"
          spellCheck={false}
        />
        <Select
          label="Role"
          help={role?.description ?? "What they may see and do. It can be changed later."}
          error={problems.role}
          value={draft.roleId}
          onChange={(roleId) => onDraft({ ...draft, roleId })}
          disabled={isBusy}
          options={roleOptions(roles, organization.permissions)}
        />
        <InviteOutcomes outcomes={outcomes} />
      </div>
    </Dialog>
  );
}

/** The role with every right comes last: it is not the one a hasty hand should meet first. */
function roleOptions(roles: Role[], held: Role["scopes"]) {
  const rank = ({ key }: Role) => Number(key === ADMINISTRATOR);
  return roles
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ id, name, description, scopes }) =>
      exceeding(scopes, held).length > 0
        ? { value: id, label: name, description: "Holds rights that you do not have", disabled: true }
        : { value: id, label: name, description },
    );
}

function problemsIn(addresses: string[], refused: string[], role: Role | undefined) {
  const first = refused.slice(0, 3).join(", ");
  const addressProblem =
    refused.length > 0
      ? `Not an e-mail address: ${first}${refused.length > 3 ? " …" : ""}. Correct it or take it out.`
      : addresses.length === 0
        ? "Enter at least one e-mail address, such as name@company.com."
        : addresses.length > MOST_AT_ONCE
          ? `At most ${MOST_AT_ONCE} at once; these are ${addresses.length}.`
          : undefined;
  return { ...(addressProblem && { addresses: addressProblem }), ...(!role && { role: "Choose a role." }) };
}
