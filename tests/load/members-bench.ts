// The list of members of the largest organization: each order's first, middle and last page, searches, and what counts beside it.
import type pg from "pg";
import { atMost, type Figure, interleaved } from "./figure.ts";

const PAGE_BAR = 1.3;
const SEARCH_MS = 20;
const COUNT_MS = 20;

/** The orders that the screen offers, as the owner would write them. */
const orders: Record<string, string> = {
  name: "m.display_name, m.id",
  email: "coalesce(m.email, ''), m.id",
  joined: "m.joined_at, m.id",
  status: "m.status, m.display_name, m.id",
  role: "r.position, r.id, m.display_name, m.id",
};

/** What people type: an address, a first name that hundreds have, what everybody's address has, and what nobody is called. */
const searches = ["person39999", "anna", "an", "person", "zzzz"];

export async function measureMembers(owner: pg.Client, person: pg.Client, organization: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [sort, order] of Object.entries(orders)) {
    const places = {
      middle: await memberAt(owner, organization, order, 0.5),
      last: await lastBefore(owner, organization, order),
    };
    const page = (beside: string | null) => () =>
      person.query({
        name: `members by ${sort}`,
        text: "select * from public.members_page($1, sort => $2, beside => $3)",
        values: [organization, sort, beside],
      });
    const times = await interleaved({ first: page(null), middle: page(places.middle), last: page(places.last) });
    const slowest = Math.max(times.middle, times.last);
    figures.push({
      what: `members by ${sort}, middle and last page`,
      value: `${(times.middle / times.first).toFixed(2)} × and ${(times.last / times.first).toFixed(2)} × the first's ${times.first.toFixed(2)} ms`,
      bar: `≤ ${PAGE_BAR} ×`,
      ok: slowest <= times.first * PAGE_BAR,
    });
  }
  const found = await interleaved(
    Object.fromEntries(
      searches.map((search) => [
        search,
        () => person.query("select * from public.members_page($1, search => $2)", [organization, search]),
      ]),
    ),
  );
  for (const search of searches)
    figures.push(atMost(`members, search for "${search}"`, found[search] ?? Number.NaN, SEARCH_MS, "ms"));
  const counted = await interleaved({
    all: () => person.query("select public.count_members($1)", [organization]),
    found: () => person.query("select public.count_members($1, search => 'anna')", [organization]),
    seats: () => owner.query("select private.seats_taken($1)", [organization]),
  });
  figures.push(atMost("members, all counted", counted.all, COUNT_MS, "ms"));
  figures.push(atMost("members, a search counted", counted.found, COUNT_MS, "ms"));
  figures.push(atMost("seats taken, counted at each invitation", counted.seats, 10, "ms"));
  return figures;
}

async function memberAt(owner: pg.Client, organization: string, order: string, share: number): Promise<string> {
  const { rows } = await owner.query<{ user_id: string }>(
    `select m.user_id from public.memberships as m join public.roles as r on r.id = m.role_id
     where m.organization_id = $1 order by ${order}
     offset (select (count(*) * $2::numeric)::bigint from public.memberships where organization_id = $1) limit 1`,
    [organization, share],
  );
  if (!rows[0]) throw new Error("The largest organization has no member there: generate more of them.");
  return rows[0].user_id;
}

/** Whom the last 50 follow. */
async function lastBefore(owner: pg.Client, organization: string, order: string): Promise<string> {
  const { rows } = await owner.query<{ members: number }>(
    "select count(*)::integer as members from public.memberships where organization_id = $1",
    [organization],
  );
  const members = rows[0]?.members ?? 0;
  return memberAt(owner, organization, order, (members - 51) / members);
}
