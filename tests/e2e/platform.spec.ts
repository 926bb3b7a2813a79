// Who runs the platform: sees which organizations there are, looks into one only for a reason and for a while, and closes one
// whose members then learn why they see nothing.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { createMember, createOrganizations, createPerson } from "../support/new-person.ts";
import { openOwner } from "../support/owner.ts";
import { expect, people, signIn, test } from "./fixtures.ts";
import { expectGoodLooks, findings } from "./good-looks.ts";

/** Whoever runs the platform is put on its list by an operator; no function of the product does that. */
async function createStaff() {
  const person = await createMember();
  const owner = openOwner();
  await owner.ask(
    `insert into private.platform_staff (user_id, note)
     select user_id, 'A browser test' from public.profiles where email = $1`,
    [person.email],
  );
  await owner.close();
  return person;
}

/** An organization that nobody else looks at, and its only member. */
async function createCustomer() {
  const member = await createPerson();
  const name = `Customer ${randomUUID().slice(0, 8)}`;
  await createOrganizations(member, [name]);
  return { member, name };
}

async function openPlatform(page: Page, search: string) {
  await page.goto("/platform");
  await page.getByRole("searchbox", { name: "Search by name" }).fill(search);
  await expect(page.getByRole("row").filter({ hasText: search })).toHaveCount(1);
}

async function choose(page: Page, name: string, action: string) {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

const switcher = (page: Page) => page.getByRole("button", { name: /^Organization: / });

test("an access is opened for a reason, reads, shows in the switcher and is closed", async ({ page }) => {
  const { name } = await createCustomer();
  await signIn(page, await createStaff());
  await openPlatform(page, name);
  await choose(page, name, "Open an access");
  const dialog = page.getByRole("dialog", { name: `Open an access to ${name}` });
  await dialog.getByRole("button", { name: "Open the access" }).click();
  await expect(dialog.getByText("Say why, in at least 10 characters.")).toBeVisible();
  await dialog.getByLabel("Reason").fill("They asked for help with their roles.");
  await dialog.getByRole("button", { name: "Open the access" }).click();
  await expect(page.getByText(`Your access to ${name} is open`)).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row.getByText("15 min left")).toBeVisible();

  await switcher(page).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`${name}.*Read only`) }).click();
  await expect(switcher(page)).toHaveAccessibleName(new RegExp(name));
  await page.goto("/admin/roles");
  await expect(page.getByText(/takes a right that your role does not have/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Add role" })).toBeHidden();

  await openPlatform(page, name);
  await choose(page, name, "Close your access");
  await page.getByRole("alertdialog").getByRole("button", { name: "Close the access" }).click();
  await expect(page.getByText(`Your access to ${name} is closed`)).toBeVisible();
  await expect(row.getByText("Closed")).toBeVisible();
  await switcher(page).click();
  await expect(page.getByRole("menuitemradio", { name: "Alder" })).toBeVisible();
  await expect(page.getByRole("menuitemradio", { name: new RegExp(name) })).toBeHidden();
});

test("members of a suspended organization learn that it is", async ({ page, browser, baseURL }) => {
  const { member, name } = await createCustomer();
  await signIn(page, await createStaff());
  await openPlatform(page, name);
  await choose(page, name, "Suspend");
  const dialog = page.getByRole("dialog", { name: `Suspend ${name}?` });
  await dialog.getByLabel("Reason").fill("The contract has come to its end.");
  await dialog.getByRole("button", { name: "Suspend" }).click();
  await expect(page.getByRole("row").filter({ hasText: name }).getByText("Suspended")).toBeVisible();

  const theirs = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  await theirs.goto("/sign-in");
  await theirs.getByLabel("E-mail address").fill(member.email);
  await theirs.getByLabel("Password", { exact: true }).fill(member.password);
  await theirs.getByRole("button", { name: "Sign in" }).click();
  await expect(theirs.getByRole("heading", { name: `${name} is suspended` })).toBeVisible({ timeout: 15_000 });
  expect(await findings(theirs)).toEqual([]);

  await choose(page, name, "Reactivate");
  const back = page.getByRole("dialog", { name: `Reactivate ${name}?` });
  await back.getByLabel("Reason").fill("They have signed a new contract.");
  await back.getByRole("button", { name: "Reactivate" }).click();
  await expect(page.getByText(`${name} is active again`)).toBeVisible();
  await theirs.getByRole("button", { name: "Check again" }).click();
  await expect(theirs.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
  await theirs.context().close();
});

test("to anybody else it is closed", async ({ page }) => {
  await signIn(page, people.admin);
  await page.goto("/platform");
  await expect(page.getByText("This page is for those who run the platform")).toBeVisible();
  await expect(page.getByRole("row")).toHaveCount(0);
});

test("light and dark, wide and narrow: nothing an accessibility checker finds, nothing to scroll sideways", async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, await createStaff());
  await page.goto("/platform");
  // Other tests leave hundreds of organizations, and axe looks at each row of them.
  await page.getByLabel("Search by name").fill("northwind");
  await expect(page.getByRole("row").filter({ hasText: "Contoso" })).toHaveCount(0);
  await expect(page.getByRole("row").filter({ hasText: "Northwind" }).first()).toBeVisible();
  await expectGoodLooks(page);
});
