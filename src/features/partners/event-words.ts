// What an event of the timeline says, beside its kind: from what to what, how much, why.
import type { Format } from "@/shared/lib/format/format";
import type { Json } from "@/shared/types/database.types";
import { choiceOf } from "./hooks/use-choices";
import type { ActivityEvent, Choice, Choices } from "./types";

/** Which list a value before and after is a key of. */
const listOf: Record<string, keyof Choices> = {
  status_changed: "statuses",
  tier_changed: "tiers",
  referral_advanced: "referralStages",
  referral_won: "referralStages",
  referral_lost: "referralStages",
  opportunity_created: "dealStages",
  opportunity_stage_changed: "dealStages",
  opportunity_won: "dealStages",
  opportunity_lost: "dealStages",
  document_added: "documentTypes",
  interaction_logged: "interactionTypes",
};

const names: Record<string, string> = {
  starts_on: "Starts",
  ends_on: "Ends",
  renews_on: "Renews",
  name: "Name",
  email: "E-mail address",
  phone: "Phone",
  role: "Role",
};

const workStates: Record<string, string> = {
  pending: "Open",
  in_progress: "In progress",
  completed: "Done",
  cancelled: "Cancelled",
};

interface Words {
  choices: Choices;
  format: Format;
}

/** Short parts, for one line. */
export function eventParts(event: ActivityEvent, { choices, format }: Words): string[] {
  const { kind, before, after } = event;
  const list = listOf[kind];
  const named = (value: Json) => valueWord(value, list ? (choices[list] as Choice[]) : null, format);
  const parts =
    isRecord(before) && isRecord(after) && !("name" in after && "id" in after)
      ? fieldChanges(before, after, format)
      : changeOf(named(before), named(after), kind);
  return [...parts, ...detailParts(event, choices, format)];
}

function changeOf(before: string | null, after: string | null, kind: string): string[] {
  if (before && after) return [`${before} → ${after}`];
  // What came to be needs no "from nothing".
  if (after) return [kind.endsWith("_changed") ? `none → ${after}` : after];
  return before ? [`${before} → none`] : [];
}

function fieldChanges(before: Record<string, Json>, after: Record<string, Json>, format: Format): string[] {
  return Object.keys(after).flatMap((key) => {
    const [from, to] = [valueWord(before[key] ?? null, null, format), valueWord(after[key] ?? null, null, format)];
    return from === to ? [] : [`${names[key] ?? key}: ${from ?? "none"} → ${to ?? "none"}`];
  });
}

function detailParts({ details, subjectTable }: ActivityEvent, choices: Choices, format: Format): string[] {
  if (!isRecord(details)) return [];
  const value = details.estimated_value ?? details.value;
  const {
    currency,
    reason,
    duration_minutes: minutes,
    product,
    protected_until: until,
    terms_changed: terms,
  } = details;
  const isMoney = (typeof value === "number" || typeof value === "string") && typeof currency === "string";
  return [
    isMoney && format.money(value, currency),
    typeof product === "string" && choiceOf(choices.products, product).label,
    typeof until === "string" && `protected until ${format.date(until)}`,
    typeof minutes === "number" && `${format.number(minutes)} min`,
    terms === true && "terms changed",
    details.reopened === true && "open again",
    typeof reason === "string" &&
      (subjectTable === "opportunities" ? choiceOf(choices.dealReasons, reason).label : `“${reason}”`),
  ].filter((part) => typeof part === "string");
}

function valueWord(value: Json, list: readonly Choice[] | null, format: Format): string | null {
  if (value === null || value === undefined) return null;
  if (isRecord(value)) {
    if (typeof value.name === "string") return value.name;
    const { value: amount, currency } = value;
    const isMoney = (typeof amount === "number" || typeof amount === "string") && typeof currency === "string";
    return isMoney ? format.money(amount, currency) : null;
  }
  if (typeof value === "string") {
    if (list) return choiceOf(list, value).label;
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
    return workStates[value] ?? value;
  }
  return typeof value === "number" ? format.number(value) : null;
}

function isRecord(value: Json | undefined): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Who did it, for people. */
export function actorWord({ actor, actorName }: Pick<ActivityEvent, "actor" | "actorName">): string {
  if (actorName) return actorName;
  return actor.startsWith("system:") ? "Automatic" : "Somebody who is no longer here";
}
