// The audit log as its reader meets it: what happened in words, from what to what, findable, exportable and proven.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { createMember } from "../support/new-person.ts";
import { openOwner } from "../support/owner.ts";
import { openRoleKeeper } from "../support/role-keeper.ts";
import { expect, people, signIn, test } from "./fixtures.ts";
import { expectGoodLooks } from "./good-looks.ts";

const isPhone = (name: string) => name === "phone";
const line = (page: Page, text: string | RegExp) => page.getByRole("main").getByRole("button", { name: text });

async function openLog(page: Page, query = "") {
  await page.goto(`/admin/audit${query}`);
  await expect(page.getByRole("heading", { name: "Audit log", level: 1 })).toBeVisible();
  await expect(page.getByText("This is where the log begins.").or(line(page, "Show older events"))).toBeVisible();
}

test("a change stands there in words, opens to from and to, and is found again by its address", async ({ page }, {
  project,
}) => {
  const person = await createMember();
  const keeper = await openRoleKeeper(person);
  const role = await keeper.addRole("Scout");
  await keeper.renameRole(role, "Ranger");
  await signIn(page, person);
  await openLog(page);

  const renamed = line(page, /changed Name of role Ranger from Scout to Ranger/);
  await renamed.press("Enter");
  await expect(renamed).toHaveAttribute("aria-expanded", "true");
  await expect(page.getByRole("definition").filter({ hasText: /from Scout.*to Ranger/ })).toBeVisible();

  // What an organization begins with is one line, of which each can be seen.
  const begun = line(page, /added \d{3} permissions/);
  await begun.click();
  await expect(line(page, /added permission Administrator: /).first()).toBeVisible();

  if (isPhone(project.name)) await page.getByRole("button", { name: "Filters" }).click();
  const kinds = page.getByRole("combobox", { name: "What" });
  await kinds.fill("Role");
  await page.getByRole("option", { name: "Role", exact: true }).click();
  await kinds.press("Tab");
  if (isPhone(project.name)) await page.getByRole("button", { name: "Show events" }).click();
  await expect(page).toHaveURL(/kind=roles/);
  await expect(begun).toBeHidden();
  await page.reload();
  await expect(renamed).toBeVisible();
  await expect(begun).toBeHidden();
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(begun).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/audit$/);
});

test("older events are shown on demand, down to where the log begins", async ({ page }) => {
  const person = await createMember();
  const owner = openOwner();
  for (let step = 1; step <= 60; step++)
    await owner.ask(
      `update public.organizations set name = $2
       where id = (select organization_id from public.memberships where email = $1)`,
      [person.email, `Alder ${step}`],
    );
  await owner.close();
  await signIn(page, person);
  await openLog(page);
  await expect(line(page, /from Alder 59 to Alder 60$|from Alder 59 to Alder 60 /)).toBeVisible();
  await expect(line(page, /to Alder 1\b/)).toBeHidden();
  await line(page, "Show older events").click();
  await expect(page.getByText("This is where the log begins.")).toBeVisible();
  await expect(line(page, /to Alder 1\b/)).toBeVisible();
});

test("the file holds what the filters leave, and no cell that a spreadsheet would run", async ({ page }) => {
  const person = await createMember();
  const keeper = await openRoleKeeper(person);
  await keeper.addRole('=HYPERLINK("https://example.test")');
  await signIn(page, person);
  await openLog(page, "?kind=roles");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^audit-log-\d{4}-\d{2}-\d{2}\.csv$/);
  const text = await readFile(await file.path(), "utf8");
  const [header, ...rows] = text.replace("\uFEFF", "").split("\r\n");
  expect(header).toBe("Time (UTC),Who,Action,Kind,Name,Row,What changed,Number in the chain");
  expect(rows[0]).toContain(`,Added,role,"'=HYPERLINK(""https://example.test"")",`);
  expect(text).not.toContain("permission,");
  // The six built-in roles, the new one, and the end of the file.
  expect(rows.filter((row) => row.includes(",Added,role,"))).toHaveLength(7);
});

test("the chain is verified on demand", async ({ page }) => {
  await signIn(page, await createMember());
  await openLog(page);
  await page.getByRole("button", { name: "Verify now" }).click();
  await expect(page.getByRole("status").getByText("Verified just now")).toBeVisible();
});

test("who may not read it learns which right it takes", async ({ page }) => {
  await signIn(page, people.rep);
  await page.goto("/admin/audit");
  await expect(page.getByRole("heading", { name: "You have no access to this page" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Who can grant it" })).toBeVisible();
});

test("light and dark, wide and narrow: nothing an accessibility checker finds, nothing to scroll sideways", async ({
  page,
}) => {
  test.setTimeout(60_000);
  const person = await createMember();
  const keeper = await openRoleKeeper(person);
  await keeper.renameRole(await keeper.addRole("Scout"), "Ranger");
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, person);
  await openLog(page);
  await line(page, /changed Name of role/).click();
  await line(page, /added \d{3} permissions/).click();
  await expectGoodLooks(page);
});
