export { OrganizationMark } from "./components/organization-mark";
export { RequireOrganization } from "./components/require-organization";
export { RequirePermission } from "./components/require-permission";
export { useActiveOrganization } from "./hooks/use-active-organization";
export { useOrganizations } from "./hooks/use-organizations";
export { myOrganizationsQuery, organizationFiguresQuery, organizationKeys } from "./queries";
export type { Can, Organization } from "./types";
