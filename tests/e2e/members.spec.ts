// People of an organization: who is invited comes in, who is deactivated is out at the next request, and all of it by keyboard.
import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { linkIn, openMailbox } from "../support/mail.ts";
import { createMember, createOrganizations, createPerson } from "../support/new-person.ts";
import { stack } from "../support/stack.ts";
import { expect, people, signIn, submitSignIn, test } from "./fixtures.ts";
import { expectGoodLooks } from "./good-looks.ts";

const { mailUrl } = stack();
const mailbox = openMailbox((path) => fetch(`${mailUrl}/api/v1${path}`));

async function openMembers(page: Page) {
  await page.goto("/admin/members");
  await expect(page.getByRole("table", { name: "Members" })).toBeVisible();
}

async function invite(page: Page, addresses: string, role: string) {
  await page.getByRole("button", { name: "Invite", exact: true }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /^Invite people/ });
  await expect(dialog.getByLabel("E-mail addresses")).toBeFocused();
  await page.keyboard.type(addresses);
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("combobox", { name: "Role" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: role })).toBeVisible();
  await page.keyboard.type(role);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox", { name: "Role" })).toContainText(role);
  await dialog.getByRole("button", { name: /^Send/ }).focus();
  await page.keyboard.press("Enter");
  return dialog;
}

/** In a browser of their own: the person follows the mail's link, signs in and accepts. */
async function accept(browser: Browser, baseURL: string, person: { email: string; password: string }) {
  const link = linkIn(await mailbox.mailTo(person.email));
  expect(link.origin).toBe(new URL(baseURL).origin);
  const page = await (await browser.newContext({ baseURL })).newPage();
  await page.goto(link.pathname + link.search);
  await submitSignIn(page, person);
  await page.getByRole("button", { name: "Accept the invitation" }).click();
  await expect(page.getByRole("heading", { name: /^Welcome/, level: 1 })).toBeVisible();
  return page;
}

test("by keyboard alone: switch the organization, invite, give another role; and whoever is deactivated is out", async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(90_000);
  const admin = await createPerson();
  const invited = await createPerson();
  await createOrganizations(admin, ["Alder", "Birch"]);
  await signIn(page, admin);
  const switcher = page.getByRole("button", { name: /^Organization/ });
  await switcher.focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[role=menu]:focus, [role=menu] :focus")).toBeVisible();
  await page.keyboard.press("A");
  await page.keyboard.press("Enter");
  await expect(switcher).toHaveText(/Alder/);

  await openMembers(page);
  const dialog = await invite(page, invited.email, "Sales rep");
  await expect(dialog.getByText("1 person invited.")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("region", { name: "Open invitations" }).getByText(invited.email)).toBeVisible();

  const other = await accept(browser, baseURL ?? "", invited);
  await expect(other.getByRole("main").getByText("Alder").first()).toBeVisible();

  await page.reload();
  const role = page.getByRole("button", { name: /^Change the role of .*now Sales rep$/ });
  await role.focus();
  await page.keyboard.press("Enter");
  const roles = page.getByRole("dialog", { name: /^Role of/ });
  await roles.getByRole("radio", { name: "Sales rep" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(roles.getByRole("radio", { name: "Data team" })).toBeChecked();
  await expect(roles.getByText("Gains")).toBeVisible();
  await roles.getByRole("button", { name: "Change role" }).focus();
  await page.keyboard.press("Enter");
  await expect(roles).toBeHidden();
  await expect(page.getByRole("button", { name: /now Data team$/ })).toBeVisible();

  const row = page.getByRole("row").filter({ hasText: invited.email });
  await row.getByRole("button", { name: /^Actions for/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Deactivate" }).press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Deactivate" }).press("Enter");
  await expect(row.getByText("Deactivated")).toBeVisible();

  await other.goto("/admin/members");
  await expect(other).toHaveURL(/\/welcome$/);

  const told = page.getByRole("dialog").filter({ hasText: "is deactivated" });
  await told.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(row.getByText("Active", { exact: true })).toBeVisible();
  await other.context().close();
});

test("of several addresses each has an outcome, and what was refused stays to be corrected", async ({ page }) => {
  const admin = await createMember();
  const guest = `guest-${randomUUID().slice(0, 8)}@example.test`;
  await signIn(page, admin);
  await openMembers(page);
  const dialog = await invite(page, `${guest}, ${admin.email}`, "VP");
  const outcomes = dialog.getByRole("list", { name: "Outcomes" }).getByRole("listitem");
  await expect(outcomes.filter({ hasText: guest })).toContainText("the mail is on its way");
  await expect(outcomes.filter({ hasText: admin.email })).toContainText("member already");
  await expect(dialog.getByLabel("E-mail addresses")).toHaveValue(admin.email);
  // Closed and opened again: nothing typed is lost.
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(dialog.getByLabel("E-mail addresses")).toHaveValue(admin.email);
  await dialog.getByLabel("E-mail addresses").fill("not an address");
  await dialog.getByRole("button", { name: /^Send/ }).click();
  await expect(dialog.getByText(/^Not an e-mail address: not, an, address/)).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: `Withdraw the invitation of ${guest}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw" }).click();
  await expect(page.getByText("Invitation withdrawn")).toBeVisible();
  await expect(page.getByRole("region", { name: "Open invitations" })).toBeHidden();
});

test("the last administrator cannot leave, and the reason is said where it was asked", async ({ page }) => {
  await signIn(page, await createMember());
  await openMembers(page);
  await page.getByRole("button", { name: /^Actions for/ }).click();
  await page.getByRole("menuitem", { name: "Leave the organization" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("alertdialog").getByRole("alert")).toContainText("at least one administrator");
});

test("who may not manage members reads the list, searches it by a link, and changes nothing", async ({ page }) => {
  await signIn(page, people.rep);
  await openMembers(page);
  await expect(page.getByRole("button", { name: "Invite", exact: true })).toBeHidden();
  await expect(page.getByRole("button", { name: /^Change the role/ })).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search by name or address" }).fill("okafor");
  await expect(page).toHaveURL(/[?&]q=okafor/);
  await expect(page.getByText("1 person", { exact: true })).toBeVisible();
  await expect(page.getByRole("cell", { name: "Victoria Okafor" })).toBeVisible();
  await page.getByRole("searchbox").fill('%_",)');
  await expect(page.getByText("Nobody matches")).toBeVisible();
  await page.getByRole("button", { name: "Show everybody" }).click();
  await expect(page.getByRole("cell", { name: "Victoria Okafor" })).toBeVisible();
});

const screens: Record<string, (page: Page) => Promise<void>> = {
  members: openMembers,
  "invite dialog": async (page) => {
    await openMembers(page);
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    await page.getByRole("button", { name: "Send invitation" }).click();
    await expect(page.getByText("Choose a role.")).toBeVisible();
  },
  "role dialog": async (page) => {
    await openMembers(page);
    await page.getByRole("button", { name: /^Change the role/ }).click();
    await page.getByRole("radio", { name: "VP" }).check();
    await expect(page.getByText("Loses")).toBeVisible();
  },
};

test("light and dark, wide and narrow: nothing an accessibility checker finds, nothing to scroll sideways", async ({
  page,
}) => {
  test.setTimeout(90_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, await createMember());
  for (const [name, open] of Object.entries(screens)) {
    await open(page);
    await expectGoodLooks(page, { screen: name });
  }
});
