import { usePageTitle } from "@/shared/lib/page-title";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Notice } from "@/shared/ui/notice";
import { Figures, FiguresSkeleton } from "../components/figures";
import { Parts, PartsSkeleton } from "../components/parts";
import { ProjectCard } from "../components/project-card";
import { StatusBar } from "../components/status-bar";
import { useStackStatus } from "../hooks/use-stack-status";

export function StatusPage() {
  usePageTitle("System status");
  const { data, error, checkedAt, isFetching, refresh } = useStackStatus();
  return (
    <section aria-label="State of the backend" aria-busy={isFetching} className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1>System status</h1>
        {(data || !error) && (
          <StatusBar
            status={error ? undefined : data?.status}
            checkedAt={checkedAt}
            isChecking={isFetching}
            check={refresh}
          />
        )}
      </div>
      <div className="grid grid-cols-[1fr_20rem] items-start gap-3 max-lg:grid-cols-1">
        <div className="min-w-0 space-y-3">
          {data && error && <Notice>{error.message} What stands below is the last answer.</Notice>}
          {data?.status === "degraded" && !error && (
            <Notice tone="warn">
              The database did not answer in time. What only the database knows is missing below; it is asked again
              every half minute.
            </Notice>
          )}
          {data ? (
            <>
              <Figures status={data} />
              <Parts status={data} />
            </>
          ) : error ? (
            <Card>
              <ErrorState
                title="The backend did not answer"
                message={error.message}
                retry={refresh}
                busy={isFetching}
              />
            </Card>
          ) : (
            <>
              <p className="sr-only" role="status">
                Asking the backend how it is.
              </p>
              <FiguresSkeleton />
              <PartsSkeleton />
            </>
          )}
        </div>
        <ProjectCard />
      </div>
    </section>
  );
}
