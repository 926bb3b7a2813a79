// What every browser test starts from: the running app in a browser that stays on this machine, and the people of the seed.
import { test as base, expect, type Page } from "@playwright/test";
import { createServerClient } from "@supabase/ssr";
import { sessionCookieName } from "../../src/shared/lib/session-cookie.ts";
import { stack } from "../support/stack.ts";

interface Person {
  email: string;
  password: string;
}

const seeded = (email: string): Person => ({ email, password: "workspace-demo" });

export const people = {
  admin: seeded("admin@northwind.test"),
  rep: seeded("rep@northwind.test"),
  /** Works in Contoso and in Northwind. */
  both: seeded("both@northwind.test"),
  /** Belongs to no organization. */
  nobody: seeded("nobody@example.test"),
} as const;

const localHosts = ["localhost", "127.0.0.1", "[::1]"];

interface Fixtures {
  /** A page whose person has already signed in. */
  signedIn: Page;
  /** What the page did wrong by itself. Every test ends by finding this empty. */
  faults: string[];
}

export const test = base.extend<Fixtures>({
  baseURL: async ({ baseURL }, use) => {
    // These tests write and delete: never against anything but this machine.
    if (!isLocal(baseURL ?? "")) throw new Error(`The browser tests refuse to run against ${baseURL}.`);
    await use(baseURL);
  },
  faults: [
    async ({ context }, use) => {
      const faults: string[] = [];
      const leavesThisMachine = (url: URL) => !isLocal(url.href);
      await context.route(leavesThisMachine, async (route) => {
        faults.push(`The page asked for ${route.request().url()}.`);
        await route.abort();
      });
      context.on("weberror", (error) => faults.push(`The page met an error: ${error.error().message}`));
      // What the policy stopped is told even where the page swallows the error.
      await context.addInitScript(() =>
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
          console.error(`Content Security Policy: ${effectiveDirective} stopped ${blockedURI}.`),
        ),
      );
      context.on("console", (message) => {
        if (message.text().startsWith("Content Security Policy:")) faults.push(message.text());
      });
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
  signedIn: async ({ page }, use) => {
    await signIn(page);
    await use(page);
  },
});

function isLocal(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === "data:" || protocol === "blob:" || localHosts.includes(hostname);
}

/**
 * Ends on the start page; for somebody without an organization on the page that explains what to do. The session is a new one, made
 * beside the page: going through the form each time would take minutes of every run, and has tests of its own.
 */
export async function signIn(page: Page, person: Person = people.admin): Promise<void> {
  await page.context().addCookies(await sessionOf(person));
  await page.goto("/");
  // With patience: how fast a busy machine signs somebody in is measured elsewhere.
  await expect(page.getByRole("heading", { name: /^Welcome/, level: 1 })).toBeVisible({ timeout: 15_000 });
}

/** The cookies that the app would have written. */
async function sessionOf({ email, password }: Person): Promise<{ name: string; value: string; url: string }[]> {
  const { apiUrl, publishableKey, appUrl } = stack();
  const written = new Map<string, string>();
  const client = createServerClient(apiUrl, publishableKey, {
    cookieOptions: { name: sessionCookieName(apiUrl) },
    cookies: {
      getAll: () => [],
      setAll: (cookies) => {
        for (const { name, value } of cookies) written.set(name, value);
      },
    },
  });
  const { error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  return [...written].map(([name, value]) => ({ name, value, url: process.env.APP_URL ?? appUrl }));
}

export async function openAccountMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Account" }).click();
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeVisible();
}

/** As when a part of the app is gone from the server: the page then asks at once whether a newer version is in place. */
export async function missPart(page: Page): Promise<void> {
  await page.evaluate(() => window.dispatchEvent(new Event("vite:preloadError")));
}

export async function signOut(page: Page): Promise<void> {
  await openAccountMenu(page);
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

export async function submitSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export { expect };
