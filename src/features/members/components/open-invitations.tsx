import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorState } from "@/shared/ui/error-state";
import { Users } from "@/shared/ui/icons";
import { Section } from "@/shared/ui/section";
import { invitationsQuery } from "../queries";
import { InvitationRow } from "./invitation-row";

const SHOWN_AT_FIRST = 8;

interface OpenInvitationsProps {
  organizationId: string;
  /** Nobody else is a member. */
  isAlone: boolean;
}

export function OpenInvitations({ organizationId, isAlone }: OpenInvitationsProps) {
  const { data, error, refetch, isFetching } = useQuery(invitationsQuery(organizationId));
  const [showsAll, setShowsAll] = useState(false);
  if (error)
    return (
      <ErrorState
        title="The invitations could not be loaded"
        message={error.message}
        retry={() => void refetch()}
        busy={isFetching}
      />
    );
  // Nothing stands here while nobody is invited and others are here: the button above says how it begins.
  if (!data || (data.length === 0 && !isAlone)) return null;
  if (data.length === 0)
    return (
      <EmptyState Icon={Users} title="You are the only one here">
        Invite the colleagues you work with. Each gets a mail with a link, and the role that you choose for them.
      </EmptyState>
    );
  const shown = showsAll ? data : data.slice(0, SHOWN_AT_FIRST);
  return (
    <Section
      title="Open invitations"
      description="Sent and not accepted yet. Each holds a seat until it expires."
      flush
    >
      <ul className="divide-y divide-line">
        {shown.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} organizationId={organizationId} />
        ))}
      </ul>
      {data.length > shown.length && (
        <div className="border-t border-line px-4 py-2">
          <Button look="quiet" onClick={() => setShowsAll(true)}>
            Show all {data.length}
          </Button>
        </div>
      )}
    </Section>
  );
}
