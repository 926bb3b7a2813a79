import { useOrganizations } from "./use-organizations";

/** For pages, which stand inside RequireOrganization: the organization the person works in now, and what they may do there. */
export function useActiveOrganization() {
  const { organization, organizations, can, switchTo } = useOrganizations();
  if (!organization) throw new Error("useActiveOrganization is used outside of RequireOrganization.");
  return { organization, organizations, can, switchTo };
}
