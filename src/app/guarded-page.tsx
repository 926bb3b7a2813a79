import { RequireOrganization, RequirePermission, useActiveOrganization } from "@/features/organizations";
import type { Permission } from "@/shared/lib/permissions";
import { Lazy, type LazyPart } from "./lazy-part";

type NoProps = Record<never, never>;

export interface GuardedPageProps {
  page: LazyPart<NoProps>;
  permission?: Permission | undefined;
  personal?: boolean | undefined;
}

/** A page, where the person may have it; else what it takes to get there. */
export function GuardedPage({ page, permission, personal = false }: GuardedPageProps) {
  if (personal) return <Lazy part={page} props={{}} />;
  const view = <OfOneOrganization page={page} />;
  return (
    <RequireOrganization>
      {permission ? <RequirePermission permission={permission}>{view}</RequirePermission> : view}
    </RequireOrganization>
  );
}

/** Begun anew after a switch: what was opened or typed in one organization is not carried into another. */
function OfOneOrganization({ page }: Pick<GuardedPageProps, "page">) {
  const { organization } = useActiveOrganization();
  return <Lazy key={organization.id} part={page} props={{}} />;
}
