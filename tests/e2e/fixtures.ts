// What every browser test starts from: the running app, and the people of the seed.
import { test as base, expect, type Page } from "@playwright/test";

export const people = {
  admin: { email: "admin@northwind.test", password: "workspace-demo" },
} as const;

interface Fixtures {
  /** A page whose person has already signed in. */
  signedIn: Page;
}

export const test = base.extend<Fixtures>({
  baseURL: async ({ baseURL }, use) => {
    // These tests write and delete: never against anything but this machine.
    const host = new URL(baseURL ?? "").hostname;
    if (!["localhost", "127.0.0.1"].includes(host)) throw new Error(`The browser tests refuse to run against ${host}.`);
    await use(baseURL);
  },
  signedIn: async ({ page }, use) => {
    await signIn(page);
    await use(page);
  },
});

export async function signIn(page: Page): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(people.admin.email);
  await page.getByLabel("Password", { exact: true }).fill(people.admin.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to the partner workspace" })).toBeVisible();
}

export { expect };
