import { beforeEach, expect, test, vi } from "vitest";
import { toAppError } from "@/shared/lib/errors";
import { getMyProfile, updateMyProfile } from "../services/profile-service";
import type { Profile } from "../types";
import { saveProfile } from "./use-update-profile";

vi.mock("../services/profile-service");
const update = vi.mocked(updateMyProfile);
const read = vi.mocked(getMyProfile);

const seen: Profile = {
  displayName: "Ada",
  email: "ada@example.test",
  avatarColor: "teal",
  activeOrganizationId: null,
  theme: "system",
  locale: null,
  timeZone: null,
  notificationPreferences: { frequency: "daily" },
  version: 3,
};
const stale = () => toAppError({ code: "PW006" });

beforeEach(() => {
  update.mockReset();
  read.mockReset();
});

test("a change of another field meanwhile is merged with", async () => {
  update.mockRejectedValueOnce(stale()).mockResolvedValueOnce({ ...seen, displayName: "Ada L.", version: 5 });
  read.mockResolvedValue({ ...seen, theme: "dark", version: 4 });
  expect((await saveProfile("u", { displayName: "Ada L." }, seen)).version).toBe(5);
  expect(update).toHaveBeenLastCalledWith("u", { displayName: "Ada L." }, 4);
});

test("a change of the same field meanwhile is never written over", async () => {
  update.mockRejectedValue(stale());
  read.mockResolvedValue({ ...seen, displayName: "Countess", version: 4 });
  await expect(saveProfile("u", { displayName: "Ada L." }, seen)).rejects.toMatchObject({ code: "PW006" });
  expect(update).toHaveBeenCalledTimes(1);
});

test("any other refusal is passed on", async () => {
  update.mockRejectedValue(toAppError({ code: "23514" }));
  await expect(saveProfile("u", { timeZone: "Mars" }, seen)).rejects.toMatchObject({ kind: "invalid" });
  expect(read).not.toHaveBeenCalled();
});
