import { memo } from "react";
import { DataTable } from "@/shared/ui/data-table";
import { createAppColumnHelper, useAppTable } from "@/shared/ui/table-hook";
import { isFiltered } from "../filter";
import type { Member, MemberFilter, MemberSort } from "../types";
import { ActionsCell, EmailCell, JoinedCell, NameCell, RoleCell, StatusCell } from "./member-cells";
import { NobodyFound } from "./nobody-found";

const nobody: Member[] = [];

const column = createAppColumnHelper<Member>();
// The ids are the names of the sort orders.
const columns = column.columns([
  column.accessor("name", {
    id: "name",
    header: "Name",
    meta: { card: "title" },
    cell: ({ row }) => <NameCell member={row.original} />,
  }),
  column.accessor("email", {
    id: "email",
    header: "E-mail address",
    cell: ({ row }) => <EmailCell member={row.original} />,
  }),
  column.accessor("roleName", { id: "role", header: "Role", cell: ({ row }) => <RoleCell member={row.original} /> }),
  column.accessor("status", {
    id: "status",
    header: "Status",
    cell: ({ row }) => <StatusCell member={row.original} />,
  }),
  column.accessor("joinedAt", {
    id: "joined",
    header: "Joined",
    cell: ({ row }) => <JoinedCell member={row.original} />,
  }),
  column.display({
    id: "actions",
    meta: { card: "corner", label: "Actions", align: "end", className: "sm:w-0" },
    cell: ({ row }) => <ActionsCell member={row.original} />,
  }),
]);

interface MemberTableProps {
  members: Member[] | undefined;
  filter: MemberFilter;
  onChange: (changes: Partial<MemberFilter>) => void;
  /** Takes back what is filtered by. */
  onShowAll: () => void;
}

/** Remembered: what else the page waits for comes in one by one, and must not draw every row again each time. */
export const MemberTable = memo(function MemberTable({ members, filter, onChange, onShowAll }: MemberTableProps) {
  const sorting = [{ id: filter.sort, desc: filter.descending }];
  const table = useAppTable({
    data: members ?? nobody,
    columns,
    // The database sorts: what is here is one page of many.
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: (update) => {
      const [next] = typeof update === "function" ? update(sorting) : update;
      if (next) onChange({ sort: next.id as MemberSort, descending: next.desc });
    },
  });
  const empty = <NobodyFound onShowAll={isFiltered(filter) ? onShowAll : null} />;
  return <DataTable table={table} label="Members" isLoading={members === undefined} empty={empty} />;
});
