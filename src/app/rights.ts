// What a person may do, for whatever does not wait for a page. In a file of its own: sign-in does without it.
import type { QueryClient } from "@tanstack/react-query";
import { myOrganizationsQuery, organizationKeys } from "@/features/organizations";
import { myProfileQuery } from "@/features/profile";

/** Asked for before the first page is there. What fails is met again, and explained, where it is needed. */
export function prefetchRights(queryClient: QueryClient): void {
  void queryClient.prefetchQuery(myOrganizationsQuery());
  void queryClient.prefetchQuery(myProfileQuery());
}

/** The screen offered what the database refuses: the rights it knows are old. */
export function readRightsAgain(queryClient: QueryClient): void {
  void queryClient.invalidateQueries({ queryKey: organizationKeys.mine });
}
