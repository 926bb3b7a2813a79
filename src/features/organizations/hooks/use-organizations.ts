import { useMutation, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useSession } from "@/features/auth";
import { myProfileQuery, rememberOrganization } from "@/features/profile";
import { chooseOrganization, hostFor } from "../choose-organization";
import { myOrganizationsQuery } from "../queries";
import { chooseInTab, useTabChoice } from "../tab-choice";
import type { Can, Organization } from "../types";

const nothing: Organization[] = [];

/** For what is around the pages: it may be that a person has no organization, or that it is not known yet. */
export function useOrganizations() {
  const { user } = useSession();
  const mine = useQuery(myOrganizationsQuery());
  const organizations = mine.data ?? nothing;
  const profile = useQuery(myProfileQuery());
  const userId = user?.id ?? "";
  const tab = useTabChoice(userId);
  const { mutate: remember } = useMutation({
    mutationFn: (organizationId: string) => rememberOrganization(userId, organizationId),
  });
  // Without the profile it is not known which one was used last. That it cannot be read stops nobody.
  const isPending = mine.isPending || (organizations.length > 1 && tab === null && profile.isPending);
  const wishes = {
    hostname: window.location.hostname,
    tab,
    profile: profile.data?.activeOrganizationId ?? null,
  };
  const organization = isPending ? null : chooseOrganization(organizations, wishes);
  const permissions = organization?.isActive ? organization.permissions : undefined;
  const can = useCallback<Can>((permission) => permissions?.[permission] ?? false, [permissions]);

  function switchTo(organizationId: string) {
    const target = organizations.find((each) => each.id === organizationId);
    const host = target && hostFor(target, organizations, window.location.host);
    // That it is remembered for other devices may fail without anybody being stopped in their work here.
    remember(organizationId);
    if (host) window.location.assign(`${window.location.protocol}//${host}/`);
    else chooseInTab(userId, organizationId);
  }

  return {
    organization,
    organizations,
    isPending,
    error: organizations.length > 0 ? null : mine.error,
    isFetching: mine.isFetching,
    retry: () => void mine.refetch(),
    can,
    switchTo,
  };
}
