import { useActiveOrganization } from "@/features/organizations";
import { AppError } from "@/shared/lib/errors";
import { usePageTitle } from "@/shared/lib/page-title";
import { paths } from "@/shared/lib/paths";
import { Link, useParams } from "@/shared/lib/router";
import { Card } from "@/shared/ui/card";
import { EmptyState } from "@/shared/ui/empty-state";
import { ErrorState } from "@/shared/ui/error-state";
import { Handshake } from "@/shared/ui/icons";
import { useChoicesSettled } from "../hooks/use-choices";
import { usePartnerWorkspace } from "../hooks/use-partner-workspace";
import { PartnerWorkspace } from "../layout/partner-workspace";
import { WorkspaceSkeleton } from "../layout/workspace-skeleton";

export function PartnerWorkspacePage() {
  const { partnerId = "" } = useParams();
  const { organization } = useActiveOrganization();
  const { data, metrics, error, isFetching, retry, mutations } = usePartnerWorkspace(organization.id, partnerId);
  usePageTitle(data?.name ?? "Partner");
  const isSettled = useChoicesSettled();
  if (data && isSettled)
    return <PartnerWorkspace key={data.id} partner={data} metrics={metrics} mutations={mutations} />;
  if (data || !error) return <WorkspaceSkeleton />;
  return (
    <Card>
      <h1 className="sr-only">Partner</h1>
      {isMissing(error) ? (
        <EmptyState
          Icon={Handshake}
          title="There is no such partner"
          action={
            <Link to={paths.partners} className="rounded-control font-medium text-accent-text hover:underline">
              Go to the directory
            </Link>
          }
        >
          The link may be incomplete, or the partner belongs to another organization of yours.
        </EmptyState>
      ) : (
        <ErrorState title="The partner could not be loaded" message={error.message} retry={retry} busy={isFetching} />
      )}
    </Card>
  );
}

/** What is no id at all is no partner either: the database says so with 22P02. */
function isMissing(error: Error): boolean {
  return error instanceof AppError && (error.kind === "not-found" || error.code === "22P02");
}
