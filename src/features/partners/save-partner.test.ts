import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/shared/lib/errors";
import { changedFields, PartnerConflict, savePartner } from "./save-partner";
import { partnerOf } from "./services/partner-rows";
import { partnerWorkspaceService } from "./services/partner-workspace-service";
import { partnerRow } from "./test-client";
import type { Partner } from "./types";

vi.mock("@/shared/lib/supabase", () => ({ supabase: vi.fn() }));
const update = vi.spyOn(partnerWorkspaceService, "updatePartner");
const get = vi.spyOn(partnerWorkspaceService, "getPartnerById");
beforeEach(() => {
  update.mockReset();
  get.mockReset();
});

const seen: Partner = { ...partnerOf(partnerRow()), version: 3, notes: "Old", tier: "gold" };
const stale = new AppError("conflict", { code: "PW006" });

test("only what differs from what was seen is sent", () => {
  const { owner, id, health, archivedAt, createdAt, updatedAt, version, ...rest } = seen;
  const same = { ...rest, ownerId: null };
  expect(changedFields(seen, same)).toEqual({});
  expect(changedFields(seen, { ...same, tags: ["x"], notes: null })).toEqual({ tags: ["x"], notes: null });
});

test("what somebody else changed elsewhere on the partner stays, and so does one's own change", async () => {
  const newest = { ...seen, version: 5, tier: "platinum" };
  update.mockRejectedValueOnce(stale).mockResolvedValueOnce(newest);
  get.mockResolvedValueOnce(newest);
  await savePartner("org", seen, { notes: "Mine" });
  expect(update.mock.calls).toEqual([
    ["org", seen.id, { notes: "Mine" }, 3],
    ["org", seen.id, { notes: "Mine" }, 5],
  ]);
});

test("the same field is asked about: nothing is written, and the newest is told", async () => {
  const newest = { ...seen, version: 4, notes: "Theirs" };
  update.mockRejectedValueOnce(stale);
  get.mockResolvedValueOnce(newest);
  const conflict = await savePartner("org", seen, { notes: "Mine", tier: null }).catch((error: unknown) => error);
  expect(conflict).toBeInstanceOf(PartnerConflict);
  expect(conflict).toMatchObject({ newest, fields: ["notes"] });
  expect(update).toHaveBeenCalledTimes(1);
});

test("two who wrote the same agree", async () => {
  const newest = { ...seen, version: 4, notes: "Same" };
  update.mockRejectedValueOnce(stale).mockResolvedValueOnce(newest);
  get.mockResolvedValueOnce(newest);
  await expect(savePartner("org", seen, { notes: "Same" })).resolves.toBe(newest);
});

test("the version is the one that was seen and still nothing changed: the right is missing", async () => {
  update.mockRejectedValueOnce(stale);
  get.mockResolvedValueOnce(seen);
  await expect(savePartner("org", seen, { notes: "Mine" })).rejects.toMatchObject({ kind: "forbidden" });
});

test("another refusal is told as it is", async () => {
  update.mockRejectedValueOnce(new AppError("invalid", { code: "PW050" }));
  await expect(savePartner("org", seen, { status: "x" })).rejects.toMatchObject({ code: "PW050" });
  expect(get).not.toHaveBeenCalled();
});
