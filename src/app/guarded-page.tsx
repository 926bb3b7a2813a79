import { RequireOrganization, RequirePermission } from "@/features/organizations";
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
  const view = <Lazy part={page} props={{}} />;
  if (personal) return view;
  return (
    <RequireOrganization>
      {permission ? <RequirePermission permission={permission}>{view}</RequirePermission> : view}
    </RequireOrganization>
  );
}
