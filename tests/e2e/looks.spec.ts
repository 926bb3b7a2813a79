// Light and dark, wide and narrow: nothing an accessibility checker finds, and nothing to scroll sideways for.
import type { Page } from "@playwright/test";
import { createMember } from "../support/new-person.ts";
import { expect, missPart, openAccountMenu, people, signIn, test } from "./fixtures.ts";
import { expectGoodLooks, overflowOf } from "./good-looks.ts";

const screens: Record<string, (page: Page) => Promise<void>> = {
  "sign-in": async (page) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  },
  "sign-in with mistakes": async (page) => {
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("Enter your password.")).toBeVisible();
  },
  "start page": async (page) => {
    await signIn(page);
    await expect(page.getByText(/^of \d+ seats$/)).toBeVisible();
  },
  status: async (page) => {
    await signIn(page);
    await page.goto("/status");
    await expect(page.getByText("All well")).toBeVisible();
  },
  "account menu": async (page) => {
    await signIn(page);
    await openAccountMenu(page);
  },
  "organization menu": async (page) => {
    await signIn(page, people.both);
    await page.getByRole("button", { name: /^Organization/ }).click();
    await expect(page.getByRole("menuitem", { name: "Create organization" })).toBeVisible();
  },
  palette: async (page) => {
    await signIn(page);
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("option", { name: "Sign out" })).toBeVisible();
  },
  "offline and a new version": async (page) => {
    await signIn(page);
    await page.route("**/version.json", (route) => route.fulfill({ json: { version: "newer" } }));
    await missPart(page);
    await expect(page.getByText("A new version is ready.")).toBeVisible();
    await page.context().setOffline(true);
    await expect(page.getByText("The server cannot be reached.")).toBeVisible();
  },
  welcome: async (page) => {
    await signIn(page, people.nobody);
    await expect(page.getByText("None at the moment.")).toBeVisible();
  },
  invitation: async (page) => {
    await signIn(page, people.nobody);
    await page.goto("/invitation?token=not-a-token");
    await page.getByRole("button", { name: "Accept the invitation" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
  },
  "no access": async (page) => {
    await signIn(page, people.rep);
    await page.goto("/admin/audit");
    await expect(page.getByRole("link", { name: people.admin.email })).toBeVisible();
  },
  "not found": async (page) => {
    await signIn(page);
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  },
};

for (const [name, open] of Object.entries(screens))
  test(`${name}, light and dark, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page);
    // A menu floats outside of the landmarks; the button that it belongs to is inside of one.
    await expectGoodLooks(page, { exceptRules: name.endsWith("menu") ? ["region"] : [] });
  });

test("a chosen theme outlives the page and does not flash", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  // A theme follows its person: nobody's whom other tests look at.
  await signIn(page, await createMember());
  await openAccountMenu(page);
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // Seen before the app's own code has run.
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.reload({ waitUntil: "domcontentloaded" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("very long names, at twice the size, have nothing to scroll sideways for", async ({ page }) => {
  const email = `${"a-very-long-name-".repeat(6)}@${"subsidiary.".repeat(8)}northwind.test`;
  const name = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  await page.route("**/rest/v1/profiles?*", (route) =>
    route.fulfill({
      headers: { "access-control-allow-origin": "*" },
      json: { display_name: name, email, avatar_color: "teal", active_organization_id: null },
    }),
  );
  await page.route("**/auth/v1/token**", async (route) => {
    const answer = await route.fetch();
    const session = await answer.json();
    await route.fulfill({ response: answer, json: { ...session, user: { ...session.user, email } } });
  });
  await page.route("**/rpc/my_organizations", async (route) => {
    const answer = await route.fetch();
    const rows: object[] = await answer.json();
    await route.fulfill({ response: answer, json: rows.map((row) => ({ ...row, name: `${name} ${name}` })) });
  });
  // Twice the size of a window of 640 × 800 is one of 320 × 400.
  await page.setViewportSize({ width: 320, height: 400 });
  await signIn(page);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  expect(await overflowOf(page)).toBe(0);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).scrollIntoViewIfNeeded();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeInViewport();
  expect(await overflowOf(page)).toBe(0);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Organization/ }).click();
  await expect(page.getByRole("menuitemradio").first()).toBeInViewport();
  expect(await overflowOf(page)).toBe(0);
});

test("the built app runs under a policy without inline code", async ({ page }) => {
  await signIn(page);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe");
});

test("the styles that the built page carries are not asked for again by what is loaded later", async ({ page }) => {
  await signIn(page);
  await openAccountMenu(page);
  const sheets = () =>
    performance.getEntriesByType("resource").filter(({ name }) => name.endsWith(".css")).length +
    document.styleSheets.length;
  expect(await page.evaluate(sheets)).toBe(1);
});
