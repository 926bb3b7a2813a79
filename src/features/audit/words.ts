// The log in words: tables, columns and actions as people say them. What is not listed here is read from its own name.
import type { Run } from "./runs";
import type { AuditEvent, Names } from "./types";

const tables: Record<string, string> = {
  memberships: "member",
  roles: "role",
  role_permissions: "permission",
  invitations: "invitation",
  organizations: "organization",
  configurations: "setting",
  profiles: "person",
};

const columns: Record<string, string> = {
  role_id: "Role",
  user_id: "Person",
  display_name: "Name",
  email: "E-mail address",
  avatar_color: "Colour",
  joined_at: "Joined",
  deactivated_at: "Deactivated",
  is_built_in: "Built in",
  is_active: "Active",
  parent_id: "Tenant above",
  slug: "Short name",
  seat_limit: "Seats",
  subscription_tier: "Subscription",
  token_hash: "Link",
  invited_by: "Invited by",
  expires_at: "Expires",
  accepted_at: "Accepted",
  accepted_by: "Accepted by",
  revoked_at: "Revoked",
};

const verbs: Record<string, string> = { insert: "added", update: "changed", delete: "removed" };

const actions: Record<string, string> = {
  insert: "Added",
  update: "Changed",
  delete: "Removed",
  denied: "Refused",
  personal_data_erased: "Personal data erased",
  platform_access_opened: "Platform access opened",
  platform_access_closed: "Platform access closed",
  organization_suspended: "Organization suspended",
  organization_reactivated: "Organization reactivated",
};

export function tableWord(table: string): string {
  return tables[table] ?? spoken(table);
}

/** Of several. What is not listed is called by the table's own name, which is a plural already. */
function tableWords(table: string): string {
  if (table === "profiles") return "people";
  return tables[table] ? `${tables[table]}s` : spoken(table);
}

export function actionWord(action: string): string {
  return actions[action] ?? sentenceCase(spoken(action));
}

export function columnWord(column: string): string {
  return columns[column] ?? sentenceCase(spoken(column.replace(/_id$/, "")));
}

export function actorWord(event: Pick<AuditEvent, "actor" | "actorName">, names?: Names): string {
  if (event.actorName) return event.actorName;
  const [kind, who = ""] = event.actor.split(/:(.*)/s);
  if (kind === "system") return who === "postgres" ? "The system" : `The system (${spoken(who.replaceAll("-", "_"))})`;
  return names?.get(who) ?? "Somebody who is no longer here";
}

export interface Sentence {
  actor: string;
  /** Such as "changed Role and Status of member". */
  deed: string;
  /** What it was done to; null where the deed says it all. */
  subject: string | null;
}

export function sentenceOf(event: AuditEvent, names: Names): Sentence {
  const actor = actorWord(event, names);
  const subject = subjectOf(event, names);
  const verb = verbs[event.action];
  if (event.action === "denied") {
    const attempted = event.changes.attempted;
    return {
      actor,
      deed: `tried to ${spoken(typeof attempted === "string" ? attempted : "do something")}, and was refused`,
      subject: null,
    };
  }
  if (!verb) return { actor, deed: `— ${actionWord(event.action)}`, subject };
  const what = tableWord(event.tableName);
  if (event.action !== "update" || isErased(event)) return { actor, deed: `${verb} ${what}`, subject };
  return { actor, deed: `${verb} ${list(Object.keys(event.changes).map(columnWord))} of ${what}`, subject };
}

/** A right of a role is told as people read it, not by its key. */
function subjectOf({ tableName, label, rowId }: AuditEvent, names: Names): string | null {
  if (label === null) return names.get(rowId) ?? null;
  if (tableName !== "role_permissions") return label;
  const cut = label.lastIndexOf(": ") + 2;
  return label.slice(0, cut) + (names.get(label.slice(cut)) ?? label.slice(cut));
}

/** Such as "added 138 permissions". */
export function deedOfRun(run: Run, locale: string, isPart = false): string {
  const [{ action, tableName }] = run;
  const count = run.length.toLocaleString(locale);
  return `${verbs[action] ?? actionWord(action)} ${isPart ? "at least " : ""}${count} ${tableWords(tableName)}`;
}

export function isErased(event: AuditEvent): boolean {
  return typeof event.changes.erased === "object" && event.changes.erased !== null && event.label === null;
}

function list(words: string[]): string {
  if (words.length > 3) return `${words.length} fields`;
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} and ${words.at(-1)}` : (words[0] ?? "nothing");
}

function spoken(name: string): string {
  return name.replaceAll("_", " ");
}

function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}
