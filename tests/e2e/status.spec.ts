import { expect, test } from "./fixtures.ts";

test.beforeEach(async ({ signedIn }) => {
  await signedIn.goto("/status");
});

test("the status page shows what really runs behind it", async ({ signedIn }) => {
  const backend = signedIn.getByRole("region", { name: "State of the backend" });
  await expect(backend.getByText("All well")).toBeVisible();
  await expect(backend.getByText(/^Postgres 17\.\d+$/)).toBeVisible();
  await expect(backend.getByText(/^Deno 2\./)).toBeVisible();
  await expect(backend.getByText(/^Latest: /)).toBeVisible();
});

test("a backend that does not answer is said, with what to do, and asked again", async ({ page, signedIn }) => {
  await page.route("**/functions/v1/health", (route) => route.abort());
  await signedIn.reload();
  const backend = signedIn.getByRole("region", { name: "State of the backend" });
  await expect(backend.getByRole("alert")).toContainText("The server cannot be reached.");
  await page.unroute("**/functions/v1/health");
  await backend.getByRole("button", { name: "Try again" }).click();
  await expect(backend.getByText("All well")).toBeVisible();
});

test("a backend that falls silent later keeps its last answer on the screen", async ({ page, signedIn }) => {
  const backend = signedIn.getByRole("region", { name: "State of the backend" });
  await expect(backend.getByText("All well")).toBeVisible();
  await page.route("**/functions/v1/health", (route) => route.fulfill({ status: 503, json: { message: "away" } }));
  await backend.getByRole("button", { name: "Check again" }).click();
  await expect(backend.getByRole("alert")).toContainText("What stands below is the last answer.");
  await expect(backend.getByText(/^Postgres 17/)).toBeVisible();
});

test("a slow database is told apart from a broken one", async ({ page, signedIn }) => {
  await page.route("**/functions/v1/health", (route) =>
    route.fulfill({
      json: {
        status: "degraded",
        checkedAt: new Date().toISOString(),
        versions: { database: null, runtime: "2.9.6", product: "0.1.0" },
        migrations: { applied: null, latest: null },
        jobs: { waiting: null },
      },
      headers: { "access-control-allow-origin": "*" },
    }),
  );
  await signedIn.reload();
  await expect(signedIn.getByText("Database slow to answer")).toBeVisible();
  await expect(signedIn.getByText("—").first()).toBeVisible();
});
