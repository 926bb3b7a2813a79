import { useQuery } from "@tanstack/react-query";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Notice } from "@/shared/ui/notice";
import { TextSkeleton } from "@/shared/ui/skeleton";
import { useAcceptMyInvitation } from "../hooks/use-entering";
import { invitationSentence } from "../invitation-sentence";
import { myInvitationsQuery } from "../queries";
import type { ReceivedInvitation } from "../types";

const dayOf = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

/** What was sent to the person's own address. */
export function ReceivedInvitations({ onEntered }: { onEntered: () => void }) {
  const { data, error, isFetching, refetch } = useQuery(myInvitationsQuery());
  const { mutate, isPending, variables, error: refused } = useAcceptMyInvitation();
  return (
    <Card>
      <h2 className="px-5 pt-4 pb-2">Your invitations</h2>
      {refused && (
        <div className="px-5 pb-3">
          <Notice>{invitationSentence(refused)}</Notice>
        </div>
      )}
      {data === undefined && !error && (
        <div role="status" className="space-y-1 px-5 pb-5">
          <span className="sr-only">Loading your invitations</span>
          <TextSkeleton className="w-48" />
          <TextSkeleton className="w-72" />
        </div>
      )}
      {data === undefined && error && (
        <ErrorState
          title="Your invitations could not be loaded"
          message={error.message}
          retry={() => void refetch()}
          busy={isFetching}
        />
      )}
      {data?.length === 0 && (
        <p className="px-5 pb-5 text-ink-2">
          None at the moment. An administrator of an organization can invite you with the address you signed in with; it
          then appears here.
        </p>
      )}
      <ul>
        {data?.map((invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            isBusy={isPending && variables === invitation.id}
            accept={() => mutate(invitation.id, { onSuccess: onEntered })}
          />
        ))}
      </ul>
    </Card>
  );
}

interface InvitationRowProps {
  invitation: ReceivedInvitation;
  isBusy: boolean;
  accept: () => void;
}

function InvitationRow({ invitation, isBusy, accept }: InvitationRowProps) {
  const { organizationName, roleName, invitedByName, expiresAt } = invitation;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-5 py-3">
      <div className="min-w-48 flex-1 wrap-anywhere">
        <p className="font-medium">
          <bdi>{organizationName}</bdi>
        </p>
        <p className="text-ink-2">
          As {roleName}
          {invitedByName && (
            <>
              , invited by <bdi>{invitedByName}</bdi>
            </>
          )}
          . Valid until {dayOf.format(new Date(expiresAt))}.
        </p>
      </div>
      <Button look="primary" onClick={accept} busy={isBusy} aria-label={`Accept the invitation to ${organizationName}`}>
        Accept
      </Button>
    </li>
  );
}
