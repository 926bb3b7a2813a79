import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { AppError, toAppError } from "@/shared/lib/errors";
import { createQueryClient } from "@/shared/lib/query-client";
import { signUp } from "../services/account-service";
import { SignUpForm } from "./sign-up-form";

vi.mock("../services/account-service");
const service = vi.mocked(signUp);
const onSent = vi.fn();

const whole = { "Your name": "Ada Lovelace", "E-mail address": "ada@example.test", Password: "Analytical-1" };

function show(typed: Partial<typeof whole> = {}) {
  render(
    <QueryClientProvider client={createQueryClient(() => {})}>
      <SignUpForm returnTo="/invitation?token=t" onSent={onSent} />
    </QueryClientProvider>,
  );
  for (const [label, value] of Object.entries(typed)) fireEvent.change(field(label), { target: { value } });
  return { submit: () => fireEvent.click(screen.getByRole("button", { name: "Create account" })) };
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);

beforeEach(() => {
  service.mockReset();
  onSent.mockReset();
});

test("hands over what was typed and where the person was going", async () => {
  service.mockResolvedValue();
  show(whole).submit();
  await waitFor(() => expect(onSent).toHaveBeenCalledWith("ada@example.test"));
  expect(service).toHaveBeenCalledWith(
    { name: "Ada Lovelace", email: "ada@example.test", password: "Analytical-1" },
    "/invitation?token=t",
  );
});

test("says at each field what is missing, focuses the first, and asks the server nothing", () => {
  show().submit();
  expect(field("Your name").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("Enter your e-mail address.")).toBeDefined();
  expect(screen.getByText("Choose a password.")).toBeDefined();
  expect(document.activeElement).toBe(field("Your name"));
  expect(service).not.toHaveBeenCalled();
});

test("ticks off what the password needs while it is typed, and names what it still needs", () => {
  const { submit } = show({ ...whole, Password: "analytical" });
  const rules = within(screen.getByRole("list", { name: "What the password needs" }));
  const told = () => rules.getAllByRole("listitem").map((item) => item.textContent);
  expect(told()).toEqual([
    "At least 8 characters: met",
    "A lower case letter: met",
    "An upper case letter: not met yet",
    "A digit: not met yet",
  ]);
  submit();
  expect(screen.getByText("This password still needs: an upper case letter, a digit.")).toBeDefined();
  expect(document.activeElement).toBe(field("Password"));
  fireEvent.change(field("Password"), { target: { value: "Analytical1" } });
  expect(told().every((rule) => rule?.endsWith(": met"))).toBe(true);
});

test("a refusal about the password stands beside it, and everything stays as typed", async () => {
  service.mockRejectedValue(toAppError({ name: "AuthWeakPasswordError", status: 422, code: "weak_password" }));
  show(whole).submit();
  expect(await screen.findByText(/too easy to guess/)).toBeDefined();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(field("Password"));
  for (const [label, value] of Object.entries(whole)) expect(field(label).value.trim()).toBe(value.trim());
});

test("a refusal about no field stands above them", async () => {
  service.mockRejectedValue(new AppError("offline"));
  show(whole).submit();
  expect((await screen.findByRole("alert")).textContent).toContain("cannot be reached");
  expect(field("Password").value).toBe(whole.Password);
  expect(onSent).not.toHaveBeenCalled();
});
