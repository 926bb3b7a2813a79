import { useEffect, useRef } from "react";
import { type Organization, useOrganizations } from "@/features/organizations";
import { showToast } from "@/shared/ui/toast";

/** Says so when a membership ended while the app was open and the person now works in another organization. */
export function MembershipWatch() {
  const { organization, organizations } = useOrganizations();
  const last = useRef<Organization | null>(null);
  useEffect(() => {
    const before = last.current;
    last.current = organization;
    if (!before || !organization || before.id === organization.id) return;
    if (organizations.some(({ id }) => id === before.id)) return;
    showToast({
      tone: "warn",
      id: "membership-ended",
      title: `You no longer belong to ${before.name}`,
      description: `You are now in ${organization.name}. An administrator of ${before.name} can let you in again.`,
    });
  }, [organization, organizations]);
  return null;
}
