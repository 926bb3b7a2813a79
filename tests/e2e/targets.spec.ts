// On a phone whatever is pressed is as high as a thumb needs: 44 px.
import type { Page } from "@playwright/test";
import { createMember } from "../support/new-person.ts";
import { expect, people, signIn, test } from "./fixtures.ts";

const LEAST_HEIGHT = 44;

const outside = ["/sign-in", "/sign-up", "/forgot-password"];
const inside = [
  "/",
  "/welcome",
  "/admin/members",
  "/admin/roles",
  "/admin/audit",
  "/configuration",
  "/configuration/partners",
  "/settings",
  "/settings/notifications",
  "/settings/security",
  "/status",
];

/** Lower on purpose, each for its reason. */
const exceptions = [
  // Several stand in one field and break into lines; Backspace in the field does the same.
  '[role="toolbar"] button, [role="toolbar"] input, [role="toolbar"] [role="combobox"]',
  // Drawn small; what takes the finger is an area around it.
  'button[class*="pointer-coarse:after:-inset-3"]',
];

const controls = [
  "button",
  "nav a",
  "input",
  "select",
  "textarea",
  '[role="combobox"]',
  '[role="tab"]',
  '[role="switch"]',
  "summary",
];

/** What is lower, with its height: "button Save 30". A box that is ticked is as high as its label, an input as the field around it. */
function lowTargets(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ least, selector, excepted }) => {
      const targetOf = (control: Element): Element => {
        if (control.matches('[type="checkbox"], [type="radio"], [role="switch"]'))
          return control.closest("label") ?? control;
        return control.closest('[class~="min-h-field"]') ?? control;
      };
      const isSeen = (element: Element) => {
        const { width, height } = element.getBoundingClientRect();
        return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      };
      return [...document.querySelectorAll(selector)]
        .filter((control) => isSeen(control) && !control.matches(excepted) && !control.closest('[aria-hidden="true"]'))
        .flatMap((control) => {
          const { height } = targetOf(control).getBoundingClientRect();
          if (height >= least - 0.5) return [];
          const name = control.getAttribute("aria-label") ?? control.textContent ?? "";
          return [`${control.tagName.toLowerCase()} ${name.trim().slice(0, 40)} ${Math.round(height)}`];
        });
    },
    { least: LEAST_HEIGHT, selector: controls.join(), excepted: exceptions.join() },
  );
}

async function check(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  expect.soft(await lowTargets(page), path).toEqual([]);
}

test.beforeEach(({ isMobile }) => {
  test.skip(!isMobile, "a mouse is content with less");
});

test("before somebody signs in, every control is as high as a thumb needs", async ({ page }) => {
  for (const path of outside) await check(page, path);
});

test("on every page, every control is as high as a thumb needs", async ({ page }) => {
  test.slow();
  await signIn(page, await createMember());
  for (const path of inside) await check(page, path);
});

test("every component is as high as a thumb needs", async ({ page }) => {
  await signIn(page);
  await page.goto("/design");
  // Charts come with a part of the code of their own, last of all.
  await expect(page.locator(".recharts-surface").first()).toBeVisible({ timeout: 20_000 });
  expect(await lowTargets(page)).toEqual([]);
});

test("so is what opens above a page", async ({ page }) => {
  await signIn(page, people.admin);
  await page.goto("/admin/members");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("dialog", { name: /^Invite people/ })).toBeVisible();
  expect.soft(await lowTargets(page), "the invitation").toEqual([]);
  await page.goto("/admin/audit");
  await page.getByRole("button", { name: "Filters" }).click();
  await expect(page.getByRole("dialog", { name: "Filters" })).toBeVisible();
  expect.soft(await lowTargets(page), "the filters").toEqual([]);
});
