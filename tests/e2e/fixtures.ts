// What every journey starts from: a browser that may talk to this machine only, and the demo people.
import { test as base, expect, type Page } from "@playwright/test";

interface Person {
  email: string;
  password: string;
}

export const admin: Person = { email: "admin@northwind.test", password: "workspace-demo" };

const LOCAL_HOSTS = new Set(["localhost", "127.0.0.1", "[::1]"]);

interface Guards {
  /** Fails a journey that would leave this machine, and one during which the page met an error or broke its own policy. */
  guarded: void;
}

export const test = base.extend<Guards>({
  guarded: [
    async ({ context, baseURL }, use) => {
      if (!isLocal(baseURL ?? "")) throw new Error(`The browser tests change data: they refuse ${baseURL}.`);
      const faults: string[] = [];
      await context.route(
        (url) => !isLocal(url.href),
        (route) => {
          faults.push(`The page asked for ${route.request().url()}.`);
          return route.abort();
        },
      );
      context.on("weberror", (error) => faults.push(`The page met an error: ${error.error().message}`));
      context.on("console", (message) => {
        if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
      });
      await use();
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

function isLocal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return ["data:", "blob:"].includes(protocol) || LOCAL_HOSTS.has(hostname);
}

export async function fillSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
}

export async function signIn(page: Page, person: Person = admin): Promise<void> {
  await page.goto("/sign-in");
  await fillSignIn(page, person);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Account" })).toBeVisible();
}

export { expect };
