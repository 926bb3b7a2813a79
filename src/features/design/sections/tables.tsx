import { useState } from "react";
import { Avatar } from "@/shared/ui/avatar";
import { DataTable } from "@/shared/ui/data-table";
import { EmptyState } from "@/shared/ui/empty-state";
import { IconButton } from "@/shared/ui/icon-button";
import { Ellipsis, Pencil, Trash2, Users } from "@/shared/ui/icons";
import { Menu, MenuItem, MenuSeparator } from "@/shared/ui/menu";
import { Pill } from "@/shared/ui/pill";
import { SegmentedControl } from "@/shared/ui/segmented-control";
import { SortableList } from "@/shared/ui/sortable-list";
import { createAppColumnHelper, useAppTable } from "@/shared/ui/table-hook";
import { Tag } from "@/shared/ui/tag";
import { showToast } from "@/shared/ui/toast";
import { Section, States } from "./show";

interface Row {
  id: string;
  name: string;
  colour: string;
  state: "good" | "warn";
  region: string;
  value: number;
}

const rows: Row[] = [
  { id: "1", name: "Alpine Systems", colour: "teal", state: "good", region: "EMEA", value: 412_000 },
  { id: "2", name: "Brightforge", colour: "orange", state: "good", region: "EMEA", value: 388_500 },
  {
    id: "3",
    name: "Dunmore Digital and Sons, Successors of Dunmore & Dunmore",
    colour: "violet",
    state: "warn",
    region: "APAC",
    value: 120_000,
  },
  { id: "4", name: "شركة ألفا", colour: "sky", state: "good", region: "MENA", value: 0 },
];
const noRows: Row[] = [];

const column = createAppColumnHelper<Row>();
const columns = column.columns([
  column.accessor("name", {
    header: "Partner",
    sortFn: "text",
    meta: { card: "title" },
    cell: ({ row }) => <NameCell row={row.original} />,
  }),
  column.accessor("state", { header: "Status", cell: ({ row }) => <StateCell row={row.original} /> }),
  column.accessor("region", { header: "Region", sortFn: "text" }),
  column.accessor("value", {
    header: "Pipeline",
    meta: { align: "end" },
    cell: ({ getValue }) => `€ ${getValue().toLocaleString("en-GB")}`,
  }),
  column.display({
    id: "actions",
    meta: { card: "corner", label: "Actions", align: "end", className: "w-0" },
    cell: ({ row }) => <ActionsCell row={row.original} />,
  }),
]);

function NameCell({ row }: { row: Row }) {
  return (
    <span className="flex min-w-0 items-center gap-2 font-medium">
      <Avatar name={row.name} colour={row.colour} shape="square" />
      <span dir="auto" className="min-w-0 wrap-anywhere">
        {row.name}
      </span>
    </span>
  );
}

function StateCell({ row }: { row: Row }) {
  return <Pill tone={row.state}>{row.state === "good" ? "Active" : "Pending"}</Pill>;
}

function ActionsCell({ row }: { row: Row }) {
  return (
    <Menu align="end" trigger={<IconButton label={`Actions for ${row.name}`} Icon={Ellipsis} />}>
      <MenuItem Icon={Pencil} onSelect={() => showToast({ title: `${row.name} renamed` })}>
        Rename
      </MenuItem>
      <MenuSeparator />
      <MenuItem Icon={Trash2} tone="danger" onSelect={() => showToast({ title: `${row.name} removed` })}>
        Remove
      </MenuItem>
    </Menu>
  );
}

const firstOrder = [
  { id: "new", label: "New", colour: "sky" },
  { id: "qualified", label: "Qualified", colour: "violet" },
  { id: "proposal", label: "Proposal", colour: "amber" },
  { id: "won", label: "Won", colour: "green" },
] as const;

export function Tables() {
  const [shown, setShown] = useState<"rows" | "loading" | "empty">("rows");
  const [stages, setStages] = useState<readonly (typeof firstOrder)[number][]>(firstOrder);
  const table = useAppTable({ data: shown === "rows" ? rows : noRows, columns });
  return (
    <Section
      title="Rows"
      about="A table for reading; on a phone each row is a card. An order that people give can be dragged or moved with keys."
    >
      <div className="p-4">
        <SegmentedControl
          label="State of the table"
          value={shown}
          onChange={setShown}
          options={[
            { value: "rows", label: "Rows" },
            { value: "loading", label: "Loading" },
            { value: "empty", label: "Empty" },
          ]}
        />
      </div>
      <DataTable
        table={table}
        label="Sample of partners"
        isLoading={shown === "loading"}
        className="sm:max-h-56"
        empty={
          <EmptyState Icon={Users} title="Nobody here yet">
            Rows come as soon as somebody adds the first.
          </EmptyState>
        }
      />
      <States of="Sortable list">
        <div className="w-full max-w-sm">
          <SortableList label="Stages" items={stages} onReorder={setStages}>
            {(stage) => <Tag colour={stage.colour}>{stage.label}</Tag>}
          </SortableList>
        </div>
      </States>
    </Section>
  );
}
