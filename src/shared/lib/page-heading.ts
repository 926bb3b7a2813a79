// What stood at the top of each page when it was last open, so that it can stand there again before its data has come
// (first-frame/draw.js, and the skeleton of a page). This tab's own first: another may work in another organization.
const KEY = "headings";

export interface PageHeading {
  title: string;
  description: string;
}

type Headings = Record<string, PageHeading>;

export function rememberHeading(path: string, heading: PageHeading): void {
  for (const storage of storages()) {
    const known = read(storage);
    if (known[path]?.title === heading.title && known[path].description === heading.description) continue;
    try {
      storage.setItem(KEY, JSON.stringify({ ...known, [path]: heading }));
    } catch {
      // Full or closed to this page: it then begins without.
    }
  }
}

export function rememberedHeading(path: string): PageHeading | undefined {
  return storages()
    .map((storage) => read(storage)[path])
    .find((heading) => heading !== undefined);
}

/** Whoever comes next at this device is not told where the last person worked. */
export function forgetHeadings(): void {
  for (const storage of storages()) storage.removeItem(KEY);
}

function storages(): Storage[] {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return [];
  }
}

function read(storage: Storage): Headings {
  try {
    return JSON.parse(storage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
