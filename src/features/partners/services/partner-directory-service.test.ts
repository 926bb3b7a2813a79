import { beforeEach, expect, test, vi } from "vitest";
import { NOBODY } from "../constants";
import { everyPartner, firstPage } from "../filter";
import { partnerRow, stubClient } from "../test-client";
import type { PartnerListing } from "../types";
import { partnerDirectoryService as service } from "./partner-directory-service";

const client = stubClient();
vi.mock("@/shared/lib/supabase", () => ({ supabase: () => client.api }));
beforeEach(() => client.reset());

const listing: PartnerListing = { ...everyPartner, sort: "name", descending: false, place: firstPage };

test("a list asks for one row more than it shows, and for nothing that nobody filters by", async () => {
  client.answer(Array.from({ length: 51 }, (_, index) => partnerRow({ id: `p${index}` })));
  const page = await service.listPartners("org", listing);
  expect(client.calls[0]).toMatchObject({
    rpc: "partners_page",
    args: { organization: "org", filters: {}, sort: "name", descending: false, backwards: false, page_size: 51 },
  });
  expect(client.calls[0]?.args).not.toHaveProperty("beside");
  expect(page.partners).toHaveLength(50);
  expect([page.hasPrevious, page.hasNext]).toEqual([false, true]);
});

test("each filter has its name in the database, and a page turned back ends where the one before began", async () => {
  client.answer(Array.from({ length: 51 }, (_, index) => partnerRow({ id: `p${index}` })));
  const page = await service.listPartners("org", {
    text: "alp",
    statuses: ["active", "pending"],
    tiers: ["gold"],
    domains: ["cloud"],
    regions: ["emea"],
    tags: ["strategic"],
    owner: NOBODY,
    archived: true,
    sort: "health",
    descending: true,
    place: { number: 3, beside: "p60", backwards: true },
  });
  expect(client.calls[0]?.args).toMatchObject({
    filters: {
      search: "alp",
      statuses: ["active", "pending"],
      tiers: ["gold"],
      domains: ["cloud"],
      regions: ["emea"],
      tags: ["strategic"],
      owners: [NOBODY],
      archived: true,
    },
    sort: "health",
    descending: true,
    backwards: true,
    beside: "p60",
  });
  expect(page.partners.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, index) => `p${index + 1}`));
  expect([page.hasPrevious, page.hasNext]).toEqual([true, true]);
});

test("rows become partners, whose owner is named as far as it may be seen", async () => {
  client.answer([
    partnerRow({ owner_id: "u1", owner: { display_name: "Mara", avatar_color: "teal" } }),
    partnerRow({ owner_id: "u2", owner: null }),
    partnerRow({ owner_id: null, owner: null }),
  ]);
  const { partners } = await service.listPartners("org", listing);
  expect(partners.map(({ owner }) => owner)).toEqual([
    { id: "u1", name: "Mara", colour: "teal" },
    { id: "u2", name: "A colleague", colour: "slate" },
    null,
  ]);
});

test("many get a new status in one statement, and what each had comes back", async () => {
  client.answer([
    {
      id: "a",
      version: 4,
      before: { status: "pending", tier: null, owner_id: null, region: null, domain: null, tags: [] },
    },
  ]);
  const reached = await service.bulkUpdateStatus("org", ["a"], "active");
  expect(client.calls).toEqual([
    { rpc: "bulk_update_partners", args: { organization: "org", partners: ["a"], changes: { status: "active" } } },
  ]);
  expect(reached).toEqual([
    { id: "a", version: 4, before: { status: "pending", tier: null, ownerId: null, tags: [] } },
  ]);
});

test("taking a tier or an owner away is said, not left out", async () => {
  client.answer([]);
  await service.bulkUpdate("org", ["a"], { tier: null, ownerId: null, addTags: ["x"], removeTags: ["y"] });
  expect(client.calls[0]?.args).toMatchObject({
    changes: { tier: null, owner_id: null, add_tags: ["x"], remove_tags: ["y"] },
  });
});

test("archiving names the partners and answers with those that changed", async () => {
  client.answer(["a"]);
  await expect(service.archivePartners("org", ["a", "b"], true)).resolves.toEqual(["a"]);
  expect(client.calls[0]).toEqual({
    rpc: "archive_partners",
    args: { organization: "org", partners: ["a", "b"], archive: true },
  });
});

test("figures keep what may not be seen apart from none", async () => {
  client.answer({ active: 2, all: 3, pipeline: null, open_referrals: 0 });
  await expect(service.fetchSummaryMetrics("org")).resolves.toEqual({
    active: 2,
    all: 3,
    pipeline: null,
    openReferrals: 0,
  });
});

test.each([
  ["42501", "forbidden"],
  ["PW053", "forbidden"],
  ["PW052", "invalid"],
])("what the database refuses with %s is told as %s", async (code, kind) => {
  client.refuse({ code, message: "No." });
  await expect(service.bulkUpdateStatus("org", ["a"], "active")).rejects.toMatchObject({
    name: "AppError",
    kind,
    code,
  });
});
