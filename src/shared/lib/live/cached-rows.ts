// Rows inside cached answers, wherever they stand in them: a row alone, a list, a page of a list, pages of an endless list.

/** What is shown of a row has its id and the version it was read with. */
export interface Versioned {
  id: string;
  version: number;
}

export function rowsIn(data: unknown): Versioned[] {
  if (Array.isArray(data)) return data.flatMap(rowsIn);
  if (!isObject(data)) return [];
  if (isVersioned(data)) return [data];
  return Object.values(data).flatMap((part) => (Array.isArray(part) ? part.flatMap(rowsIn) : []));
}

/** With newer rows in their places. What holds none of them stays the very same, and so is not drawn again. */
export function withRows<T>(data: T, rows: ReadonlyMap<string, Versioned>): T {
  return replaced(data, rows) as T;
}

function replaced(data: unknown, rows: ReadonlyMap<string, Versioned>): unknown {
  if (Array.isArray(data)) {
    const next = data.map((part) => replaced(part, rows));
    return next.some((part, index) => part !== data[index]) ? next : data;
  }
  if (!isObject(data)) return data;
  if (isVersioned(data)) {
    const newer = rows.get(data.id);
    return newer && newer.version > data.version ? newer : data;
  }
  const changed = Object.entries(data).flatMap(([name, part]) => {
    if (!Array.isArray(part)) return [];
    const next = replaced(part, rows);
    return next === part ? [] : [[name, next]];
  });
  return changed.length > 0 ? { ...data, ...Object.fromEntries(changed) } : data;
}

const isObject = (data: unknown): data is Record<string, unknown> => typeof data === "object" && data !== null;

function isVersioned(data: Record<string, unknown>): data is Record<string, unknown> & Versioned {
  return typeof data.id === "string" && typeof data.version === "number";
}
