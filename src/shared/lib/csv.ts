// Tables as text that spreadsheets open: comma, quotes doubled, a mark at the beginning that says the text is UTF-8.
const BYTE_ORDER_MARK = "\uFEFF";

/** A cell that begins like this would be run as a formula by whoever opens the file; some take the wide forms for the same. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
const plainNumber = /^[+-]?\d+(\.\d+)?$/;

export function csvCell(value: string | number | null): string {
  if (value === null) return "";
  const text = String(value);
  // A negative number is one, and has to stay one.
  const safe = formula.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvRows(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/** Hands parts of a file, made one after the other, to the person as one download. */
export function downloadCsv(name: string, parts: readonly string[]): void {
  const address = URL.createObjectURL(new Blob([BYTE_ORDER_MARK, ...parts], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
