import { expect, openAccountMenu, people, signIn, signOut, submitSignIn, test } from "./fixtures.ts";

test("a seeded person signs in with the keyboard alone, stays signed in, and signs out", async ({ page, context }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByLabel("E-mail address").focus();
  await page.keyboard.type(people.admin.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(people.admin.password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();

  await page.reload();
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();

  await openAccountMenu(page);
  await expect(page.getByText(people.admin.email).first()).toBeVisible();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in$/);
  const session = (await context.cookies()).filter((cookie) => cookie.name.startsWith("sb-") && cookie.value !== "");
  expect(session).toEqual([]);
});

test("a wrong password is said in a sentence, and what was typed stays", async ({ page }) => {
  await page.goto("/sign-in");
  await submitSignIn(page, { ...people.admin, password: "not-the-password" });
  await expect(page.getByRole("alert")).toHaveText("This e-mail address and password do not belong together.");
  await expect(page.getByLabel("E-mail address")).toHaveValue(people.admin.email);
  await expect(page.getByLabel("Password", { exact: true })).toHaveValue("not-the-password");
});

test("whoever was on the way to a page comes back to it, and to nobody else's", async ({ page, baseURL }) => {
  await page.goto("/?from=mail");
  await expect(page).toHaveURL(/returnTo=/);
  await submitSignIn(page, people.admin);
  await expect(page).toHaveURL(/\/\?from=mail$/);

  await page.goto("/sign-in?returnTo=//evil.test/");
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
  expect(new URL(page.url()).origin).toBe(new URL(baseURL ?? "").origin);
});

test("who signs out leaves no way back to their page for whoever is next", async ({ page, signedIn }) => {
  await signedIn.goto("/?from=mail");
  await signOut(page);
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByText("Your session has ended")).toBeHidden();
});

test("who signs out in one tab is signed out in the other", async ({ page, signedIn, context }) => {
  const other = await context.newPage();
  await other.goto("/");
  await expect(other.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
  await signOut(signedIn);
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(other).toHaveURL(/\/sign-in/);
});

test("a session ended on the server ends on the screen with the next sign-in asked for", async ({ page, context }) => {
  await signIn(page);
  await context.clearCookies();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("the session's cookie carries the API's port, so that two checkouts do not share it", async ({
  signedIn,
  context,
}) => {
  const api = new URL(process.env.VITE_SUPABASE_URL ?? "");
  const names = (await context.cookies(signedIn.url())).map((cookie) => cookie.name);
  expect(names.some((name) => name.includes(`127-0-0-1-${api.port}`))).toBe(true);
});
