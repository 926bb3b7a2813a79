// What every screen keeps, light and dark, as wide as its device and as narrow as the smallest phone.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const NARROWEST = 320;

interface Look {
  /** Which screen, where one test looks at several. */
  screen?: string;
  schemes?: readonly ("light" | "dark")[];
  /** Rules of axe that do not hold here, each with its reason beside it. */
  exceptRules?: string[];
}

/** Nothing that axe finds, nothing to scroll sideways for. */
export async function expectGoodLooks(
  page: Page,
  { screen = "", schemes = ["light", "dark"], exceptRules = [] }: Look = {},
): Promise<void> {
  const device = page.viewportSize() ?? { width: 390, height: 844 };
  for (const width of [device.width, NARROWEST]) {
    await page.setViewportSize({ ...device, width });
    // What floats finds its new place a moment after the window has its new size.
    await expect.poll(() => overflowOf(page), `${screen} pixels to scroll sideways at ${width}`).toBe(0);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      expect(await findings(page, { exceptRules }), `${screen} ${colorScheme}, ${width} wide`).toEqual([]);
    }
  }
  await page.setViewportSize(device);
}

export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

interface Where {
  within?: string;
  exceptRules?: string[];
}

export async function findings(page: Page, { within = "html", exceptRules = [] }: Where = {}): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(within).disableRules(exceptRules).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" · ")}`);
}
