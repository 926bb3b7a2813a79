import { type ReactNode, useState } from "react";
import { paths } from "@/shared/lib/paths";
import type { Permission } from "@/shared/lib/permissions";
import { Navigate } from "@/shared/lib/router";
import { useActiveOrganization } from "../hooks/use-active-organization";
import { NoAccess } from "./no-access";

interface RequirePermissionProps {
  permission: Permission;
  children: ReactNode;
}

/** A courtesy of the screen: what a person may really see, the database decides. */
export function RequirePermission({ permission, children }: RequirePermissionProps) {
  const { organization, can } = useActiveOrganization();
  const [shownIn, setShownIn] = useState<string | null>(null);
  const allowed = can(permission) !== false;
  if (allowed && shownIn !== organization.id) setShownIn(organization.id);
  if (allowed) return children;
  // They did not ask for this page here: they were on it and switched to an organization where it is not for them.
  if (shownIn !== null && shownIn !== organization.id) return <Navigate to={paths.home} replace />;
  return <NoAccess permission={permission} />;
}
