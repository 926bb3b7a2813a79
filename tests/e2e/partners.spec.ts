// Partners from the first one on: found, changed by one and by many, by two at once, and told of on the timeline.
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { createPartners, signedIn } from "../support/new-partner.ts";
import { createMember } from "../support/new-person.ts";
import { expect, people, signIn, test } from "./fixtures.ts";
import { expectGoodLooks } from "./good-looks.ts";

const LONG =
  "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft mbH & Co. KG für grenzüberschreitende Zusammenarbeit";

async function openDirectory(page: Page) {
  await page.goto("/admin/partners");
  await expect(page.getByRole("heading", { name: "Partners", level: 1 })).toBeVisible();
}

const openPartner = async (page: Page, { id, name }: { id: string; name: string }, tab = "") => {
  await page.goto(`/admin/partners/${id}${tab && `?tab=${tab}`}`);
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
};

async function rename(page: Page, name: string) {
  await page.getByRole("button", { name: "Edit the profile" }).click();
  const sheet = page.getByRole("dialog", { name: "Edit the profile" });
  await sheet.getByRole("textbox", { name: /^Name/ }).fill(name);
  return sheet;
}

test("the first partner is created, brings a referral, and the timeline tells of both", async ({ page }) => {
  await signIn(page, await createMember());
  await openDirectory(page);
  await expect(page.getByText("Your directory begins here")).toBeVisible();
  await page.getByRole("button", { name: "New partner" }).first().click();
  const sheet = page.getByRole("dialog", { name: "New partner" });
  await sheet.getByRole("button", { name: "Create partner" }).click();
  await expect(sheet.getByText("Enter the partner's name.")).toBeVisible();
  await sheet.getByRole("textbox", { name: /^Name/ }).fill("Alpine Systems");
  await sheet.getByLabel("Website").fill("alpine.example");
  await sheet.getByLabel("E-mail address").fill("nobody");
  await sheet.getByRole("button", { name: "Create partner" }).click();
  await expect(sheet.getByText("This is not an e-mail address.", { exact: false })).toBeVisible();
  await sheet.getByLabel("E-mail address").fill("lea@alpine.example");
  await sheet.getByRole("button", { name: "Create partner" }).click();
  await expect(page.getByRole("heading", { name: "Alpine Systems", level: 1 })).toBeVisible();
  await expect(page.getByRole("link", { name: "lea@alpine.example" })).toBeVisible();

  await page.getByRole("tab", { name: "Referrals" }).click();
  await page.getByRole("button", { name: "New referral" }).first().click();
  const referral = page.getByRole("dialog", { name: "New referral" });
  await referral.getByLabel("Client's name").fill("Meridian Foods");
  await referral.getByLabel("Estimated value", { exact: true }).fill("12500");
  await referral.getByRole("button", { name: "Add referral" }).click();
  await expect(page.getByRole("table", { name: "Referrals" })).toContainText("Meridian Foods");
  await page.getByRole("button", { name: "Move Meridian Foods on, now Submitted" }).click();
  await page.getByRole("menuitemradio", { name: "Lost" }).click();
  const why = page.getByRole("dialog", { name: "Meridian Foods: Lost" });
  await why.getByRole("button", { name: "Save" }).click();
  await expect(why.getByText("Say in a few words why.")).toBeVisible();
  await why.getByLabel("Reason").fill("The budget went elsewhere");
  await why.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: "Move Meridian Foods on, now Lost" })).toBeVisible();

  await page.getByRole("tab", { name: "Activity" }).click();
  await expect(page).toHaveURL(/tab=activity/);
  const timeline = page.getByRole("tabpanel");
  await expect(timeline.getByText("Partner added")).toBeVisible();
  await expect(timeline.getByText("Referral added")).toBeVisible();
  await expect(timeline.getByRole("listitem").filter({ hasText: "Referral lost" })).toContainText(
    "The budget went elsewhere",
  );
});

test("two edit the same partner: what they do not share merges, and what they share is asked about", async ({
  page,
  context,
}) => {
  const admin = await createMember();
  const mine = await signedIn(admin);
  const [partner] = await createPartners(mine, [{ name: "Brightforge", notes: "Old" }]);
  if (!partner) throw new Error("There is no partner.");
  await signIn(page, admin);
  await openPartner(page, partner);
  const first = await rename(page, "Brightforge AG");

  const other = await context.newPage();
  await openPartner(other, partner);
  const second = await rename(other, "Brightforge Group");
  await second.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("heading", { name: "Brightforge Group", level: 1 })).toBeVisible();
  await other.getByRole("button", { name: "Edit the notes" }).click();
  await other.getByRole("textbox", { name: "Notes" }).fill("New");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByRole("dialog")).toBeHidden();

  await first.getByRole("button", { name: "Save" }).click();
  await expect(first.getByText("Somebody else changed this in the meantime.", { exact: false })).toBeVisible();
  await expect(first.getByText("Name, theirs: Brightforge Group")).toBeVisible();
  await expect(first.getByRole("textbox", { name: /^Name/ })).toHaveValue("Brightforge AG");
  await first.getByRole("button", { name: "Save mine" }).click();
  await expect(page.getByRole("heading", { name: "Brightforge AG", level: 1 })).toBeVisible();
  // What the other wrote beside it is still there.
  await expect(page.getByText("New", { exact: true })).toBeVisible();
  await other.close();
});

test("many get another status at once, and have their own again after undoing", async ({ page }) => {
  const admin = await createMember();
  await createPartners(await signedIn(admin), [
    { name: "Cobalt", status: "pending" },
    { name: "Dunmore", status: "inactive" },
    { name: "Elbtal" },
  ]);
  await signIn(page, admin);
  await openDirectory(page);
  await page.getByRole("checkbox", { name: "Select Cobalt" }).check();
  await page.getByRole("checkbox", { name: "Select Dunmore" }).check();
  const bar = page.getByRole("region", { name: "Selected partners" });
  await expect(bar.getByText("2 selected")).toBeVisible();
  await bar.getByRole("button", { name: "Status" }).click();
  await page.getByRole("menuitem", { name: "Active", exact: true }).click();
  const told = page.getByRole("dialog").filter({ hasText: "2 partners are now Active" });
  await expect(told).toBeVisible();
  await expect(bar).toBeHidden();
  await expect(page.getByRole("main").getByText("Active", { exact: true })).toHaveCount(3);
  await told.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main").getByText("Inactive", { exact: true })).toHaveCount(1);
  await expect(page.getByRole("main").getByText("Pending", { exact: true })).toHaveCount(1);

  await page.getByRole("checkbox", { name: "Select Elbtal" }).check();
  await bar.getByRole("button", { name: "Archive" }).click();
  await expect(page.getByRole("link", { name: "Elbtal" })).toBeHidden();
  await page.getByRole("button", { name: "Archived" }).click();
  await expect(page).toHaveURL(/archived=yes/);
  await page.getByRole("link", { name: "Elbtal" }).click();
  await expect(page.getByText("Archived on", { exact: false })).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Bring back" }).click();
  await expect(page.getByText("Archived on", { exact: false })).toBeHidden();
});

test("a link shows the same partners, and turning it around shows them the other way", async ({ page }, {
  project,
}) => {
  const admin = await createMember();
  await createPartners(await signedIn(admin), [
    { name: "Fjordline", tier: "gold" },
    { name: "Garnet", tier: "gold" },
    { name: "Halcyon", tier: "silver" },
  ]);
  await signIn(page, admin);
  await page.goto("/admin/partners?tier=gold&sort=-name");
  await expect(page.getByRole("button", { name: "Tier: Gold" })).toBeVisible();
  const names = page
    .getByRole("main")
    .getByRole("link")
    .filter({ hasText: /Fjordline|Garnet|Halcyon/ });
  await expect(names).toHaveText([/Garnet/, /Fjordline/]);
  if (project.name === "desktop") {
    await page.getByRole("columnheader", { name: "Partner" }).getByRole("button").click();
    await expect(names).toHaveText([/Fjordline/, /Garnet/]);
  }
  await page.getByRole("searchbox", { name: "Search partners" }).fill("garn");
  await expect(page).toHaveURL(/[?&]q=garn/);
  await expect(names).toHaveText([/Garnet/]);
  await page.getByRole("searchbox", { name: "Search partners" }).fill('%_",)');
  await expect(page.getByText("No partner matches")).toBeVisible();
  await page.getByRole("button", { name: "Show all partners" }).click();
  await expect(names).toHaveCount(3);
});

test("a sales rep edits partners of their own and reads those of others", async ({ page }) => {
  const rep = await signedIn(people.rep);
  const admin = await signedIn(people.admin, "Northwind");
  const [own] = await createPartners(rep, [{ name: `Own ${randomUUID().slice(0, 8)}`, owner_id: rep.userId }]);
  const [others] = await createPartners(admin, [{ name: `Others ${randomUUID().slice(0, 8)}` }]);
  if (!own || !others) throw new Error("There are no partners.");
  await signIn(page, people.rep);
  await openPartner(page, others);
  await expect(page.getByRole("button", { name: "Edit the profile" })).toBeHidden();
  await expect(page.getByRole("button", { name: /^Actions for/ })).toBeHidden();
  await openPartner(page, own);
  const sheet = await rename(page, `${own.name} AG`);
  await expect(sheet.getByText("Your role looks after partners of its own.")).toBeVisible();
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: `${own.name} AG`, level: 1 })).toBeVisible();
  await page.goto(`/admin/partners?q=${encodeURIComponent(own.name)}`);
  await expect(page.getByRole("checkbox", { name: `Select ${own.name}` })).toBeVisible();
  await page.goto(`/admin/partners?q=${encodeURIComponent(others.name)}`);
  await expect(page.getByRole("link", { name: others.name })).toBeVisible();
  await expect(page.getByRole("checkbox", { name: `Select ${others.name}` })).toHaveCount(0);
});

test("tasks, documents and contacts are added where they belong", async ({ page }) => {
  const admin = await createMember();
  const signed = await signedIn(admin);
  const [partner] = await createPartners(signed, [{ name: "Iberia Data" }]);
  if (!partner) throw new Error("There is no partner.");
  await signIn(page, admin);
  await openPartner(page, partner, "tasks");
  await page.getByRole("button", { name: "New task" }).first().click();
  await page.getByRole("dialog", { name: "New task" }).getByRole("textbox", { name: "Task" }).fill("Send the budget");
  await page.getByRole("button", { name: "Add task" }).click();
  const done = page.getByRole("checkbox", { name: "Send the budget is done" });
  await page.getByRole("button", { name: "Actions for Send the budget" }).click();
  await page.getByRole("menuitem", { name: "Begin" }).click();
  const inProgress = page.getByRole("listitem").filter({ has: done }).getByText("In progress", { exact: true });
  await expect(inProgress).toBeVisible();
  // In one breath: the second click is about what the first has not written yet, and makes of the task what it was.
  await done.dblclick();
  const written = () =>
    signed.client.from("partner_tasks").select("status, version").eq("title", "Send the budget").single();
  await expect.poll(async () => (await written()).data).toEqual({ status: "in_progress", version: 4 });
  // Told once: what was done before to the same task can no longer be taken back.
  await expect(page.getByRole("dialog").filter({ hasText: "“Send the budget” is" })).toHaveText(/is in progress/);
  await expect(done).not.toBeChecked();
  await expect(inProgress).toBeVisible();
  await done.check();
  await expect(page.getByRole("dialog").filter({ hasText: "is done" }).first()).toBeVisible();
  await expect(page.getByText("Nothing is to be done")).toBeVisible();

  await page.getByRole("tab", { name: "Docs" }).click();
  await page.getByRole("button", { name: "Add a link" }).first().click();
  const doc = page.getByRole("dialog", { name: "Add a link" });
  await doc.getByLabel("Title").fill("Joint plan");
  await doc.getByLabel("Address").fill("javascript:alert(1)");
  await doc.getByRole("button", { name: "Add document" }).click();
  await expect(doc.getByText("This is not a web address.", { exact: false })).toBeVisible();
  await doc.getByLabel("Address").fill("notion.so/plan");
  await doc.getByRole("button", { name: "Add document" }).click();
  await expect(page.getByRole("link", { name: "Joint plan" })).toHaveAttribute("href", "https://notion.so/plan");

  await page.getByRole("tab", { name: "Activity" }).click();
  await page.getByRole("button", { name: "Log a contact" }).first().click();
  const contact = page.getByRole("dialog", { name: "Log a contact" });
  await contact.getByLabel("Subject").fill("Quarterly review");
  await contact.getByRole("button", { name: "Log it" }).click();
  const timeline = page.getByRole("tabpanel");
  for (const told of ["Quarterly review", "Task completed", "Document added"])
    await expect(timeline.getByText(told).first()).toBeVisible();
});

/** Somebody with a partner that has the longest of everything, and one that has nothing. */
async function withLongPartner() {
  const admin = await createMember();
  const signed = await signedIn(admin);
  const [long] = await createPartners(signed, [
    {
      name: LONG,
      tier: "gold",
      tags: ["strategic", "at_risk"],
      owner_id: signed.userId,
      website: `https://${"long-".repeat(8)}name.example`,
      agreement_ends_on: "2026-12-01",
      notes: "x".repeat(500),
    },
    { name: "Juniper", status: "pending" },
  ]);
  if (!long) throw new Error("There is no partner.");
  const { error } = await signed.client
    .from("partner_referrals")
    .insert({ organization_id: signed.organizationId, partner_id: long.id, client_name: LONG });
  expect(error).toBeNull();
  return { admin, long };
}

test("the directory looks good: light and dark, wide and narrow, with the longest names", async ({ page }) => {
  test.setTimeout(180_000);
  const { admin } = await withLongPartner();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, admin);
  await openDirectory(page);
  await page.getByRole("checkbox", { name: "Select Juniper" }).check();
  await expect(page.getByText("1 selected")).toBeVisible();
  await expectGoodLooks(page, { screen: "directory" });
  await page.getByRole("button", { name: "New partner" }).click();
  await expect(page.getByRole("dialog", { name: "New partner" })).toBeVisible();
  await expectGoodLooks(page, { screen: "new partner" });
});

test("a partner's page looks good: light and dark, wide and narrow, with the longest names", async ({ page }) => {
  test.setTimeout(240_000);
  const { admin, long } = await withLongPartner();
  await page.emulateMedia({ reducedMotion: "reduce" });
  await signIn(page, admin);
  await openPartner(page, long);
  await expectGoodLooks(page, { screen: "overview" });
  for (const [tab, there] of Object.entries({
    Tasks: "Nothing is to be done",
    Referrals: "Submitted",
    Docs: "No documents yet",
    Activity: "Partner added",
  })) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.getByRole("tabpanel").getByText(there).first()).toBeVisible();
    await expectGoodLooks(page, { screen: tab });
  }
});
