// What of the members is shown, as the address says it, so that a link shows the same to somebody else.
import type { MemberFilter, MemberSort, MemberStatus } from "./types";

const sorts: readonly MemberSort[] = ["name", "email", "role", "status", "joined"];
const statuses: readonly MemberStatus[] = ["active", "deactivated"];

export function readFilter(search: URLSearchParams): MemberFilter {
  const sort = search.get("sort") ?? "";
  const wished = sort.replace(/^-/, "");
  const page = Number(search.get("page"));
  return {
    text: (search.get("q") ?? "").slice(0, 100),
    role: uuidIn(search.get("role")),
    status: statuses.find((status) => status === search.get("status")) ?? null,
    sort: sorts.find((known) => known === wished) ?? "name",
    descending: sort.startsWith("-"),
    page: Number.isSafeInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

/** Only what differs from how the page opens by itself. */
export function writeFilter({ text, role, status, sort, descending, page }: MemberFilter): URLSearchParams {
  const order = `${descending ? "-" : ""}${sort}`;
  return new URLSearchParams({
    ...(text && { q: text }),
    ...(role && { role }),
    ...(status && { status }),
    ...(order !== "name" && { sort: order }),
    ...(page > 1 && { page: String(page) }),
  });
}

export function isFiltered({ text, role, status }: MemberFilter): boolean {
  return text !== "" || role !== null || status !== null;
}

function uuidIn(value: string | null): string | null {
  return value && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : null;
}
