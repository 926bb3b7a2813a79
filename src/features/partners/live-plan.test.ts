import { expect, test } from "vitest";
import type { LiveChange } from "@/shared/lib/live/types";
import { everyPartner, firstPage } from "./filter";
import { mayEnterOrLeave, mayMove } from "./live-plan";
import type { PartnerListing } from "./types";

const listing: PartnerListing = { ...everyPartner, sort: "name", descending: false, place: firstPage };

const update = (...columns: string[]): LiveChange => ({
  table: "partners",
  op: "update",
  ids: ["a"],
  versions: [2],
  columns,
  partnerIds: [],
});

test("a list is read again only where a change can have moved a row", () => {
  expect(mayMove(listing, update("notes", "tier"))).toBe(false);
  expect(mayMove(listing, update("name"))).toBe(true);
  expect(mayMove({ ...listing, sort: "health" }, update("relationship_health"))).toBe(true);
  expect(mayMove({ ...listing, sort: "updated" }, update("notes"))).toBe(true);
  expect(mayMove({ ...listing, tiers: ["gold"] }, update("tier"))).toBe(true);
  expect(mayMove({ ...listing, text: "alp" }, update("website"))).toBe(true);
  expect(mayMove(listing, { ...update(), op: "insert" })).toBe(true);
});

test("a count is read again only where rows came, went or can have entered or left", () => {
  expect(mayEnterOrLeave(everyPartner, update("name"))).toBe(false);
  expect(mayEnterOrLeave(everyPartner, update("archived_at"))).toBe(true);
  expect(mayEnterOrLeave({ ...everyPartner, owner: "a" }, update("owner_id"))).toBe(true);
  expect(mayEnterOrLeave(everyPartner, { ...update(), op: "delete" })).toBe(true);
});
