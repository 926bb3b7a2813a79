// What stands around every page: where one is, where one can go, and what is said when something is in the way.
import type { Page } from "@playwright/test";
import { createMember, createOrganizations, createPerson } from "../support/new-person.ts";
import { expect, missPart, openAccountMenu, people, signIn, submitSignIn, test } from "./fixtures.ts";

const isPhone = (name: string) => name === "phone";

test("an organization is switched by keyboard alone, and stays after a reload", async ({ page }) => {
  // A person of its own: where somebody works is remembered for them, and the people of the seed are shared.
  const person = await createPerson();
  await createOrganizations(person, ["Alder", "Birch"]);
  await signIn(page, person);
  const switcher = page.getByRole("button", { name: /^Organization/ });
  const [before, after] = ["Birch", "Alder"];
  await expect(switcher).toHaveText(new RegExp(before));

  await switcher.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitemradio", { name: before })).toBeChecked();
  await expect(page.locator("[role=menu]:focus, [role=menu] :focus")).toBeVisible();
  await page.keyboard.press(after.charAt(0));
  await expect(page.getByRole("menuitemradio", { name: after })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(switcher).toHaveText(new RegExp(after));
  await expect(page.getByRole("main").getByText(after, { exact: true })).toBeVisible();

  await page.reload();
  await expect(switcher).toHaveText(new RegExp(after));
});

test("the organization chosen last is the one on the next device", async ({ page, browser, baseURL }) => {
  const person = await createPerson();
  await createOrganizations(person, ["Alder", "Birch"]);
  await signIn(page, person);
  const switcher = page.getByRole("button", { name: /^Organization/ });
  await expect(switcher).toHaveText(/Birch/);
  await switcher.click();
  const remembered = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.getByRole("menuitemradio", { name: "Alder" }).click();
  expect((await remembered).ok()).toBe(true);

  const elsewhere = await browser.newPage({ baseURL: baseURL ?? "" });
  await signIn(elsewhere, person);
  await expect(elsewhere.getByRole("button", { name: /^Organization/ })).toHaveText(/Alder/);
  await elsewhere.close();
});

test.describe("the command palette", () => {
  test("opens by Ctrl+K, finds a page by what it is about, and goes there", async ({ signedIn: page }) => {
    await page.keyboard.press("Control+k");
    const dialog = page.getByRole("dialog", { name: "Search or run a command" });
    await expect(dialog.getByRole("combobox")).toBeFocused();
    await page.keyboard.type("backend");
    await expect(dialog.getByRole("option")).toHaveText(["System status"]);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/status$/);
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("main")).toBeFocused();

    await page.keyboard.press("Control+k");
    await expect(dialog.getByRole("group", { name: "Recent" }).getByRole("option")).toHaveText(["System status"]);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  test("finds a colleague, and opens the members with them", async ({ signedIn: page }) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(people.rep.email);
    await page.getByRole("group", { name: "Members" }).getByRole("option").click();
    await expect(page).toHaveURL(new RegExp(`/admin/members\\?q=${encodeURIComponent(people.rep.email)}$`));
  });

  test("says when nothing has that name", async ({ signedIn: page }) => {
    await page.getByRole("button", { name: "Search or run a command" }).click();
    await page.getByRole("combobox").fill("xyzzy");
    await expect(page.getByText("Nothing is called “xyzzy”. Try another word.")).toBeVisible();
  });

  test("switches the theme", async ({ page }) => {
    await page.emulateMedia({ colorScheme: "light" });
    await signIn(page, await createMember());
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("dark");
    await page.keyboard.press("Enter");
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  });
});

test("the theme is chosen in the account menu", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signIn(page, await createMember());
  await openAccountMenu(page);
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("on a phone the navigation is at the bottom, and More has the rest", async ({ signedIn: page }, { project }) => {
  test.skip(!isPhone(project.name), "wide screens have the sidebar");
  const bottom = page.getByRole("navigation", { name: "Main" });
  await expect(bottom.getByRole("link", { name: "Home" })).toHaveAttribute("aria-current", "page");
  expect((await bottom.boundingBox())?.height).toBe(72);
  await bottom.getByRole("button", { name: "More" }).click();
  const sheet = page.getByRole("dialog", { name: "More" });
  await sheet.getByRole("link", { name: "System status" }).click();
  await expect(page).toHaveURL(/\/status$/);
  await expect(sheet).toBeHidden();
});

test("the sidebar gives way to icons that keep their names, and stays so", async ({ signedIn: page }, { project }) => {
  test.skip(isPhone(project.name), "a phone has the bottom navigation");
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" });
  const wide = (await link.boundingBox())?.width ?? 0;
  await page.getByRole("button", { name: "Collapse" }).click();
  expect((await link.boundingBox())?.width).toBeLessThan(wide / 2);
  await page.reload();
  await expect(page.getByRole("button", { name: "Expand the sidebar" })).toBeVisible();
});

test("the first Tab leads past everything that is the same on every page", async ({ signedIn: page }) => {
  await page.reload();
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("without a network it is said what that means, and that it is back", async ({ signedIn: page, context }) => {
  await context.setOffline(true);
  await expect(page.getByText("What you have typed stays here", { exact: false })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("The connection is back.")).toBeVisible();
  await expect(page.getByText("What you have typed stays here", { exact: false })).toBeHidden();
});

test("a new version is offered and never taken by itself", async ({ signedIn: page }) => {
  const note = page.getByText("A new version is ready.");
  await page.route("**/version.json", (route) => route.fulfill({ json: { version: "newer" } }));
  await missPart(page);
  await expect(note).toBeVisible();
  await page.unroute("**/version.json");
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(note).toBeHidden();
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
  // What is in place is what runs now.
  const asked = page.waitForResponse("**/version.json");
  await missPart(page);
  await asked;
  await expect(note).toBeHidden();
});

test("an address without a page is said so with the way to the others still there", async ({ signedIn: page }) => {
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
});

test("a page that is not for somebody says which right is missing and who can grant it", async ({ page }) => {
  await signIn(page, people.rep);
  await expect(page.getByRole("link", { name: /^Audit log/ })).toHaveCount(0);
  await page.goto("/admin/audit");
  await expect(page.getByRole("heading", { name: "You have no access to this page" })).toBeVisible();
  await expect(page.getByText("Read the audit log")).toBeVisible();
  await expect(page.getByRole("link", { name: people.admin.email })).toHaveAttribute(
    "href",
    `mailto:${people.admin.email}`,
  );
});

test.describe("without an organization", () => {
  test("a person is told why there is nothing to see", async ({ page }) => {
    await signIn(page, people.nobody);
    await expect(page).toHaveURL(/\/welcome$/);
    await expect(page.getByText("you do not belong to an organization")).toBeVisible();
    await expect(page.getByText("None at the moment.")).toBeVisible();
  });

  test("a person creates one and works in it as its administrator", async ({ page }) => {
    await signIn(page, await createPerson());
    await page.getByRole("button", { name: "Create organization" }).click();
    await expect(page.getByText("Enter a name, such as the name of your company.")).toBeVisible();
    await page.getByLabel("Name of the organization").fill("Vela Partners");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/$/);
    await expect(page.getByRole("button", { name: /^Organization/ })).toHaveText(/Vela Partners/);
    await expect(page.getByRole("main").getByText("Administrator").first()).toBeVisible();
  });

  test("an invitation that is not theirs is refused in a sentence", async ({ page }) => {
    await page.goto("/invitation?token=not-a-token");
    await expect(page).toHaveURL(/\/sign-in\?returnTo=/);
    await submitSignIn(page, people.nobody);
    await page.getByRole("button", { name: "Accept the invitation" }).click();
    await expect(page.getByRole("alert")).toContainText("This invitation is not valid for you.");
  });
});

test.describe("what ends while the app is open", () => {
  /** As the database would tell it: nobody of the seed has to lose anything for it. */
  async function answerWith(page: Page, change: (row: { name: string }) => object | null): Promise<void> {
    await page.route("**/rpc/my_organizations", async (route) => {
      const answer = await route.fetch();
      const rows: { name: string }[] = await answer.json();
      await route.fulfill({ response: answer, json: rows.map(change).filter((row) => row !== null) });
    });
  }

  test("a suspended organization says so and can be asked again", async ({ page }) => {
    await signIn(page, people.rep);
    await answerWith(page, (row) => ({ ...row, is_active: false, permissions: {} }));
    await page.reload();
    await expect(page.getByRole("heading", { name: "Northwind is suspended" })).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveCount(0);
    await page.unroute("**/rpc/my_organizations");
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
  });

  test("a membership that has ended leads out and is named", async ({ page }) => {
    await page.clock.install();
    await signIn(page, people.rep);
    await answerWith(page, () => null);
    await page.clock.fastForward("02:00");
    await expect(page).toHaveURL(/\/welcome$/);
    await expect(page.getByText("Your membership of Northwind has ended.")).toBeVisible();
  });
});
