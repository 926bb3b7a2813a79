import { memo } from "react";
import { DataTable } from "@/shared/ui/data-table";
import { createAppColumnHelper, useAppTable } from "@/shared/ui/table-hook";
import type { Partner, PartnerListing, PartnerSort } from "../../types";
import { Health } from "../shared/health";
import { Owner } from "../shared/owner";
import { DateCell, DomainCell, NameCell, SelectAllCell, SelectCell, StatusCell, TierCell } from "./partner-cells";

const none: Partner[] = [];

const column = createAppColumnHelper<Partner>();
// The ids of what can be sorted by are the names of the sort orders.
const columns = column.columns([
  column.display({
    id: "select",
    meta: { className: "w-0 pe-0!" },
    header: SelectAllCell,
    cell: ({ row }) => <SelectCell partner={row.original} />,
  }),
  column.accessor("name", {
    id: "name",
    header: "Partner",
    cell: ({ row }) => <NameCell partner={row.original} />,
  }),
  column.accessor("status", {
    id: "status",
    header: "Status",
    cell: ({ row }) => <StatusCell partner={row.original} />,
  }),
  column.accessor("tier", { id: "tier", header: "Tier", cell: ({ row }) => <TierCell partner={row.original} /> }),
  column.display({
    id: "owner",
    header: "Owner",
    cell: ({ row }) => (
      <span className="flex max-w-48">
        <Owner person={row.original.owner} />
      </span>
    ),
  }),
  column.display({ id: "domain", header: "Domain", cell: ({ row }) => <DomainCell partner={row.original} /> }),
  column.accessor("health", {
    id: "health",
    header: "Health",
    cell: ({ row }) => <Health value={row.original.health} />,
  }),
  column.accessor("agreementEndsOn", {
    id: "agreement_end",
    header: "Agreement ends",
    cell: ({ row }) => <DateCell day={row.original.agreementEndsOn} />,
  }),
  column.accessor("updatedAt", {
    id: "updated",
    header: "Updated",
    cell: ({ row }) => <DateCell day={row.original.updatedAt} />,
  }),
]);
const withoutSelection = columns.slice(1) as typeof columns;

interface PartnerTableProps {
  partners: Partner[] | undefined;
  listing: PartnerListing;
  isSelectable: boolean;
  onChange: (changes: Partial<PartnerListing>) => void;
}

/** Remembered: what else the page waits for comes in one by one, and must not draw every row again each time. */
export const PartnerTable = memo(function PartnerTable({
  partners,
  listing,
  isSelectable,
  onChange,
}: PartnerTableProps) {
  const sorting = [{ id: listing.sort, desc: listing.descending }];
  const table = useAppTable({
    data: partners ?? none,
    columns: isSelectable ? columns : withoutSelection,
    // The database sorts: what is here is one page of many.
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = typeof update === "function" ? update(sorting) : update;
      if (next) onChange({ sort: next.id as PartnerSort, descending: next.desc });
    },
  });
  return <DataTable table={table} label="Partners" isLoading={partners === undefined} empty={null} />;
});
