import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { type Profile, useUpdateProfile } from "@/features/profile";
import { AppError, toAppError } from "@/shared/lib/errors";
import { createQueryClient } from "@/shared/lib/query-client";
import { ProfileForm } from "./profile-form";

vi.mock("@/features/profile");
const save = vi.fn();

const profile: Profile = {
  displayName: "Ada",
  email: "ada@example.test",
  avatarColor: "teal",
  activeOrganizationId: null,
  theme: "system",
  locale: null,
  timeZone: "Europe/Zurich",
  notificationPreferences: {},
  version: 3,
};

function show(error: Error | null = null, newest = profile) {
  vi.mocked(useUpdateProfile).mockReturnValue({ save, saveAsync: vi.fn(), isPending: false, error });
  const form = (given: Profile) => (
    <QueryClientProvider client={createQueryClient(() => {})}>
      <ProfileForm profile={given} />
    </QueryClientProvider>
  );
  const { rerender } = render(form(profile));
  if (newest !== profile) rerender(form(newest));
  return {
    name: screen.getByLabelText<HTMLInputElement>("Name"),
    submit: () => fireEvent.click(screen.getByRole("button", { name: "Save changes" })),
  };
}

beforeEach(() => {
  save.mockReset();
});

test("saves what was entered against the version it began with", async () => {
  const { name, submit } = show();
  fireEvent.change(name, { target: { value: " Ada Lovelace " } });
  fireEvent.click(screen.getByRole("radio", { name: "rose" }));
  submit();
  await waitFor(() => expect(save).toHaveBeenCalled());
  expect(save.mock.calls[0]?.[0]).toEqual({
    changes: { displayName: "Ada Lovelace", avatarColor: "rose", locale: null, timeZone: "Europe/Zurich" },
    seen: profile,
  });
});

test("says beside the field what is wrong with it, and asks the server nothing", async () => {
  const { name, submit } = show();
  fireEvent.change(name, { target: { value: "  " } });
  submit();
  expect(await screen.findByText("Enter your name, as your colleagues know you.")).toBeDefined();
  expect(name.getAttribute("aria-invalid")).toBe("true");
  expect(save).not.toHaveBeenCalled();
});

test("after a conflict keeps what was typed, and saves against the version that the person was told of", async () => {
  const newest = { ...profile, displayName: "Countess", version: 4 };
  const { name, submit } = show(toAppError({ code: "PW006" }), newest);
  fireEvent.change(name, { target: { value: "Ada L." } });
  expect(screen.getByText(/changed in another window/)).toBeDefined();
  submit();
  await waitFor(() =>
    expect(save.mock.calls[0]?.[0]).toMatchObject({ changes: { displayName: "Ada L." }, seen: newest }),
  );
  fireEvent.click(screen.getByRole("button", { name: "Discard" }));
  await waitFor(() => expect(name.value).toBe("Countess"));
});

test("any other refusal is said, and everything stays as typed", () => {
  const { name } = show(new AppError("offline"));
  fireEvent.change(name, { target: { value: "Ada L." } });
  expect(screen.getByRole("alert").textContent).toContain("cannot be reached");
  expect(name.value).toBe("Ada L.");
});
