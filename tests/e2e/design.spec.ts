// The design system as people meet it: nothing an accessibility checker finds at any width in both themes, and the
// keyboard reaches and works everything that opens.
import type { Locator, Page } from "@playwright/test";
import { expect, people, submitSignIn, test } from "./fixtures.ts";
import { findings, overflowOf } from "./good-looks.ts";

async function open(page: Page, scheme: "light" | "dark" = "light"): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  await page.goto("/sign-in?returnTo=%2Fdesign");
  await submitSignIn(page, people.admin);
  // Charts come with a part of the code of their own, last of all.
  await expect(page.locator(".recharts-surface").first()).toBeVisible({ timeout: 20_000 });
}

/** Focus as the keyboard would set it: the ring is there, and the element is the active one. */
async function focus(control: Locator): Promise<void> {
  await control.focus();
  await expect(control).toBeFocused();
}

for (const scheme of ["light", "dark"] as const)
  for (const width of ["as wide as the device", 320] as const)
    test(`every component in every state, ${scheme}, ${width}`, async ({ page }) => {
      test.slow();
      await open(page, scheme);
      if (width === 320) await page.setViewportSize({ width, height: 800 });
      expect(await findings(page)).toEqual([]);
      expect(await overflowOf(page), "pixels to scroll sideways").toBe(0);
    });

test("what opens above the page is as good as the page", async ({ page }) => {
  test.slow();
  await open(page);
  const openers: [opener: Locator, opened: string][] = [
    [page.getByRole("button", { name: "Actions", exact: true }), '[role="menu"]'],
    [page.getByRole("button", { name: "Long text" }), '[role="dialog"]'],
    [page.getByRole("button", { name: "Open sheet" }), '[role="dialog"]'],
    [page.getByRole("button", { name: "Publish" }), '[role="alertdialog"]'],
    [page.getByRole("combobox", { name: "Level", exact: true }), '[role="listbox"]'],
    [page.getByRole("button", { name: "Open the calendar: Renewal" }), '[role="grid"]'],
  ];
  for (const [opener, opened] of openers) {
    await focus(opener);
    await page.keyboard.press("Enter");
    await expect(page.locator(opened)).toBeVisible();
    expect(await findings(page, { within: opened }), `found in ${opened}`).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(page.locator(opened)).toBeHidden();
    await expect(opener).toBeFocused();
  }
});

test("menu, with the keyboard alone", async ({ page }) => {
  await open(page);
  await focus(page.getByRole("button", { name: "Actions", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("d");
  await expect(page.getByRole("menuitem", { name: "Duplicate" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Duplicated", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("menu")).toBeHidden();

  await focus(page.getByRole("button", { name: "View", exact: true }));
  await page.keyboard.press("ArrowDown");
  const owner = page.getByRole("menuitemcheckbox", { name: "Owner" });
  await expect(owner).toHaveAttribute("aria-checked", "true");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(owner).toHaveAttribute("aria-checked", "false");
});

test("dialog, with the keyboard alone", async ({ page }) => {
  await open(page);
  const opener = page.getByRole("button", { name: "Invite" }).first();
  await focus(opener);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Invite a colleague" });
  await expect(dialog).toBeVisible();
  // The focus stays inside, however far it is moved.
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press("Tab");
    await expect(dialog.locator(":focus")).toHaveCount(1);
  }
  await dialog.getByRole("button", { name: "Send invitation" }).press("Enter");
  await expect(dialog).toBeHidden();
  await expect(opener).toBeFocused();
  await expect(page.getByText("Invitation sent").first()).toBeVisible();
});

test("select and combobox, with the keyboard alone", async ({ page }) => {
  await open(page);
  const level = page.getByRole("combobox", { name: "Level", exact: true });
  await focus(level);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: "Gold" })).toBeFocused();
  await page.keyboard.press("s");
  await page.keyboard.press("Enter");
  await expect(level).toHaveText("Silver");

  const city = page.getByRole("combobox", { name: "City", exact: true });
  await focus(city);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("mun");
  await expect(page.getByRole("option")).toHaveText(["MunichGermany"]);
  await page.keyboard.press("Enter");
  await expect(city).toHaveValue("Munich");

  const far = page.getByRole("combobox", { name: "City, from the server" });
  await focus(far);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("lyo");
  await expect(page.getByRole("option")).toHaveText(["LyonFrance"]);
  await page.keyboard.press("Enter");
  await expect(far).toHaveValue("Lyon");

  const cities = page.getByRole("combobox", { name: "Cities", exact: true });
  await focus(cities);
  await page.keyboard.press("Backspace");
  await page.keyboard.type("par");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove Paris" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Remove القاهرة" })).toBeHidden();
});

test("tabs and date picker, with the keyboard alone", async ({ page }) => {
  await open(page);
  await focus(page.getByRole("tab", { name: "Overview" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("tab", { name: "Tasks" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel")).toHaveText("What is to be done.");

  const renewal = page.getByLabel("Renewal", { exact: true });
  await focus(renewal);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("2027-03-14");
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(page.getByRole("gridcell", { selected: true })).toHaveText("14");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("grid")).toBeHidden();
  await expect(renewal).toHaveValue(/21/);
});

test("rows are sorted and put in order with the keyboard", async ({ page, isMobile }) => {
  await open(page);
  const names = page.getByRole("table", { name: "Sample of partners" }).locator("tbody [dir=auto]");
  if (isMobile) await page.getByLabel("Sort by").selectOption({ label: "Pipeline, ascending" });
  else {
    await focus(page.getByRole("columnheader", { name: "Pipeline" }).getByRole("button"));
    await page.keyboard.press("Enter");
  }
  await expect(names.first()).toHaveText("شركة ألفا");

  const list = page.getByRole("list", { name: "Stages" });
  await focus(list.getByRole("button", { name: "Move New down" }));
  await page.keyboard.press("Enter");
  await expect(list.getByRole("listitem").first()).toHaveText("Qualified");
  await expect(list.getByRole("button", { name: "Move New down" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(list.getByRole("listitem").nth(2)).toHaveText("New");
});

test("a row is dragged to another place", async ({ page, isMobile }) => {
  test.skip(isMobile, "a finger has the buttons");
  await open(page);
  const rows = page.getByRole("list", { name: "Stages" }).getByRole("listitem");
  await rows.first().scrollIntoViewIfNeeded();
  // By its grip: text in a row stays selectable.
  await rows
    .first()
    .locator(".cursor-grab")
    .dragTo(rows.nth(2), { targetPosition: { x: 40, y: 30 } });
  await expect(rows).toHaveText(["Qualified", "Proposal", "New", "Won"]);
});
