// Settings in a browser: changed with pointer and keyboard, named where they are wrong, inherited, reset, and kept from
// whoever may only read them.
import type { Locator, Page } from "@playwright/test";
import { createMember, createOrganizations, createPerson } from "../support/new-person.ts";
import { openOwner } from "../support/owner.ts";
import { expect, people, signIn, test } from "./fixtures.ts";
import { expectGoodLooks, overflowOf } from "./good-looks.ts";

const setting = (page: Page, name: string): Locator => page.getByRole("region", { name, exact: true });
const sourceOf = (card: Locator, source: string) => card.getByText(`Set by: ${source}`);

async function openSettings(page: Page, category: string): Promise<void> {
  await page.goto(`/configuration/${category}`);
  await expect(page.getByRole("heading", { name: "Configuration", level: 1 })).toBeVisible();
  await expect(page.getByText("Loading the settings")).toBeHidden();
}

test("a tier's colour and place are changed, the source follows, and undo takes it back", async ({ page }) => {
  await signIn(page, await createMember());
  await openSettings(page, "partners");
  const tiers = setting(page, "Partner tiers");
  await expect(sourceOf(tiers, "Default")).toBeVisible();
  await tiers.getByRole("button", { name: "Colour of Gold: amber" }).click();
  await page.getByRole("radio", { name: "green" }).check();
  await page.keyboard.press("Escape");
  await tiers.getByRole("button", { name: "Move Gold up" }).press("Enter");
  await expect(tiers.getByText("New order: Gold, Platinum, Silver, Registered")).toBeVisible();
  await expect(tiers.getByText("Colour of Gold:")).toBeVisible();
  await tiers.getByRole("button", { name: "Save Partner tiers" }).click();
  await expect(sourceOf(tiers, "This organization")).toBeVisible();
  await openSettings(page, "partners");
  await expect(tiers.getByRole("listitem").first().getByLabel("Name of Gold")).toHaveValue("Gold");
  await expect(tiers.getByRole("button", { name: "Colour of Gold: green" })).toBeVisible();

  await tiers.getByRole("button", { name: "Reset Partner tiers" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question.getByText("New order: Platinum, Gold, Silver, Registered")).toBeVisible();
  await question.getByRole("button", { name: "Reset to inherited" }).click();
  await expect(sourceOf(tiers, "Default")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(sourceOf(tiers, "This organization")).toBeVisible();
});

test("a row is dragged by its grip, and text in it is selected with the mouse", async ({ page, isMobile }) => {
  test.skip(isMobile, "A phone has no mouse; its two buttons are tried above.");
  await signIn(page, await createMember());
  await openSettings(page, "partners");
  const tiers = setting(page, "Partner tiers");
  const name = tiers.getByLabel("Name of Platinum");
  const text = await name.boundingBox();
  if (!text) throw new Error("The field is not drawn.");
  await page.mouse.move(text.x + 2, text.y + text.height / 2);
  await page.mouse.down();
  await page.mouse.move(text.x + text.width - 4, text.y + text.height / 2, { steps: 5 });
  await page.mouse.up();
  expect(await name.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd])).toEqual([0, 8]);

  const rows = tiers.getByRole("list", { name: "Partner tiers" }).getByRole("listitem");
  await rows.nth(2).dragTo(rows.nth(0), { sourcePosition: { x: 12, y: 20 }, targetPosition: { x: 60, y: 4 } });
  await expect(tiers.getByText("New order: Silver, Platinum, Gold, Registered")).toBeVisible();
});

test("bad weights are named at their fields, and what was typed stays", async ({ page }) => {
  await signIn(page, await createMember());
  await openSettings(page, "partners");
  const weights = setting(page, "Health weights");
  const revenue = weights.getByLabel("Weight of Revenue");
  await revenue.fill("130");
  await expect(revenue).toHaveAccessibleDescription("Must be between 0 and 100.");
  await expect(weights.getByText("The numbers add up to 200 and must add up to 100.")).toBeVisible();
  await weights.getByRole("button", { name: "Save Health weights" }).click();
  await expect(revenue).toBeFocused();
  await expect(revenue).toHaveValue("130");
  await revenue.fill("30");
  await expect(weights.getByRole("button", { name: "Save Health weights" })).toBeHidden();
});

test("what only the database knows is named at its field too", async ({ page }) => {
  await signIn(page, await createMember());
  await openSettings(page, "organization");
  const domains = setting(page, "Allowed e-mail domains");
  const input = domains.getByRole("textbox");
  await input.fill("Anna@Example.com not_a_domain");
  await input.press("Enter");
  await expect(domains.getByRole("listitem")).toHaveText(["example.com", "not_a_domain"]);
  await expect(input).toHaveAccessibleDescription(/must be a domain in small letters/i);
  await domains.getByRole("button", { name: "Remove not_a_domain" }).click();
  await expect(domains.getByText("1 member has an address outside these domains")).toBeVisible();
  await domains.getByRole("button", { name: "Save Allowed e-mail domains" }).click();
  await expect(sourceOf(domains, "This organization")).toBeVisible();
});

test("a value of the tenant is inherited below, and says so", async ({ page }) => {
  const person = await createPerson();
  await createOrganizations(person, ["Alder Group", "Alder North"]);
  const owner = openOwner();
  try {
    await owner.ask(
      `with mine as (
         select o.id, o.name from public.organizations as o
         join public.memberships as m on m.organization_id = o.id
         join public.profiles as p on p.user_id = m.user_id
         where p.email = $1
       ), tenant as (select id from mine where name = 'Alder Group'), placed as (
         update public.organizations as o set parent_id = (select id from tenant)
         from mine where o.id = mine.id and mine.name = 'Alder North'
       )
       insert into public.configurations (organization_id, category, key, value)
       select id, 'team', 'team_size', '42' from tenant`,
      [person.email],
    );
  } finally {
    await owner.close();
  }
  await signIn(page, person);
  await openSettings(page, "team");
  const size = setting(page, "Team size");
  await expect(sourceOf(size, "Tenant")).toBeVisible();
  await expect(size.getByRole("textbox", { name: "Team size" })).toHaveValue("42");
});

test("what somebody else saved meanwhile is shown beside what was typed", async ({ page, context }) => {
  const person = await createMember();
  await signIn(page, person);
  const other = await context.newPage();
  await openSettings(other, "team");
  await openSettings(page, "team");
  await setting(page, "Team size").getByRole("textbox", { name: "Team size" }).fill("8");
  await setting(other, "Team size").getByRole("textbox", { name: "Team size" }).fill("20");
  await setting(other, "Team size").getByRole("button", { name: "Save Team size" }).click();
  await expect(sourceOf(setting(other, "Team size"), "This organization")).toBeVisible();

  // Said as soon as it happened: nobody has to run into it by saving.
  const size = setting(page, "Team size");
  await expect(size.getByText("Somebody else changed Team size")).toBeVisible();
  await expect(size.getByText("20 people")).toBeVisible();
  await expect(size.getByRole("textbox", { name: "Team size" })).toHaveValue("8");
  await size.getByRole("button", { name: "Go on with mine" }).click();
  await size.getByRole("button", { name: "Save Team size" }).click();
  await expect(size.getByText("Not saved")).toBeHidden();
  await openSettings(page, "team");
  await expect(size.getByRole("textbox", { name: "Team size" })).toHaveValue("8");
});

test("leaving with something unsaved asks first; another category keeps it", async ({ page }) => {
  await signIn(page, await createMember());
  await openSettings(page, "team");
  await setting(page, "Team size").getByRole("textbox", { name: "Team size" }).fill("8");
  await page.getByRole("searchbox", { name: "Search the settings" }).fill("protection");
  await expect(setting(page, "Protection of a registered deal")).toBeVisible();
  await expect(setting(page, "Team size")).toBeHidden();
  await page.getByRole("link", { name: "Home" }).first().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Stay" }).click();
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(setting(page, "Team size").getByRole("textbox", { name: "Team size" })).toHaveValue("8");
  await page.getByRole("link", { name: "Home" }).first().click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: /^Welcome/ })).toBeVisible();
});

test("who may not change settings reads them, without a field", async ({ page }) => {
  await signIn(page, people.rep);
  await openSettings(page, "partners");
  const tiers = setting(page, "Partner tiers");
  await expect(tiers.getByText("Platinum")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button", { name: /^(Save|Reset|Add|Move|Remove)/ })).toHaveCount(0);
  await expect(tiers.getByRole("textbox")).toHaveCount(0);
});

// Every kind of field stands on one of these.
for (const [category, ...schemes] of [
  ["organization", "light", "dark"],
  ["partners", "light", "dark"],
  ["pipeline", "light"],
  ["commission", "dark"],
  ["revenue", "light"],
  ["integration", "dark"],
] as const)
  for (const scheme of schemes)
    test(`${category}, ${scheme}: nothing that axe finds, nothing to scroll sideways for`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await signIn(page, await createMember());
      await openSettings(page, category);
      if (category === "partners") await setting(page, "Health weights").getByLabel("Weight of Revenue").fill("130");
      await expectGoodLooks(page, { schemes: [scheme] });
      await page.setViewportSize({ width: 320, height: 800 });
      await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
      await expect.poll(() => overflowOf(page), "pixels to scroll sideways, written from right to left").toBe(0);
    });
