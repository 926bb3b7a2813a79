import { type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { useSession } from "@/features/auth";
import { paths } from "@/shared/lib/paths";
import { Navigate } from "@/shared/lib/router";
import { ErrorState } from "@/shared/ui/error-state";
import { PageSkeleton } from "@/shared/ui/skeleton";
import { useOrganizations } from "../hooks/use-organizations";
import { chooseInTab } from "../tab-choice";
import { SuspendedOrganization } from "./suspended-organization";

/** A courtesy of the screen: what a person may really see, the database decides. */
export function RequireOrganization({ children }: { children: ReactNode }) {
  const { organization, isPending, error, retry, isFetching } = useOrganizations();
  const last = useLastName(organization?.name);
  useStayingHere(organization?.id);
  // The page that follows is drawn in pieces, between which a tap is answered.
  const wasPending = useDeferredValue(isPending);
  if (isPending || wasPending) return <PageSkeleton />;
  if (error)
    return (
      <ErrorState
        title="Your organizations could not be loaded"
        message={error.message}
        retry={retry}
        busy={isFetching}
      />
    );
  if (!organization) return <Navigate to={paths.welcome} replace state={{ left: last }} />;
  if (!organization.isActive) return <SuspendedOrganization organization={organization} />;
  return children;
}

/** What was chosen on another device changes nothing under somebody who works in this tab. */
function useStayingHere(organizationId: string | undefined): void {
  const { user } = useSession();
  const userId = user?.id;
  useEffect(() => {
    if (userId && organizationId) chooseInTab(userId, organizationId);
  }, [userId, organizationId]);
}

/** Remembered, so that a membership that ends while the app is open can be named. */
function useLastName(name: string | undefined): string | undefined {
  const [last, setLast] = useState(name);
  if (name && name !== last) setLast(name);
  return name ?? last;
}
