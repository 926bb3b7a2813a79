// Which partners are shown, as the address says it, so that a link shows the same to somebody else.
import { NOBODY, sorts } from "./constants";
import type { PagePlace, PartnerFilter, PartnerListing } from "./types";

export const firstPage: PagePlace = { number: 1, beside: null, backwards: false };

export const everyPartner: PartnerFilter = {
  text: "",
  statuses: [],
  tiers: [],
  domains: [],
  regions: [],
  tags: [],
  owner: null,
  archived: false,
};

export function readListing(search: URLSearchParams): PartnerListing {
  const sort = search.get("sort") ?? "";
  const wished = sort.replace(/^-/, "");
  return {
    text: (search.get("q") ?? "").slice(0, 100),
    statuses: keysIn(search.get("status")),
    tiers: keysIn(search.get("tier")),
    domains: keysIn(search.get("domain")),
    regions: keysIn(search.get("region")),
    tags: keysIn(search.get("tag")),
    owner: search.get("owner") === "none" ? NOBODY : uuidIn(search.get("owner")),
    archived: search.get("archived") === "yes",
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
export function writeListing(listing: PartnerListing): URLSearchParams {
  const { text, statuses, tiers, domains, regions, tags, owner, archived, sort, descending, place } = listing;
  const order = `${descending ? "-" : ""}${sort}`;
  const lists = { status: statuses, tier: tiers, domain: domains, region: regions, tag: tags };
  return new URLSearchParams({
    ...(text && { q: text }),
    ...Object.fromEntries(
      Object.entries(lists).flatMap(([name, keys]) => (keys.length > 0 ? [[name, keys.join(",")]] : [])),
    ),
    ...(owner && { owner: owner === NOBODY ? "none" : owner }),
    ...(archived && { archived: "yes" }),
    ...(order !== "name" && { sort: order }),
    ...(place.beside && { page: String(place.number), [place.backwards ? "before" : "after"]: place.beside }),
  });
}

export function isFiltered({ text, statuses, tiers, domains, regions, tags, owner }: PartnerFilter): boolean {
  return text !== "" || owner !== null || [statuses, tiers, domains, regions, tags].some((keys) => keys.length > 0);
}

/** What the list is narrowed by, without its order and place: the key of its count. */
export function filterOf(listing: PartnerListing): PartnerFilter {
  const { text, statuses, tiers, domains, regions, tags, owner, archived } = listing;
  return { text, statuses, tiers, domains, regions, tags, owner, archived };
}

function keysIn(value: string | null): string[] {
  const keys = (value ?? "").split(",").filter((key) => /^[a-z0-9_-]{1,60}$/i.test(key));
  return [...new Set(keys)].slice(0, 30);
}

function uuidIn(value: string | null): string | null {
  return value && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : null;
}
