// biome-ignore-all lint/a11y/noRedundantRoles: laid out as cards, these elements lose their roles in some browsers.
import type { ReactNode } from "react";
import { CardSort } from "./card-sort";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "./icons";
import { Skeleton } from "./skeleton";
import type { AppTable } from "./table-hook";

interface DataTableProps<Row extends object> {
  table: AppTable<Row>;
  /** What the rows are, for screen readers. */
  label: string;
  /** Shows rows without content until the first ones are there. */
  isLoading?: boolean;
  /** Instead of rows when there are none. */
  empty: ReactNode;
  /** Such as a height within which the rows scroll below the header. */
  className?: string;
}

/** Rows and columns; on a phone each row is a card. */
export function DataTable<Row extends object>({
  table,
  label,
  isLoading = false,
  empty,
  className = "",
}: DataTableProps<Row>) {
  const rows = table.getRowModel().rows;
  if (!isLoading && rows.length === 0) return empty;
  return (
    <div className={`overflow-auto ${className}`}>
      <CardSort table={table} />
      <table
        role="table"
        aria-label={label}
        aria-busy={isLoading}
        className="w-full border-separate border-spacing-0 max-sm:block"
      >
        <thead role="rowgroup" className="max-sm:hidden">
          {table.getHeaderGroups().map((group) => (
            <tr role="row" key={group.id}>
              {group.headers.map((header) => (
                <HeaderCell key={header.id} table={table} header={header} />
              ))}
            </tr>
          ))}
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          {isLoading
            ? Array.from({ length: 6 }, (_, index) => `row ${index}`).map((key) => (
                <LoadingRow key={key} table={table} />
              ))
            : rows.map((row) => (
                <tr
                  role="row"
                  key={row.id}
                  className="group max-sm:relative max-sm:block max-sm:border-b max-sm:border-line max-sm:px-4 max-sm:py-3 max-sm:last:border-b-0 sm:hover:bg-hover"
                >
                  {row.getAllCells().map((cell) => (
                    <BodyCell key={cell.id} table={table} cell={cell} />
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  );
}

type Table<Row extends object> = AppTable<Row>;
type Header<Row extends object> = ReturnType<Table<Row>["getHeaderGroups"]>[number]["headers"][number];
type Cell<Row extends object> = ReturnType<
  ReturnType<Table<Row>["getRowModel"]>["rows"][number]["getAllCells"]
>[number];

function HeaderCell<Row extends object>({ table, header }: { table: Table<Row>; header: Header<Row> }) {
  const { column } = header;
  const look = column.columnDef.meta;
  const sorted = column.getIsSorted();
  const atEnd = look?.align === "end";
  const name = look?.label === undefined ? <table.FlexRender header={header} /> : null;
  const Mark = sorted === "asc" ? ArrowUp : sorted === "desc" ? ArrowDown : ChevronsUpDown;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
      className={`sticky top-0 z-[1] h-9 border-b border-line bg-sunken px-3 text-small font-medium whitespace-nowrap text-ink-2 ${atEnd ? "text-end" : "text-start"} ${look?.className ?? ""}`}
    >
      {column.getCanSort() && name ? (
        <button
          type="button"
          onClick={column.getToggleSortingHandler()}
          className={`group/sort -mx-1 inline-flex h-7 items-center gap-1 rounded-control px-1 hover:text-ink ${atEnd ? "flex-row-reverse" : ""}`}
        >
          {name}
          <Mark
            aria-hidden="true"
            className={`size-3 ${sorted ? "text-ink" : "opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100"}`}
          />
        </button>
      ) : (
        (name ?? <span className="sr-only">{look?.label}</span>)
      )}
    </th>
  );
}

const cards = {
  title: "max-sm:pe-12 max-sm:pb-1 max-sm:font-medium",
  corner: "max-sm:absolute max-sm:end-2 max-sm:top-2",
  hidden: "max-sm:hidden",
  fact: "max-sm:flex max-sm:items-center max-sm:justify-between max-sm:gap-4 max-sm:py-1 max-sm:text-end",
} as const;

function BodyCell<Row extends object>({ table, cell }: { table: Table<Row>; cell: Cell<Row> }) {
  const { meta, header } = cell.column.columnDef;
  const card = meta?.card ?? "fact";
  const label = meta?.label ?? (typeof header === "string" ? header : "");
  return (
    <td
      role="cell"
      className={`h-row px-3 max-sm:block max-sm:h-auto max-sm:px-0 sm:border-b sm:border-line sm:group-last:border-b-0 ${cards[card]} ${meta?.align === "end" ? "sm:text-end" : ""} ${meta?.className ?? ""}`}
    >
      {card === "fact" && label && <span className="shrink-0 text-small text-ink-2 sm:hidden">{label}</span>}
      <table.FlexRender cell={cell} />
    </td>
  );
}

function LoadingRow<Row extends object>({ table }: { table: Table<Row> }) {
  return (
    <tr role="row" className="max-sm:block max-sm:border-b max-sm:border-line max-sm:px-4 max-sm:py-3">
      {table.getAllLeafColumns().map((column, index) => (
        <td role="cell" key={column.id} className="h-row px-3 max-sm:block max-sm:px-0 sm:border-b sm:border-line">
          <Skeleton className={`h-3 ${index % 3 === 0 ? "w-32" : index % 3 === 1 ? "w-20" : "w-24"} max-w-full`} />
        </td>
      ))}
    </tr>
  );
}
