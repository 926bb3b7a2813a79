import { expect, test } from "vitest";
import { createFormat } from "@/shared/lib/format/format";
import { byDay } from "./by-day";
import { actorWord, eventParts } from "./event-words";
import { choicesOf } from "./services/choices-service";
import type { ActivityEvent } from "./types";

const format = createFormat({ locale: "en-GB", timeZone: "Europe/Zurich" });
const choices = choicesOf([
  { category: "partners", key: "statuses", value: [{ key: "active", label: "Active", color: "green" }] },
  { category: "partners", key: "referral_stages", value: [{ key: "lost", label: "Lost", outcome: "lost" }] },
  { category: "pipeline", key: "loss_reasons", value: [{ key: "price", label: "Too dear" }] },
  { category: "partners", key: "interaction_types", value: [{ key: "call", label: "Call" }] },
]);

const event = (values: Partial<ActivityEvent>): ActivityEvent => ({
  id: 1,
  kind: "status_changed",
  occurredAt: "2026-11-21T12:00:00Z",
  actor: "user:u",
  actorName: "Mara",
  subjectTable: "partners",
  subjectLabel: "Alpine",
  isVisibleToPartner: false,
  before: null,
  after: null,
  details: null,
  ...values,
});
const parts = (values: Partial<ActivityEvent>) => eventParts(event(values), { choices, format });

test("keys are said by what they are called, and what is called nothing any more by its key", () => {
  expect(parts({ before: "gone", after: "active" })).toEqual(["gone → Active"]);
  expect(parts({ kind: "tier_changed", before: "gold", after: null })).toEqual(["gold → none"]);
  expect(parts({ kind: "tier_changed", before: null, after: "gold" })).toEqual(["none → gold"]);
});

test("people by their names, days as days, and of several fields only those that changed", () => {
  const person = (name: string) => ({ id: "u", name });
  expect(parts({ kind: "owner_changed", before: person("Mara"), after: person("Ines") })).toEqual(["Mara → Ines"]);
  expect(
    parts({
      kind: "agreement_renewed",
      before: { starts_on: "2026-01-01", ends_on: "2026-12-31" },
      after: { starts_on: "2026-01-01", ends_on: "2027-12-31" },
      details: { terms_changed: true },
    }),
  ).toEqual(["Ends: 31 Dec 2026 → 31 Dec 2027", "terms changed"]);
});

test("amounts in their currency, exactly, and reasons as they were given or configured", () => {
  expect(
    parts({
      kind: "referral_lost",
      subjectTable: "partner_referrals",
      before: "submitted",
      after: "lost",
      details: { reason: "No budget", estimated_value: "12500.50", currency: "EUR" },
    }),
  ).toEqual(["submitted → Lost", "€12,500.50", "“No budget”"]);
  expect(parts({ kind: "opportunity_lost", subjectTable: "opportunities", details: { reason: "price" } })).toEqual([
    "Too dear",
  ]);
  expect(parts({ kind: "interaction_logged", after: "call", details: { duration_minutes: 45 } })).toEqual([
    "Call",
    "45 min",
  ]);
});

test("what nobody did was done by itself", () => {
  expect(actorWord({ actor: "system:expire_deals", actorName: null })).toBe("Automatic");
  expect(actorWord({ actor: "user:u", actorName: null })).toBe("Somebody who is no longer here");
});

test("events of one day of the person's own calendar stand together", () => {
  const days = byDay(
    [
      event({ id: 3, occurredAt: "2026-11-21T23:30:00Z" }),
      event({ id: 2, occurredAt: "2026-11-21T12:00:00Z" }),
      event({ id: 1, occurredAt: "2026-11-20T23:30:00Z" }),
    ],
    "Europe/Zurich",
  );
  expect(days.map(({ day, events }) => [day, events.map(({ id }) => id)])).toEqual([
    ["2026-11-22", [3]],
    ["2026-11-21", [2, 1]],
  ]);
});
