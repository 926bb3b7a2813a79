import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/error-state";
import { Section } from "@/shared/ui/section";
import { invitationsQuery } from "../queries";
import { InvitationRow } from "./invitation-row";

const SHOWN_AT_FIRST = 8;

export function OpenInvitations({ organizationId }: { organizationId: string }) {
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
  // Nothing stands here while nobody is invited: the button above says how it begins.
  if (!data || data.length === 0) return null;
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
