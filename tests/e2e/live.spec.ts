// Two people at once: what one changes is on the other's screen without a reload, and what one may no longer see is gone from it.
import type { Browser, Page, WebSocketRoute } from "@playwright/test";
import { createTeam, type Team } from "../support/new-team.ts";
import { expect, signIn, test } from "./fixtures.ts";

const roleKey = "partnership_manager";

/** In a browser of their own. */
async function open(
  browser: Browser,
  baseURL: string | undefined,
  person: Team["admin"],
  path: string,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Page> {
  const context = await browser.newContext(baseURL ? { baseURL } : {});
  const page = await context.newPage();
  await prepare(page);
  await signIn(page, person);
  await page.goto(path);
  await expect(page.locator("main h1")).toBeVisible();
  // Written where a reload would lose it.
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  return page;
}

const isSamePage = (page: Page) => page.evaluate(() => "isSamePage" in window);

async function rename(page: Page, name: string) {
  await page.getByRole("button", { name: "Edit the profile" }).click();
  const sheet = page.getByRole("dialog", { name: "Edit the profile" });
  await sheet.getByRole("textbox", { name: /^Name/ }).fill(name);
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
}

test("a partner's name and task, changed by one, are on the other's list and record; and each sees that the other is here", async ({
  browser,
  baseURL,
}) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  const record = `/admin/partners/${team.partner.id}`;
  const admin = await open(browser, baseURL, team.admin, record);
  const colleague = await open(browser, baseURL, team.colleague, "/admin/partners");

  await rename(admin, "Alpine Networks");
  await expect(colleague.getByRole("link", { name: "Alpine Networks" })).toBeVisible();
  const opened = colleague.getByRole("listitem").or(colleague.getByRole("row")).filter({ hasText: "Alpine Networks" });
  await expect(opened.getByText("Open with")).toBeAttached();
  await expect(colleague.getByRole("button", { name: /^Also here/ })).toBeVisible();
  expect(await isSamePage(colleague)).toBe(true);

  await colleague.getByRole("link", { name: "Alpine Networks" }).click();
  await expect(colleague.getByRole("heading", { name: "Alpine Networks", level: 1 })).toBeVisible();
  await expect(colleague.getByRole("button", { name: /^Also here/ })).toBeVisible();
  await expect(admin.getByRole("button", { name: /^Also here/ })).toBeVisible();

  await rename(admin, "Alpine Clouds");
  await expect(colleague.getByRole("heading", { name: "Alpine Clouds", level: 1 })).toBeVisible();

  await colleague.getByRole("tab", { name: "Tasks" }).click();
  await expect(colleague.getByText("Nothing is to be done")).toBeVisible();
  await admin.getByRole("tab", { name: "Tasks" }).click();
  await admin.getByRole("button", { name: "New task" }).first().click();
  const sheet = admin.getByRole("dialog", { name: "New task" });
  await sheet.getByRole("textbox", { name: /^Title|^Task/ }).fill("Call Lea");
  await sheet.getByRole("button", { name: /Create|Add/ }).click();
  const task = colleague.getByRole("listitem").filter({ hasText: "Call Lea" });
  await expect(task).toBeVisible();
  await expect(colleague.getByRole("tab", { name: /Tasks/ })).toContainText("1");
  await admin.getByRole("checkbox", { name: "Call Lea is done" }).click();
  await expect(task).toBeHidden();
  expect(await isSamePage(colleague)).toBe(true);

  // Who goes away is no longer shown.
  await colleague.context().close();
  await expect(admin.getByRole("button", { name: /^Also here/ })).toBeHidden();
});

test("what is typed stays when somebody changes the record underneath, which is said at once", async ({
  browser,
  baseURL,
}) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  const record = `/admin/partners/${team.partner.id}`;
  const page = await open(browser, baseURL, team.colleague, record);
  await page.getByRole("button", { name: "Edit the profile" }).click();
  const sheet = page.getByRole("dialog", { name: "Edit the profile" });
  const name = sheet.getByRole("textbox", { name: /^Name/ });
  await name.fill("Alpine Typed");
  const { error } = await team.asAdmin
    .from("partners")
    .update({ website: "https://alpine.example" })
    .eq("id", team.partner.id);
  expect(error).toBeNull();
  await expect(sheet.getByText("Somebody changed this meanwhile", { exact: false })).toBeVisible();
  await expect(name).toHaveValue("Alpine Typed");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: "Alpine Typed", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: /alpine\.example/ }).first()).toBeVisible();
});

test("which field a colleague is editing stands beside it, on the record and in one's own form", async ({
  browser,
  baseURL,
}) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  const record = `/admin/partners/${team.partner.id}`;
  const admin = await open(browser, baseURL, team.admin, record);
  const colleague = await open(browser, baseURL, team.colleague, record);
  await expect(colleague.getByRole("button", { name: /^Also here/ })).toBeVisible();

  await admin.getByRole("button", { name: "Edit the profile" }).click();
  const sheet = admin.getByRole("dialog", { name: "Edit the profile" });
  await sheet.getByRole("textbox", { name: /^Website/ }).focus();
  const website = colleague.getByRole("definition").filter({ hasText: "is editing this" });
  await expect(website).toHaveCount(1);
  await colleague.getByRole("button", { name: "Edit the profile" }).click();
  const own = colleague.getByRole("dialog", { name: "Edit the profile" });
  await expect(own.locator("[data-cell=website]")).toContainText("is editing this");
  await expect(own.getByText("is editing this")).toHaveCount(1);

  await sheet.getByRole("button", { name: "Cancel" }).click();
  await expect(own.getByText("is editing this")).toHaveCount(0);
});

test("a configured value and a member's role, changed elsewhere, are here without a reload", async ({
  browser,
  baseURL,
}) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  const { asAdmin, organizationId, colleague } = team;
  const page = await open(browser, baseURL, team.admin, "/configuration/partners");
  const source = page
    .getByRole("region", { name: "Partner regions", exact: true })
    .or(page.getByRole("region").first());
  await expect(source.first()).toBeVisible();
  const settings = await asAdmin.rpc("resolved_configuration", { organization: organizationId });
  const regions = settings.data.find(
    (each: { category: string; key: string }) => each.category === "partners" && each.key === "regions",
  );
  const saved = await asAdmin.from("configurations").insert({
    organization_id: organizationId,
    category: "partners",
    key: "regions",
    value: [...regions.value, { key: "moon", label: "The Moon" }],
  });
  expect(saved.error).toBeNull();
  await expect(page.getByRole("textbox", { name: /The Moon/ })).toHaveValue("The Moon");

  await page.goto("/admin/members");
  const row = page.getByRole("row").or(page.getByRole("listitem")).filter({ hasText: colleague.email });
  await expect(row.first()).toContainText("Partnership manager", { ignoreCase: true });
  const membership = await asAdmin
    .from("memberships")
    .select("version")
    .eq("organization_id", organizationId)
    .eq("user_id", colleague.userId)
    .single();
  const vp = await asAdmin
    .from("roles")
    .select("id, name")
    .eq("organization_id", organizationId)
    .eq("key", "vp")
    .single();
  const changed = await asAdmin.rpc("change_member_role", {
    organization: organizationId,
    member: colleague.userId,
    role: vp.data?.id,
    seen_version: membership.data?.version,
  });
  expect(changed.error).toBeNull();
  await expect(row.first()).toContainText(String(vp.data?.name));
});

test("whoever is taken out of the organization sees nothing of it at once, and is told", async ({
  browser,
  baseURL,
}) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  const page = await open(browser, baseURL, team.colleague, `/admin/partners/${team.partner.id}`);
  const membership = await team.asAdmin
    .from("memberships")
    .select("version")
    .eq("organization_id", team.organizationId)
    .eq("user_id", team.colleague.userId)
    .single();
  const out = await team.asAdmin.rpc("deactivate_member", {
    organization: team.organizationId,
    member: team.colleague.userId,
    seen_version: membership.data?.version,
  });
  expect(out.error).toBeNull();
  await expect(page.getByText("Your membership of")).toBeVisible({ timeout: 5_000 });
  await expect(page.getByText("Alpine Systems")).toBeHidden();
});

test("a change that was missed without a network is there when it is back", async ({ browser, baseURL }) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  const page = await open(browser, baseURL, team.colleague, `/admin/partners/${team.partner.id}`);
  await page.context().setOffline(true);
  await expect(page.getByText("The server cannot be reached.")).toBeVisible();
  const { error } = await team.asAdmin.from("partners").update({ name: "Alpine Offline" }).eq("id", team.partner.id);
  expect(error).toBeNull();
  await page.context().setOffline(false);
  await expect(page.getByRole("heading", { name: "Alpine Offline", level: 1 })).toBeVisible();
  const again = await team.asAdmin.from("partners").update({ name: "Alpine Again" }).eq("id", team.partner.id);
  expect(again.error).toBeNull();
  await expect(page.getByRole("heading", { name: "Alpine Again", level: 1 })).toBeVisible();
});

test("code that could not be fetched takes no page away, and is there once the network is", async ({
  browser,
  baseURL,
}) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  let refused = 0;
  const page = await open(browser, baseURL, team.colleague, `/admin/partners/${team.partner.id}`, async (opened) => {
    await opened.route(/(live-session|follower|presence|toaster)[^/]*\.[jt]sx?/, (route) => {
      refused++;
      return route.abort("internetdisconnected");
    });
  });
  await expect.poll(() => refused).toBeGreaterThanOrEqual(4);
  await expect(page.getByRole("heading", { name: "Alpine Systems", level: 1 })).toBeVisible();
  await page.unrouteAll();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  const { error } = await team.asAdmin.from("partners").update({ name: "Alpine Late" }).eq("id", team.partner.id);
  expect(error).toBeNull();
  await expect(page.getByRole("heading", { name: "Alpine Late", level: 1 })).toBeVisible();
  expect(await isSamePage(page)).toBe(true);
});

test("a live connection that is gone for some seconds is mentioned, and what it missed is there when it is back", async ({
  browser,
  baseURL,
}) => {
  const team = await createTeam(roleKey, "Alpine Systems");
  const sockets: WebSocketRoute[] = [];
  let isCut = false;
  const page = await open(browser, baseURL, team.colleague, `/admin/partners/${team.partner.id}`, (opened) =>
    opened.routeWebSocket(/\/realtime\/v1\/websocket/, async (socket) => {
      if (isCut) return socket.close();
      socket.connectToServer();
      sockets.push(socket);
    }),
  );
  await expect.poll(() => sockets.length).toBeGreaterThan(0);
  const reconnecting = page.getByText("Reconnecting", { exact: true });
  await expect(reconnecting).toBeHidden();
  isCut = true;
  for (const socket of sockets) await socket.close();
  const { error } = await team.asAdmin.from("partners").update({ name: "Alpine Unheard" }).eq("id", team.partner.id);
  expect(error).toBeNull();
  await expect(reconnecting).toBeAttached();
  isCut = false;
  await expect(page.getByRole("heading", { name: "Alpine Unheard", level: 1 })).toBeVisible();
  await expect(reconnecting).toBeHidden();
});
