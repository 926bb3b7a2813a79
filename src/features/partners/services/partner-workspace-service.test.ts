import { beforeEach, expect, test, vi } from "vitest";
import { partnerRow, stubClient } from "../test-client";
import type { PartnerFields, ReferralFields, TaskFields } from "../types";
import { partnerOf } from "./partner-rows";
import { partnerWorkspaceService as service } from "./partner-workspace-service";

const client = stubClient();
vi.mock("@/shared/lib/supabase", () => ({ supabase: () => client.api }));
beforeEach(() => client.reset());

const { owner, id, health, archivedAt, createdAt, updatedAt, version, ...written } = partnerOf(partnerRow());
const fields: PartnerFields = { ...written, ownerId: "u1", website: "https://alpine.example" };

const referral: ReferralFields = {
  clientName: "Ines Duarte",
  clientEmail: "ines@meridian.example",
  clientCompany: "Meridian",
  clientWebsite: null,
  estimatedValue: "12500.5",
  currency: "EUR",
  ownerId: "u1",
  notes: null,
};
const referralRow = {
  id: "r",
  client_name: "Ines Duarte",
  estimated_value: "12500.5",
  currency: "EUR",
  status: "submitted",
  outcome: "open",
  owner_id: null,
  owner: null,
  version: 1,
};

const task: TaskFields = {
  title: "Call",
  description: null,
  priority: "high",
  dueOn: "2026-12-01",
  assigneeId: "u1",
  isShared: false,
};
const taskRow = { id: "t", title: "Call", status: "pending", assignee_id: null, assignee: null, version: 1 };

test("a partner is read within its organization", async () => {
  client.answer(partnerRow({ name: "Alpine" }));
  await expect(service.getPartnerById("org", "p")).resolves.toMatchObject({ id: "p", name: "Alpine" });
  expect(client.calls).toEqual([{ table: "partners", deed: "select", filters: ["organization_id eq org", "id eq p"] }]);
});

test("a partner is created with its key and only with columns that a person writes", async () => {
  client.answer(partnerRow());
  await service.createPartner("org", fields, "key");
  expect(client.calls[0]).toMatchObject({ table: "partners", deed: "insert" });
  const row = client.calls[0]?.args as Record<string, unknown>;
  expect(row).toMatchObject({
    organization_id: "org",
    client_key: "key",
    name: "Alpine Systems",
    website: "https://alpine.example",
    owner_id: "u1",
    primary_contact_name: null,
  });
  for (const column of ["id", "version", "relationship_health", "archived_at", "created_at"])
    expect(row).not.toHaveProperty(column);
});

test("tried again after a lost answer, the row of the first attempt is answered with and none is added", async () => {
  client.refuse({ code: "23505" });
  client.answer(partnerRow({ id: "first" }));
  await expect(service.createPartner("org", fields, "key")).resolves.toMatchObject({ id: "first" });
  expect(client.calls.map(({ deed }) => deed)).toEqual(["insert", "select"]);
  expect(client.calls[1]?.filters).toEqual(["organization_id eq org", "client_key eq key"]);
});

test("what exists without this key is a conflict", async () => {
  client.refuse({ code: "23505" });
  client.answer(null);
  await expect(service.createPartner("org", fields, "key")).rejects.toMatchObject({ kind: "conflict", code: "23505" });
});

test("an update sends what changed, against the version that was seen", async () => {
  client.answer(partnerRow({ version: 8 }));
  await service.updatePartner("org", "p", { contactEmail: "lea@alpine.example", ownerId: null }, 7);
  expect(client.calls).toEqual([
    {
      table: "partners",
      deed: "update",
      args: { primary_contact_email: "lea@alpine.example", owner_id: null },
      filters: ["organization_id eq org", "id eq p", "version eq 7"],
    },
  ]);
});

test("a version that was seen long ago changes nothing and says so", async () => {
  client.answer(null);
  await expect(service.updatePartner("org", "p", { name: "New" }, 1)).rejects.toMatchObject({ code: "PW006" });
  client.answer(null);
  await expect(service.updateReferral("org", { id: "r", version: 1 }, referral)).rejects.toMatchObject({
    code: "PW006",
  });
  client.answer(null);
  await expect(service.setTaskStatus("org", { id: "t", version: 1 }, "completed")).rejects.toMatchObject({
    code: "PW006",
  });
});

test("createPartnerReferral hands the amount over as text, and leaves stage, outcome and timeline to the database", async () => {
  client.answer(referralRow);
  await expect(service.createPartnerReferral("org", "p", referral, "key")).resolves.toMatchObject({
    id: "r",
    estimatedValue: "12500.5",
    status: "submitted",
  });
  // One statement: what else happens, such as the event on the timeline, happens in its transaction.
  expect(client.calls).toEqual([
    {
      table: "partner_referrals",
      deed: "insert",
      args: {
        organization_id: "org",
        partner_id: "p",
        client_key: "key",
        client_name: "Ines Duarte",
        client_email: "ines@meridian.example",
        client_company: "Meridian",
        client_website: null,
        estimated_value: "12500.5",
        currency: "EUR",
        owner_id: "u1",
        notes: null,
      },
    },
  ]);
});

test("a referral is moved on by the function that may, with the version that was seen", async () => {
  client.answer({ id: "r", status: "lost", outcome: "lost", version: 3 });
  await expect(service.advanceReferral("org", { id: "r", version: 2 }, "lost", "No budget")).resolves.toBe(3);
  expect(client.calls).toEqual([
    {
      rpc: "advance_referral",
      args: { organization: "org", referral: "r", status: "lost", seen_version: 2, reason: "No budget" },
    },
  ]);
});

test("the next referrals are those after the last one, by an index", async () => {
  client.answer([]);
  await service.getPartnerReferrals("org", "p", { id: "r9", referredAt: "2026-05-01T00:00:00Z" });
  expect(client.calls[0]?.filters).toEqual([
    "organization_id eq org",
    "partner_id eq p",
    "referred_at lte 2026-05-01T00:00:00Z",
    'or referred_at.lt."2026-05-01T00:00:00Z",and(referred_at.eq."2026-05-01T00:00:00Z",id.lt.r9)',
  ]);
});

test("a task is made and done with nothing that the database keeps itself", async () => {
  client.answer(taskRow);
  await service.createTask("org", "p", task, "key");
  expect(client.calls[0]?.args).toEqual({
    organization_id: "org",
    partner_id: "p",
    client_key: "key",
    title: "Call",
    description: null,
    priority: "high",
    due_on: "2026-12-01",
    assignee_id: "u1",
    is_shared: false,
  });
  client.answer({ ...taskRow, status: "completed", version: 2 });
  await service.completeTask("org", { id: "t", version: 1 });
  expect(client.calls[1]).toMatchObject({
    deed: "update",
    args: { status: "completed" },
    filters: ["organization_id eq org", "id eq t", "version eq 1"],
  });
});

test("a contact is logged with its own date", async () => {
  client.answer({ id: "i" });
  const occurredAt = "2026-11-20T10:00:00.000Z";
  const contact = {
    type: "call",
    subject: "Review",
    notes: null,
    participants: null,
    occurredAt,
    durationMinutes: 45,
    isShared: false,
  };
  await expect(service.logInteraction("org", "p", contact, "key")).resolves.toBe("i");
  expect(client.calls[0]).toMatchObject({
    table: "partner_interactions",
    deed: "insert",
    args: { interaction_type: "call", occurred_at: occurredAt, duration_minutes: 45, client_key: "key" },
  });
});

test("a document is added by its address, and put away rather than deleted", async () => {
  const row = { id: "d", title: "Plan", document_type: "plan", owner_id: null, owner: null, version: 1 };
  client.answer(row);
  const doc = { title: "Plan", type: "plan", url: "https://notion.so/x", isShared: true, ownerId: "u1" };
  await service.addDocument("org", "p", doc, "key");
  expect(client.calls[0]?.args).toMatchObject({
    notion_url: "https://notion.so/x",
    is_shared: true,
    client_key: "key",
  });
  client.answer(row);
  await service.archiveDocument("org", { id: "d", version: 1 }, true);
  expect(client.calls[1]?.deed).toBe("update");
  expect(client.calls[1]?.args).toHaveProperty("archived_at");
});

test("the timeline is asked for by days of the person's calendar, after the last event", async () => {
  client.answer([]);
  await service.getPartnerActivity(
    "org",
    "p",
    { kinds: ["status_changed"], actors: ["user:u1"], from: "2026-11-01", to: "2026-11-02" },
    { id: 7, occurredAt: "2026-11-02T08:00:00Z" },
  );
  expect(client.calls[0]).toEqual({
    rpc: "partner_timeline",
    args: {
      organization: "org",
      partner: "p",
      page_size: 50,
      kinds: ["status_changed"],
      actors: ["user:u1"],
      since: new Date(2026, 10, 1).toISOString(),
      until: new Date(2026, 10, 3).toISOString(),
      before_at: "2026-11-02T08:00:00Z",
      before_id: 7,
    },
  });
});
