// Light and dark, wide and narrow: nothing an accessibility checker finds, and nothing to scroll sideways for.
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./fixtures.ts";

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
  status: async (page) => {
    await signIn(page);
    await expect(page.getByText("All well")).toBeVisible();
  },
  "account menu": async (page) => {
    await signIn(page);
    await page.getByRole("button", { name: "Account" }).click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  },
  "not found": async (page) => {
    await page.goto("/nowhere");
    await expect(page.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  },
};

const overflowOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [name, open] of Object.entries(screens))
  for (const scheme of ["light", "dark"] as const)
    test(`${name}, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await open(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" · ")}`)).toEqual([]);
      for (const width of [page.viewportSize()?.width ?? 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        expect(await overflowOf(page), `pixels to scroll sideways at ${width}`).toBe(0);
      }
    });

test("a chosen theme outlives the page and does not flash", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await signIn(page);
  await page.getByRole("button", { name: "Account" }).click();
  await page.getByText("Dark", { exact: true }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  // Seen before the app's own code has run.
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.reload({ waitUntil: "domcontentloaded" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a person with a very long address, at twice the size, finds everything without scrolling sideways", async ({
  page,
}) => {
  const address = `${"a-very-long-name-".repeat(6)}@${"subsidiary.".repeat(8)}northwind.test`;
  await page.route("**/auth/v1/token**", async (route) => {
    const answer = await route.fetch();
    const session = await answer.json();
    await route.fulfill({ response: answer, json: { ...session, user: { ...session.user, email: address } } });
  });
  // Twice the size of a window of 640 × 800 is one of 320 × 400.
  await page.setViewportSize({ width: 320, height: 400 });
  await signIn(page);
  await expect(page.getByRole("main").getByText(address)).toBeVisible();
  expect(await overflowOf(page)).toBe(0);
  await page.getByRole("button", { name: "Account" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeInViewport();
  expect(await overflowOf(page)).toBe(0);
});

test("the built app runs under a policy without inline code", async ({ page }) => {
  await signIn(page);
  await expect(page.getByText("All well")).toBeVisible();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe");
});
