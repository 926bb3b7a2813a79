// Roles and what each may do: changed by keyboard, saved whole, never lost to somebody else's change.
import type { Page } from "@playwright/test";
import { createMember } from "../support/new-person.ts";
import { expect, people, signIn, test } from "./fixtures.ts";
import { expectGoodLooks } from "./good-looks.ts";

const isPhone = (name: string) => name === "phone";
const saved = (page: Page) => expect(page.getByText("Roles saved")).toBeVisible();

async function openRoles(page: Page) {
  await page.goto("/admin/roles");
  await expect(page.getByRole("heading", { name: "Roles", level: 1 })).toBeVisible();
}

const cell = (page: Page, label: string) => page.getByRole("gridcell", { name: new RegExp(`^${label}`) });

test("the arrows move through the matrix, Space changes, and the whole role is saved", async ({ page }, {
  project,
}) => {
  test.skip(isPhone(project.name), "a phone shows one role at a time");
  await signIn(page, await createMember());
  await openRoles(page);
  await cell(page, "See partners, Administrator").focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("status").getByText("Administrators always hold every right")).toBeAttached();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await expect(cell(page, "Edit partners, VP")).toBeFocused();
  await page.keyboard.press("Space");
  await expect(cell(page, "Edit partners, VP: own only, not saved yet")).toBeFocused();
  await expect(page.getByRole("status").getByText("Edit partners, VP: own only")).toBeAttached();
  await page.keyboard.press("Space");
  await expect(cell(page, "Edit partners, VP: all, not saved yet")).toBeFocused();

  // Leaving is asked about.
  await page.getByRole("link", { name: "Members", exact: true }).click();
  await page.getByRole("alertdialog", { name: "Leave without saving?" }).getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(/\/admin\/roles$/);

  await page.getByRole("button", { name: "Save changes" }).press("Enter");
  await saved(page);
  await page.reload();
  await expect(cell(page, "Edit partners, VP: all")).toBeVisible();

  await page.getByRole("button", { name: "Actions for the role VP" }).press("Enter");
  await page.getByRole("menuitem", { name: "Reset to its default" }).press("Enter");
  await page.getByRole("alertdialog").getByRole("button", { name: "Reset the role" }).press("Enter");
  await expect(cell(page, "Edit partners, VP: no")).toBeVisible();
});

test("a role is added as a copy, renamed and deleted; one in use says who has it", async ({ page }, { project }) => {
  test.skip(isPhone(project.name), "a phone shows one role at a time");
  await signIn(page, await createMember());
  await openRoles(page);
  await page.getByRole("button", { name: "Actions for the role Sales rep" }).click();
  await page.getByRole("menuitem", { name: "Copy as a new role" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a role" });
  await dialog.getByLabel("Name").fill("VP");
  await dialog.getByRole("button", { name: "Add role" }).click();
  await expect(dialog.getByText(/Another role has this name/)).toBeVisible();
  await dialog.getByLabel("Name").fill("Scout");
  await dialog.getByRole("button", { name: "Add role" }).click();
  await expect(cell(page, "Edit partners, Scout: own only")).toBeVisible();

  await page.getByRole("button", { name: "Actions for the role Scout" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete the role" }).click();
  await expect(page.getByText("“Scout” is deleted")).toBeVisible();
  await expect(cell(page, "Edit partners, Scout")).toHaveCount(0);
});

test("what two people changed at once is kept: theirs beneath, one's own on top, both values named", async ({
  page,
  context,
}, { project }) => {
  test.skip(isPhone(project.name), "a phone shows one role at a time");
  await signIn(page, await createMember());
  await openRoles(page);
  const other = await context.newPage();
  await openRoles(other);

  await cell(page, "Edit partners, Sales rep").click();
  await cell(other, "Edit partners, Sales rep").click();
  await cell(other, "Edit partners, Sales rep").click();
  await cell(other, "Merge partners, Sales rep").click();
  await other.getByRole("button", { name: "Save changes" }).click();
  await saved(other);

  await expect(page.getByText("somebody else changed this role meanwhile", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Edit partners: theirs is “no”, yours is “all”.")).toBeVisible();
  await expect(cell(page, "Merge partners, Sales rep: all")).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await saved(page);
  await expect(cell(page, "Edit partners, Sales rep: all")).toBeVisible();
});

test("on a phone one role is changed at a time", async ({ page }, { project }) => {
  test.skip(!isPhone(project.name), "wide screens show the matrix");
  await signIn(page, await createMember());
  await openRoles(page);
  await page.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "VP" }).click();
  const right = page.getByRole("group", { name: "Edit partners" });
  await right.getByText("Own").click();
  await expect(page.getByText("VP (1 change)")).toBeVisible();
  await page.getByRole("button", { name: "Save changes" }).click();
  await saved(page);
});

test("who may not manage roles reads them", async ({ page }) => {
  await signIn(page, people.rep);
  await openRoles(page);
  await expect(page.getByRole("button", { name: "Add role" })).toBeHidden();
  await expect(page.getByRole("button", { name: /^Actions for the role/ })).toHaveCount(0);
  await expect(page.getByText(/takes a right that your role does not have/)).toBeVisible();
});

test("light and dark, wide and narrow: nothing an accessibility checker finds, nothing to scroll sideways", async ({
  page,
}, { project }) => {
  test.setTimeout(60_000);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, await createMember());
  await openRoles(page);
  if (isPhone(project.name)) {
    await page.getByRole("combobox", { name: "Role" }).click();
    await page.getByRole("option", { name: "Sales rep" }).click();
    await page.getByRole("group", { name: "Edit partners" }).getByText("All").click();
  } else await cell(page, "Edit partners, Sales rep").click();
  await expect(page.getByText("Sales rep (1 change)")).toBeVisible();
  await expectGoodLooks(page);
});
