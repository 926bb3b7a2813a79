import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "@/shared/lib/format/use-format";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Mail } from "@/shared/ui/icons";
import { Pill } from "@/shared/ui/pill";
import { showToast } from "@/shared/ui/toast";
import { tellRefusal } from "../hooks/use-member-changes";
import { memberKeys } from "../queries";
import { sendAgain, withdraw } from "../services/invitation-service";
import type { OpenInvitation, SentInvitation } from "../types";
import { CopyLink } from "./copy-link";

interface InvitationRowProps {
  invitation: OpenInvitation;
  organizationId: string;
}

export function InvitationRow({ invitation, organizationId }: InvitationRowProps) {
  const { id, email, roleName, invitedByName, expiresAt } = invitation;
  const format = useFormat();
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries({ queryKey: memberKeys.of(organizationId) });
  const [isAsking, setAsking] = useState(false);
  const sending = useMutation({
    mutationFn: () => sendAgain(organizationId, id),
    networkMode: "always",
    onSuccess: tellSent,
    onError: (cause) => tellRefusal("The invitation was not sent", cause),
    onSettled: readAgain,
  });
  async function withdrawNow() {
    await withdraw(organizationId, id);
    await readAgain();
    showToast({ tone: "good", title: "Invitation withdrawn" });
  }

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
      <Mail aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium wrap-anywhere">{email}</p>
        <p className="text-small text-ink-2">
          {roleName} · invited by <bdi>{invitedByName}</bdi>
        </p>
      </div>
      {Date.parse(expiresAt) <= Date.now() ? (
        <Pill tone="warn">Expired</Pill>
      ) : (
        <span className="text-small text-ink-2">until {format.date(expiresAt)}</span>
      )}
      <div className="flex flex-wrap gap-2">
        {sending.data && <CopyLink link={sending.data.link} address={email} />}
        <Button busy={sending.isPending} onClick={() => sending.mutate()} aria-label={`Send again to ${email}`}>
          Send again
        </Button>
        <Button look="quiet" onClick={() => setAsking(true)} aria-label={`Withdraw the invitation of ${email}`}>
          Withdraw
        </Button>
      </div>
      {isAsking && (
        <ConfirmDialog
          open
          onOpenChange={setAsking}
          title={`Withdraw the invitation of ${email}?`}
          description="The link in the mail stops working and the seat is free again. You can invite them anew."
          confirmLabel="Withdraw"
          tone="danger"
          onConfirm={withdrawNow}
        />
      )}
    </li>
  );
}

function tellSent({ mailed }: SentInvitation): void {
  showToast(
    mailed
      ? { tone: "good", title: "Invitation sent again", description: "The link of before no longer works." }
      : {
          tone: "warn",
          title: "The mail could not be sent",
          description: "Copy the new link beside the invitation and hand it over.",
        },
  );
}
