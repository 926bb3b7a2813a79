// The table library, bound once: what tables can do here, and what is said about a column beyond its data.
import {
  createSortedRowModel,
  createTableHook,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_datetime,
  sortFn_text,
  tableFeatures,
} from "@tanstack/react-table";

interface ColumnLook {
  /** Numbers stand at the end, so that their digits are under each other. */
  align?: "end";
  /** What the column is on a phone, where a row is a card: its title, its corner, or nothing. */
  card?: "title" | "corner" | "hidden";
  /** The name of the column where its header shows none. */
  label?: string;
  className?: string;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, datetime: sortFn_datetime, text: sortFn_text },
  columnMeta: {} as ColumnLook,
});

export const { useAppTable, createAppColumnHelper } = createTableHook({
  features,
  enableMultiSort: false,
  sortDescFirst: false,
  // A row without an id of its own is known by its place.
  getRowId: (row: { id?: string }, index: number) => row.id ?? String(index),
});

export type AppTable<Row extends object> = ReturnType<typeof useAppTable<Row>>;
