// What can go wrong on the way to the backend: each time a sentence, what was typed stays, and going on works.
import { expect, people, submitSignIn, test } from "./fixtures.ts";

const welcome = { name: /^Welcome/ };

test("sign-in without a way to the server says so at once, and works when it is back", async ({ page }) => {
  await page.goto("/sign-in");
  await page.route("**/auth/v1/token**", (route) => route.abort());
  await submitSignIn(page, people.admin);
  await expect(page.getByRole("alert")).toHaveText(
    "The server cannot be reached. Check your connection and try again.",
  );
  await expect(page.getByLabel("Password", { exact: true })).toBeFocused();

  await page.unroute("**/auth/v1/token**");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", welcome)).toBeVisible();
});

const refusals = [
  { what: "too many tries", status: 429, code: "over_request_rate_limit", says: /Wait a few minutes/ },
  { what: "an address that is not confirmed", status: 400, code: "email_not_confirmed", says: /not confirmed yet/ },
  { what: "a suspended account", status: 400, code: "user_banned", says: /suspended/ },
  { what: "a server that is starting", status: 503, code: "unexpected_failure", says: /not ready right now/ },
];

for (const { what, status, code, says } of refusals)
  test(`sign-in tells ${what} in a sentence of its own`, async ({ page }) => {
    await page.goto("/sign-in");
    await page.route("**/auth/v1/token**", (route) =>
      route.fulfill({
        status,
        headers: { "access-control-allow-origin": "*" },
        json: { code: status, error_code: code, msg: "internal words" },
      }),
    );
    await submitSignIn(page, people.admin);
    await expect(page.getByRole("alert")).toHaveText(says);
    await expect(page.getByLabel("E-mail address")).toHaveValue(people.admin.email);
  });

test("a session that the server no longer accepts leads to sign-in, and from there back", async ({
  page,
  signedIn,
}) => {
  await page.route("**/functions/v1/health", (route) =>
    route.fulfill({ status: 401, headers: { "access-control-allow-origin": "*" }, json: { message: "Invalid JWT" } }),
  );
  await signedIn.goto("/status?from=bookmark");
  await expect(page.getByText("Your session has ended. Sign in again to go on where you were.")).toBeVisible();
  await page.unroute("**/functions/v1/health");
  await submitSignIn(page, people.admin);
  await expect(page).toHaveURL(/\/status\?from=bookmark$/);
  await expect(page.getByText("All well")).toBeVisible();
});

test("a page whose code cannot be loaded leaves the app standing", async ({ page, signedIn }) => {
  await page.route("**/*status-page*", (route) => route.abort());
  await signedIn.goto("/status");
  await expect(page.getByRole("alert")).toContainText("This part of the app could not be loaded");
  await expect(page.getByRole("button", { name: "Account" })).toBeVisible();

  await page.unroute("**/*status-page*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByText("All well")).toBeVisible();
});

test("an app whose code cannot be loaded says so instead of showing a picture of itself", async ({ page }) => {
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto("/sign-in");
  await expect(page.getByRole("alert")).toContainText("The app could not be loaded");

  await page.unroute("**/assets/*.js");
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});
