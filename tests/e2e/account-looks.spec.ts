// The pages on the way in and the settings, light and dark, wide and narrow: nothing an accessibility checker finds, and
// nothing to scroll sideways for.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { createClient } from "@supabase/supabase-js";
import { stack } from "../support/stack.ts";
import { expect, submitSignIn, test } from "./fixtures.ts";
import { expectGoodLooks } from "./good-looks.ts";

const { apiUrl, secretKey } = stack();
const password = "Workspace-demo-2026";

async function signInAsNewcomer(page: Page) {
  const email = `looks-${randomUUID().slice(0, 13)}@example.test`;
  const admin = createClient(apiUrl, secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await admin.auth.admin.createUser({ email, password, email_confirm: true });
  if (error) throw error;
  await page.goto("/sign-in");
  await submitSignIn(page, { email, password });
  await expect(page).not.toHaveURL(/sign-in/);
}

const screens: Record<string, (page: Page) => Promise<void>> = {
  "sign-up with mistakes": async (page) => {
    await page.goto("/sign-up");
    await page.getByLabel("Password", { exact: true }).fill("short");
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByText(/This password still needs/)).toBeVisible();
  },
  "forgot password": async (page) => {
    await page.goto("/forgot-password");
    await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
  },
  "mail sent": async (page) => {
    await page.goto("/forgot-password");
    await page.getByLabel("E-mail address").fill(`${"a-very-long-name-".repeat(3)}${randomUUID()}@example.test`);
    await page.getByRole("button", { name: "Send the mail" }).click();
    await expect(page.getByLabel("Code from the mail")).toBeVisible();
  },
  "a link that came too late": async (page) => {
    await page.goto("/auth/confirm?kind=signup&error=access_denied&error_code=otp_expired");
    await expect(page.getByRole("alert")).toBeVisible();
  },
  settings: async (page) => {
    await signInAsNewcomer(page);
    await page.goto("/settings");
    await expect(page.getByLabel("Name", { exact: true })).toBeVisible();
  },
  "notification settings": async (page) => {
    await signInAsNewcomer(page);
    await page.goto("/settings/notifications");
    await page.getByRole("switch", { name: "By e-mail" }).uncheck();
    await expect(page.getByText("Not saved yet")).toBeVisible();
  },
  security: async (page) => {
    await signInAsNewcomer(page);
    await page.goto("/settings/security");
    await expect(page.getByText("This device")).toBeVisible();
    await expect(page.getByLabel("New address")).toBeVisible();
  },
};

for (const [name, open] of Object.entries(screens))
  test(`${name}, light and dark, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page);
    await expectGoodLooks(page);
  });
