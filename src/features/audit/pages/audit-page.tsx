import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { useLocale } from "@/shared/lib/locale";
import { useIsNarrow } from "@/shared/lib/media-query";
import { usePageTitle } from "@/shared/lib/page-title";
import { UrlState } from "@/shared/lib/url-state";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { OverlayClose, Sheet } from "@/shared/ui/dialog";
import { SlidersHorizontal } from "@/shared/ui/icons";
import { PageHeader } from "@/shared/ui/page-header";
import { Tag } from "@/shared/ui/tag";
import { AuditFilterFields } from "../components/audit-filters";
import { ChainCard } from "../components/chain-card";
import { Events } from "../components/events";
import { useAuditFilters } from "../hooks/use-audit-filters";
import { EXPORT_LIMIT, useExport } from "../hooks/use-export";
import { auditLogQuery, namesQuery } from "../queries";

export function AuditPage() {
  return (
    <UrlState>
      <Audit />
    </UrlState>
  );
}

const noNames: ReadonlyMap<string, string> = new Map();

function Audit() {
  usePageTitle("Audit log");
  const { organization } = useActiveOrganization();
  const locale = useLocale();
  const { filters, set, clear, count } = useAuditFilters();
  const log = useInfiniteQuery(auditLogQuery(organization.id, filters));
  const { data: names = noNames } = useQuery(namesQuery(organization.id));
  const { run, done } = useExport(organization.id, filters);
  const isNarrow = useIsNarrow();
  const showHistory = useCallback((row: string) => set({ row }), [set]);
  const fields = <AuditFilterFields organizationId={organization.id} filters={filters} onChange={set} />;
  const clearAll = count > 0 && (
    <Button look="quiet" onClick={clear}>
      Clear filters
    </Button>
  );
  return (
    <div className="space-y-4">
      <PageHeader
        title="Audit log"
        description="Who changed what, from what to what, and when. Nobody can edit it, and a hash chain proves it."
        actions={
          <Button
            onClick={run}
            busy={done !== null}
            title={`All events that the filters leave, ${EXPORT_LIMIT.toLocaleString(locale)} at most`}
          >
            {done ? `${done.toLocaleString(locale)} events` : "Export CSV"}
          </Button>
        }
      />
      <ChainCard organizationId={organization.id} />
      <Card className="overflow-clip">
        <div className="border-b border-line p-4 max-sm:p-3">
          {!isNarrow && (
            <div className="grid grid-cols-[1fr_1fr_1fr_11rem_11rem] gap-3 max-xl:grid-cols-3">{fields}</div>
          )}
          <div className="flex flex-wrap gap-2 md:hidden">
            <Sheet
              title="Filters"
              trigger={
                <Button>
                  <SlidersHorizontal aria-hidden="true" className="size-4" />
                  Filters{count > 0 && ` (${count})`}
                </Button>
              }
              footer={
                <OverlayClose>
                  <Button look="primary">Show events</Button>
                </OverlayClose>
              }
            >
              <div className="space-y-4">{fields}</div>
            </Sheet>
            {clearAll}
          </div>
          {count > 0 && (
            <div className="mt-3 flex flex-wrap items-center gap-2">
              {filters.row !== "" && (
                <Tag onRemove={{ label: "Show other rows again", run: () => set({ row: "" }) }}>
                  Only {names.get(filters.row) ?? log.data?.pages[0]?.events[0]?.label ?? "one row"}
                </Tag>
              )}
              <span className="max-md:hidden">{clearAll}</span>
            </div>
          )}
        </div>
        <Events log={log} names={names} hasFilters={count > 0} onClear={clear} onHistory={showHistory} />
      </Card>
    </div>
  );
}
