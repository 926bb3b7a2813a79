// What of the members is shown, as the address says it, so that a link shows the same to somebody else.
import type { MemberFilter, MemberSort, MemberStatus, PagePlace } from "./types";

const sorts: readonly MemberSort[] = ["name", "email", "role", "status", "joined"];
export const firstPage: PagePlace = { number: 1, beside: null, backwards: false };

const statuses: readonly MemberStatus[] = ["active", "deactivated"];

export function readFilter(search: URLSearchParams): MemberFilter {
  const sort = search.get("sort") ?? "";
  const wished = sort.replace(/^-/, "");
  return {
    text: (search.get("q") ?? "").slice(0, 100),
    role: uuidIn(search.get("role")),
    status: statuses.find((status) => status === search.get("status")) ?? null,
    sort: sorts.find((known) => known === wished) ?? "name",
    descending: sort.startsWith("-"),
    place: readPlace(search),
  };
}

function readPlace(search: URLSearchParams): PagePlace {
  const number = Number(search.get("page"));
  const [after, before] = [uuidIn(search.get("after")), uuidIn(search.get("before"))];
  if (!(after || before) || !Number.isSafeInteger(number) || number < 2 || number > 100_000) return firstPage;
  return { number, beside: after ?? before, backwards: !after };
}

/** Only what differs from how the page opens by itself. */
export function writeFilter({ text, role, status, sort, descending, place }: MemberFilter): URLSearchParams {
  const order = `${descending ? "-" : ""}${sort}`;
  return new URLSearchParams({
    ...(text && { q: text }),
    ...(role && { role }),
    ...(status && { status }),
    ...(order !== "name" && { sort: order }),
    ...(place.beside && { page: String(place.number), [place.backwards ? "before" : "after"]: place.beside }),
  });
}

export function isFiltered({ text, role, status }: MemberFilter): boolean {
  return text !== "" || role !== null || status !== null;
}

function uuidIn(value: string | null): string | null {
  return value && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : null;
}
