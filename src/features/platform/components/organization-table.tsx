import { useEffect, useState } from "react";
import { DataTable } from "@/shared/ui/data-table";
import { EmptyState } from "@/shared/ui/empty-state";
import { IconButton } from "@/shared/ui/icon-button";
import { Building2, CirclePause, Ellipsis, Eye, EyeOff, SlidersHorizontal, Undo2 } from "@/shared/ui/icons";
import { Menu, MenuItem, MenuSeparator } from "@/shared/ui/menu";
import { Pill } from "@/shared/ui/pill";
import { createAppColumnHelper, useAppTable } from "@/shared/ui/table-hook";
import { useAsk } from "../organization-deeds";
import { remainingTime } from "../remaining-time";
import type { PlatformOrganization } from "../types";

const MINUTE_MS = 60_000;

const column = createAppColumnHelper<PlatformOrganization>();
const columns = column.columns([
  column.accessor("name", {
    header: "Organization",
    sortFn: "text",
    meta: { card: "title" },
    cell: ({ row }) => <NameCell organization={row.original} />,
  }),
  column.accessor("tier", {
    header: "Subscription",
    sortFn: "text",
    cell: ({ getValue }) => <span className="capitalize">{getValue()}</span>,
  }),
  column.accessor("seatsTaken", {
    header: "Seats",
    meta: { align: "end" },
    cell: ({ row }) => `${row.original.seatsTaken} of ${row.original.seatLimit}`,
  }),
  column.accessor("isActive", {
    header: "State",
    enableSorting: false,
    cell: ({ getValue }) => (getValue() ? <Pill tone="good">Active</Pill> : <Pill tone="bad">Suspended</Pill>),
  }),
  column.accessor("accessUntil", {
    header: "Your access",
    enableSorting: false,
    cell: ({ row }) => <AccessCell organization={row.original} />,
  }),
  column.display({
    id: "actions",
    meta: { card: "corner", label: "Actions", align: "end", className: "sm:w-0" },
    cell: ({ row }) => <ActionsCell organization={row.original} />,
  }),
]);

interface CellProps {
  organization: PlatformOrganization;
}

function NameCell({ organization }: CellProps) {
  return (
    <span className="block min-w-0 py-1 wrap-anywhere">
      <bdi className="font-medium">{organization.name}</bdi>
      <span className="block text-small text-ink-2">{organization.slug}</span>
    </span>
  );
}

const closed = <span className="text-ink-2">Closed</span>;

function AccessCell({ organization: { accessUntil } }: CellProps) {
  // Begun anew with another access: what is left of it is counted from now, and not from when the row was first drawn.
  return accessUntil ? <Remaining key={accessUntil} until={accessUntil} /> : closed;
}

function Remaining({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS / 4);
    return () => clearInterval(timer);
  }, []);
  const remaining = remainingTime(until, now);
  return remaining ? <Pill tone="warn">{remaining} left</Pill> : closed;
}

function ActionsCell({ organization }: CellProps) {
  const ask = useAsk();
  return (
    <Menu align="end" trigger={<IconButton label={`Actions for ${organization.name}`} Icon={Ellipsis} />}>
      {organization.accessUntil ? (
        <MenuItem Icon={EyeOff} onSelect={() => ask({ about: "closing", organization })}>
          Close your access
        </MenuItem>
      ) : (
        <MenuItem Icon={Eye} onSelect={() => ask({ about: "access", organization })}>
          Open an access
        </MenuItem>
      )}
      <MenuItem Icon={SlidersHorizontal} onSelect={() => ask({ about: "subscription", organization })}>
        Change the subscription
      </MenuItem>
      <MenuSeparator />
      {organization.isActive ? (
        <MenuItem Icon={CirclePause} tone="danger" onSelect={() => ask({ about: "state", organization })}>
          Suspend
        </MenuItem>
      ) : (
        <MenuItem Icon={Undo2} onSelect={() => ask({ about: "state", organization })}>
          Reactivate
        </MenuItem>
      )}
    </Menu>
  );
}

export function OrganizationTable({ organizations }: { organizations: PlatformOrganization[] }) {
  const table = useAppTable({ data: organizations, columns });
  return (
    <DataTable
      table={table}
      label="Organizations"
      empty={
        <EmptyState Icon={Building2} title="None of this name">
          No organization has this in its name or address.
        </EmptyState>
      }
    />
  );
}
