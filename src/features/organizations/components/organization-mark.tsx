import { Avatar } from "@/shared/ui/avatar";
import { organizationColour } from "../colour";
import type { Organization } from "../types";

interface OrganizationMarkProps {
  organization: Pick<Organization, "id" | "name">;
  size?: "small" | "medium" | "large";
}

/** The square that stands for an organization. Its name stands beside it. */
export function OrganizationMark({ organization, size = "small" }: OrganizationMarkProps) {
  return <Avatar name={organization.name} colour={organizationColour(organization.id)} shape="square" size={size} />;
}
