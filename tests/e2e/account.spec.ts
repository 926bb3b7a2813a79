// A person's way in and what they keep in order about their account, each with the mails they get on it.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { createClient } from "@supabase/supabase-js";
import { codeIn, linkIn, openMailbox } from "../support/mail.ts";
import { stack } from "../support/stack.ts";
import { expect, submitSignIn, test } from "./fixtures.ts";

const { apiUrl, mailUrl, secretKey } = stack();
const admin = createClient(apiUrl, secretKey, { auth: { persistSession: false, autoRefreshToken: false } });
const mailbox = openMailbox((path) => fetch(`${mailUrl}/api/v1${path}`));
const password = "Workspace-demo-2026";
const otherPassword = "Another-secret-2027";
const newEmail = () => `account-${randomUUID().slice(0, 13)}@example.test`;

/** Somebody with a confirmed account and no membership. */
async function createPerson(): Promise<{ email: string; password: string }> {
  const email = newEmail();
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

async function signInAs(page: Page, person: { email: string; password: string }) {
  await page.goto("/sign-in");
  await submitSignIn(page, person);
  await expect(page).not.toHaveURL(/sign-in/);
}

test.describe("the settings", () => {
  test("keep name, colour, language and time zone, and show them everywhere", async ({ page }) => {
    await signInAs(page, await createPerson());
    await page.goto("/settings");
    await page.getByLabel("Name", { exact: true }).fill("Grace Hopper");
    await page.getByRole("radio", { name: "teal" }).check();
    await page.getByRole("combobox", { name: "Time zone" }).fill("tokyo");
    await page.getByRole("option", { name: /Asia\/Tokyo/ }).click();
    await page.getByRole("combobox", { name: "Language and region" }).fill("German (Switz");
    await page.getByRole("option", { name: /German/ }).click();
    await expect(page.getByLabel("How it will look")).toContainText("09.03.2026");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();

    await page.reload();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Grace Hopper");
    await expect(page.getByRole("radio", { name: "teal" })).toBeChecked();
    await expect(page.getByRole("combobox", { name: "Time zone" })).toHaveValue("Asia/Tokyo");
  });

  test("write over nothing that was changed elsewhere, and lose nothing that was typed", async ({ page, context }) => {
    await signInAs(page, await createPerson());
    await page.goto("/settings");
    const other = await context.newPage();
    await other.goto("/settings");
    await page.getByLabel("Name", { exact: true }).fill("From here");
    await other.getByLabel("Name", { exact: true }).fill("From there");
    await other.getByRole("button", { name: "Save changes" }).click();
    await expect(other.getByText("Saved", { exact: true })).toBeVisible();

    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText(/changed in another window or on another device/)).toBeVisible();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("From here");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("From here");
  });

  test("keep what somebody wants to be told of", async ({ page }) => {
    await signInAs(page, await createPerson());
    await page.goto("/settings/notifications");
    await page.getByRole("radio", { name: /Once a week/ }).check();
    await page.getByRole("checkbox", { name: "Commissions by e-mail" }).uncheck();
    await page.getByRole("switch", { name: "In the app" }).uncheck();
    await expect(page.getByRole("checkbox", { name: "Tasks in the app" })).toBeDisabled();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect(page.getByText("Saved", { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByRole("radio", { name: /Once a week/ })).toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Commissions by e-mail" })).not.toBeChecked();
    await expect(page.getByRole("checkbox", { name: "Tasks by e-mail" })).toBeChecked();
    await expect(page.getByRole("switch", { name: "In the app" })).not.toBeChecked();
  });

  test("a theme follows the person to another device", async ({ page, browser }) => {
    const person = await createPerson();
    await signInAs(page, person);
    await page.goto("/settings");
    const remembered = page.waitForResponse(
      (response) => response.url().includes("/rest/v1/profiles") && response.request().method() === "PATCH",
    );
    await page.getByText("Dark", { exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    expect((await remembered).ok()).toBe(true);

    const elsewhere = await (await browser.newContext({ colorScheme: "light" })).newPage();
    await signInAs(elsewhere, person);
    await expect(elsewhere.locator("html")).toHaveAttribute("data-theme", "dark");
    await elsewhere.context().close();
  });
});

test.describe("security", () => {
  test("an address changes when both mailboxes have confirmed it", async ({ page }) => {
    const person = await createPerson();
    const next = newEmail();
    await signInAs(page, person);
    await page.goto("/settings/security");
    await page.getByLabel("New address").fill(person.email);
    await page.getByRole("button", { name: "Change the address" }).click();
    await expect(page.getByText("This is your address already.")).toBeVisible();
    await page.getByLabel("New address").fill(next);
    await page.getByRole("button", { name: "Change the address" }).click();
    await expect(page.getByText(`Waiting for ${next}`)).toBeVisible();

    await page.goto(await linkTo(person.email));
    await expect(page.getByRole("heading", { name: "One of two is confirmed" })).toBeVisible();
    await page.getByRole("link", { name: "Go to your settings" }).click();
    await expect(page.getByText(`Waiting for ${next}`)).toBeVisible();
    await page.goto(await linkTo(next));
    await expect(page.getByText(`Your address is changed. From now on, sign in with ${next}.`)).toBeVisible();
    await expect(page.getByText("Waiting for")).toBeHidden();

    await page.context().clearCookies();
    await signInAs(page, { email: next, password });
  });

  test("a password changes with the old one, and ends what was signed in with it", async ({ page, browser }) => {
    const person = await createPerson();
    const elsewhere = await (await browser.newContext()).newPage();
    await signInAs(elsewhere, person);
    await signInAs(page, person);
    await page.goto("/settings/security");
    await page.getByLabel("Current password").fill("Not-the-password-1");
    await page.getByLabel("New password", { exact: true }).fill(otherPassword);
    await page.getByRole("button", { name: "Change the password" }).click();
    await expect(page.getByText("This is not your current password.")).toBeVisible();
    await expect(page.getByLabel("New password", { exact: true })).toHaveValue(otherPassword);
    await page.getByLabel("Current password").fill(password);
    await page.getByRole("button", { name: "Change the password" }).click();
    await expect(page.getByText("Your password is changed")).toBeVisible();

    await elsewhere.goto("/settings/security");
    await expect(elsewhere.getByText("Your session has ended. Sign in again to go on where you were.")).toBeVisible();
    await submitSignIn(elsewhere, { email: person.email, password: otherPassword });
    await expect(elsewhere).toHaveURL(/\/settings\/security$/);
    await elsewhere.context().close();
  });

  test("a session that is ended lands at sign-in with its next request", async ({ page, browser }) => {
    const person = await createPerson();
    const elsewhere = await (await browser.newContext()).newPage();
    await signInAs(elsewhere, person);
    await elsewhere.goto("/settings");
    await expect(elsewhere.getByLabel("Name", { exact: true })).toBeVisible();
    await signInAs(page, person);
    await page.goto("/settings/security");
    await expect(page.getByText("This device")).toHaveCount(1);
    await page.getByRole("button", { name: /End the session/ }).click();
    await expect(page.getByText("The session has ended")).toBeVisible();
    await expect(page.getByRole("button", { name: /End the session/ })).toHaveCount(0);

    // A write, without anything being loaded anew.
    await elsewhere.getByLabel("Name", { exact: true }).fill("Too late");
    await elsewhere.getByRole("button", { name: "Save changes" }).click();
    await expect(elsewhere.getByText("Your session has ended. Sign in again to go on where you were.")).toBeVisible();
    await expect(elsewhere).toHaveURL(/\/sign-in\?returnTo=%2Fsettings$/);
    await elsewhere.context().close();
  });

  test("signing out everywhere ends every session, this one by the person's own wish", async ({ page, browser }) => {
    const person = await createPerson();
    const elsewhere = await (await browser.newContext()).newPage();
    await signInAs(elsewhere, person);
    await signInAs(page, person);
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Sign out everywhere", exact: true }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Sign out everywhere" }).click();
    await expect(page).toHaveURL(/\/sign-in$/);
    await expect(page.getByText("Your session has ended")).toBeHidden();

    await elsewhere.goto("/settings/security");
    await expect(elsewhere.getByText("Your session has ended. Sign in again to go on where you were.")).toBeVisible();
    await elsewhere.context().close();
  });

  test("signing out everywhere else keeps this session", async ({ page, browser }) => {
    const person = await createPerson();
    const elsewhere = await (await browser.newContext()).newPage();
    await signInAs(elsewhere, person);
    await signInAs(page, person);
    await page.goto("/settings/security");
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere else" }).click();
    await expect(page.getByText("You are signed out everywhere else", { exact: true })).toBeVisible();
    await expect(page.getByText("This device")).toBeVisible();
    await elsewhere.reload();
    await expect(elsewhere.getByText("Your session has ended. Sign in again to go on where you were.")).toBeVisible();
    await elsewhere.context().close();
  });
});
