// A person's way in and what they keep in order about their account, each with the mails they get on it.
import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import { codeIn, linkIn, openMailbox } from "../support/mail.ts";
import { stack } from "../support/stack.ts";
import { expect, submitSignIn, test } from "./fixtures.ts";

const { apiUrl, mailUrl, secretKey } = stack();
const mailbox = openMailbox((path) => fetch(`${mailUrl}/api/v1${path}`));
const password = "Workspace-demo-2026";
const otherPassword = "Another-secret-2027";
const newEmail = () => `account-${randomUUID().slice(0, 13)}@example.test`;

/** Somebody with a confirmed account and no membership. */
async function createPerson(): Promise<{ email: string; password: string }> {
  const email = newEmail();
  const admin = createClient(apiUrl, secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { error } = await admin.auth.admin.createUser({ email, password, email_confirm: true });
  if (error) throw error;
  return { email, password };
}

const linkTo = async (address: string) => linkIn(await mailbox.mailTo(address)).href;

test.describe("a new account", () => {
  test("is made, confirmed by the mail's link, and leads to where the person was going", async ({ page }) => {
    const email = newEmail();
    await page.goto(`/sign-in?returnTo=${encodeURIComponent("/invitation?token=from-a-mail")}`);
    await page.getByRole("link", { name: "Create an account" }).click();
    await expect(page.getByRole("heading", { name: "Create an account" })).toBeVisible();
    await page.getByLabel("Your name").fill("Ada Lovelace");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mailbox" })).toBeVisible();

    await page.goto(await linkTo(email));
    await expect(page).toHaveURL(/\/invitation\?token=from-a-mail$/);
  });

  test("is confirmed by the mail's code where the mail is read on another device", async ({ page }) => {
    const email = newEmail();
    await page.goto("/sign-up");
    await page.getByLabel("Your name").fill("Grace Hopper");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByLabel("Password", { exact: true }).press("Enter");
    await page.getByLabel("Code from the mail").fill("000000");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText(/expired or was used already/)).toBeVisible();
    await page.getByLabel("Code from the mail").fill(codeIn(await mailbox.mailTo(email)));
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).not.toHaveURL(/sign-up/);
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  });

  test("whose link is opened in another browser is confirmed there, and signed in by hand", async ({
    page,
    browser,
  }) => {
    const email = newEmail();
    await page.goto("/sign-up?returnTo=%2Finvitation%3Ftoken%3Dt");
    await page.getByLabel("Your name").fill("Grace Hopper");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mailbox" })).toBeVisible();

    const elsewhere = await (await browser.newContext()).newPage();
    await elsewhere.goto(await linkTo(email));
    await expect(elsewhere.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
    await elsewhere.getByRole("link", { name: "Sign in" }).click();
    await submitSignIn(elsewhere, { email, password });
    await expect(elsewhere).toHaveURL(/\/invitation\?token=t$/);
    await elsewhere.context().close();
  });

  test("for an address that has one looks like any other, and sends nothing", async ({ page }) => {
    const { email } = await createPerson();
    await page.goto("/sign-up");
    await page.getByLabel("Your name").fill("Somebody Else");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(otherPassword);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mailbox" })).toBeVisible();
    expect(await mailbox.mailCount(email)).toBe(0);
  });

  test("never sends anybody to somebody else's site", async ({ page, baseURL }) => {
    const email = newEmail();
    await page.goto("/sign-up?returnTo=//evil.test/");
    await page.getByLabel("Your name").fill("Ada");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mailbox" })).toBeVisible();
    const link = new URL(await linkTo(email));
    const target = new URL(link.searchParams.get("redirect_to") ?? "");
    expect(target.origin).toBe(new URL(baseURL ?? "").origin);
    expect(target.href).not.toContain("evil");
    target.searchParams.set("returnTo", "https://evil.test/");
    link.searchParams.set("redirect_to", target.href);
    await page.goto(link.href);
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
    expect(new URL(page.url()).origin).toBe(new URL(baseURL ?? "").origin);
  });
});

test.describe("a forgotten password", () => {
  test("is reset with the mail's link, and the link works once", async ({ page }) => {
    const { email } = await createPerson();
    await page.goto("/sign-in");
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send the mail" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mailbox" })).toBeVisible();
    const link = await linkTo(email);
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "Choose a new password" })).toBeVisible();

    await page.getByLabel("New password", { exact: true }).fill(password);
    await page.getByRole("button", { name: "Save the new password" }).click();
    await expect(page.getByText("This is the password you have already. Choose another one.")).toBeVisible();
    // A reload loses neither the session nor the right to choose.
    await page.reload();
    await page.getByLabel("New password", { exact: true }).fill(otherPassword);
    await page.getByRole("button", { name: "Save the new password" }).click();
    await expect(page.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
    await page.getByRole("link", { name: "Go on to the workspace" }).click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();

    await page.context().clearCookies();
    await page.goto(link);
    await expect(page.getByRole("alert")).toHaveText(/expired or was used already/);
    await page.getByRole("link", { name: "Ask for a new link" }).click();
    await expect(page.getByRole("heading", { name: "Reset your password" })).toBeVisible();
    await page.goto("/sign-in");
    await submitSignIn(page, { email, password });
    await expect(page.getByRole("alert")).toBeVisible();
    await submitSignIn(page, { email, password: otherPassword });
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  });

  test("is reset with the mail's code on the device where it was asked for", async ({ page }) => {
    const { email } = await createPerson();
    await page.goto("/forgot-password");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("E-mail address").press("Enter");
    await expect(page.getByRole("heading", { name: "Look in your mailbox" })).toBeVisible();
    await page.getByLabel("Code from the mail").fill(codeIn(await mailbox.mailTo(email)));
    await page.getByLabel("Code from the mail").press("Enter");
    await page.getByLabel("New password", { exact: true }).fill(otherPassword);
    await page.getByLabel("New password", { exact: true }).press("Enter");
    await expect(page.getByRole("heading", { name: "Your password is changed" })).toBeVisible();
  });

  test("of an address that nobody has is answered like any other", async ({ page }) => {
    const email = newEmail();
    await page.goto("/forgot-password");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Send the mail" }).click();
    await expect(page.getByRole("heading", { name: "Look in your mailbox" })).toBeVisible();
    expect(await mailbox.mailCount(email)).toBe(0);
  });

  test("is not set without the link", async ({ page }) => {
    await page.goto("/reset-password");
    await expect(page).toHaveURL(/\/forgot-password$/);
  });
});
