import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, useMemo, useState } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { useLive } from "@/shared/lib/live/use-live";
import { useIsNarrow } from "@/shared/lib/media-query";
import { usePageTitle } from "@/shared/lib/page-title";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Plus } from "@/shared/ui/icons";
import { PageHeader } from "@/shared/ui/page-header";
import { Skeleton } from "@/shared/ui/skeleton";
import { LeaveGuard } from "../components/leave-guard";
import { RoleDialogs } from "../components/role-dialogs";
import { RoleList } from "../components/role-list";
import { RoleMatrix } from "../components/role-matrix";
import type { RoleQuestion } from "../components/role-menu";
import { SaveBar } from "../components/save-bar";
import { Legend } from "../components/scope-mark";
import { useRoleDrafts } from "../hooks/use-role-drafts";
import { rolesPlan } from "../live-plan";
import { catalogueQuery, rolesQuery } from "../queries";

const subjects = ["members"];

export function RolesPage() {
  usePageTitle("Roles");
  const { organization, can } = useActiveOrganization();
  const canManage = can("roles.manage") === "all";
  const roles = useQuery(rolesQuery(organization.id));
  const catalogue = useQuery(catalogueQuery());
  const drafts = useRoleDrafts(organization.id);
  useLive(
    organization.id,
    subjects,
    useMemo(() => rolesPlan(organization.id), [organization.id]),
  );
  const [question, setQuestion] = useState<RoleQuestion | null>(null);
  const error = roles.error ?? catalogue.error;

  return (
    <div className="space-y-5">
      <PageHeader
        title="Roles"
        description={
          canManage
            ? "What each role may see and do. A change holds for everybody with the role from their next request on."
            : "What each role may see and do. Changing roles takes a right that your role does not have."
        }
        actions={
          canManage && (
            <Button look="primary" onClick={() => setQuestion({ about: "new", copyOf: null })}>
              <Plus aria-hidden="true" className="size-4" />
              Add role
            </Button>
          )
        }
      />
      <Legend canManage={canManage} />
      {error ? (
        <Card>
          <ErrorState
            title="The roles could not be loaded"
            message={error.message}
            retry={() => void Promise.all([roles.refetch(), catalogue.refetch()])}
            busy={roles.isFetching || catalogue.isFetching}
          />
        </Card>
      ) : !roles.data || !catalogue.data ? (
        <MatrixSkeleton />
      ) : (
        <RolesView
          roles={roles.data}
          catalogue={catalogue.data}
          drafts={drafts}
          held={organization.permissions}
          canManage={canManage}
          onAsk={setQuestion}
        />
      )}
      <SaveBar drafts={drafts} roles={roles.data ?? []} catalogue={catalogue.data ?? []} />
      <RoleDialogs
        question={question}
        organizationId={organization.id}
        roles={roles.data ?? []}
        drafts={drafts}
        held={organization.permissions}
        onClose={() => setQuestion(null)}
      />
      <LeaveGuard when={Object.keys(drafts.drafts).length > 0} />
    </div>
  );
}

function RolesView(props: ComponentProps<typeof RoleMatrix>) {
  if (useIsNarrow()) return <RoleList {...props} />;
  return (
    <Card className="overflow-clip">
      <RoleMatrix {...props} />
    </Card>
  );
}

function MatrixSkeleton() {
  return (
    <Card className="space-y-4 p-4">
      {Array.from({ length: 12 }, (_, row) => `row ${row}`).map((row) => (
        <div key={row} className="flex items-center justify-between gap-8">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 flex-1" />
        </div>
      ))}
    </Card>
  );
}
