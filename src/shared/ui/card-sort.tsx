import type { AppTable } from "./table-hook";

/** On a phone, where rows are cards and have no header to press, the order is chosen here. */
export function CardSort<Row extends object>({ table }: { table: AppTable<Row> }) {
  const columns = table.getAllLeafColumns().filter((column) => column.getCanSort());
  if (columns.length === 0) return null;
  const sorted = columns.find((column) => column.getIsSorted());
  return (
    <label className="flex items-center justify-end gap-2 border-b border-line px-4 py-1 text-small text-ink-2 sm:hidden">
      <span className="shrink-0">Sort by</span>
      <select
        value={sorted ? `${sorted.id} ${sorted.getIsSorted()}` : ""}
        onChange={({ target }) => {
          const cut = target.value.lastIndexOf(" ");
          table.setSorting(
            cut < 0 ? [] : [{ id: target.value.slice(0, cut), desc: target.value.slice(cut + 1) === "desc" }],
          );
        }}
        className="h-control min-w-0 rounded-control bg-transparent px-1 text-ink"
      >
        <option value="">As it comes</option>
        {columns.flatMap((column) => {
          const { header, meta } = column.columnDef;
          const name = meta?.label ?? (typeof header === "string" ? header : column.id);
          return [
            <option key={`${column.id} asc`} value={`${column.id} asc`}>{`${name}, ascending`}</option>,
            <option key={`${column.id} desc`} value={`${column.id} desc`}>{`${name}, descending`}</option>,
          ];
        })}
      </select>
    </label>
  );
}
