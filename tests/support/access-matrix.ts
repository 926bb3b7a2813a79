// Who may read, write and call what. Every table, view and function that the API exposes has its line here: what a migration adds
// without one fails the tests. The lines say what the specification wants, and the tests try it, person by person.

import { documentFunctions, documentLines } from "./document-access.ts";
import { customersLine, opportunitiesLine, opportunityFunctions, stageHistoryLine } from "./opportunity-access.ts";
import { partnerFunctions, partnersLine, termsLine } from "./partner-access.ts";
import { partnerMembersLine, portalFunctions } from "./portal-access.ts";
import { isGuestOf, opensPortal } from "./portal-world.ts";
import { referralFunctions, referralsLine, registrationsLine } from "./referral-access.ts";
import type { Scope } from "./role-matrix.ts";
import type { Targets } from "./targets.ts";
import { workLines } from "./work-access.ts";
import {
  belongsTo,
  may,
  type Organization,
  type OrganizationLabel,
  organizationLabels,
  type Persona,
  scopeOf,
} from "./world.ts";

/**
 * "nobody", "member" (an active one, or the platform's staff while an access is open), "author" (whoever wrote the row, who acts
 * nowhere in the matrix), or a permission in the organization, "for all" where holding it on one's own rows is not enough.
 */
type RowRule = "nobody" | "member" | "author" | `${string}.${string}` | `${string}.${string} for all`;

interface Writes {
  rule: RowRule | "self";
  columns: readonly string[];
  /** Whoever adds a row makes it their own: the permission on one's own rows is enough. */
  ownsWhatIsAdded?: boolean;
  /** Not the platform's staff, whatever they may read. */
  membersOnly?: boolean;
}

export interface RelationLine {
  /** The column that says whose a row is: an organization's or a person's. Left out where the rows are everybody's. */
  organization?: string;
  person?: string;
  /** Columns that name whose own a row is, for permissions that are held on one's own rows only; the first is set when one adds a row. */
  own?: readonly string[];
  /** Whoever holds the permission to read on their own rows only reads all of them here. */
  ownReadsAll?: boolean;
  /** "self": one's own row. A rule with "anywhere": every row for whoever satisfies it in some organization. */
  select: RowRule | "self" | { anywhere: "member" | `${string}.${string}` };
  /** Columns that may be read; left out where it is all of them. */
  selectColumns?: readonly string[];
  /** A row that may be added, and the columns that it is found by again. */
  insert?: Writes & { row(organization: Organization): Record<string, unknown>; identity: readonly string[] };
  /** A change, and which rows of an organization it fits; left out where it fits all of them. */
  update?: Writes & { change: Record<string, unknown>; among?: Record<string, unknown> };
  delete?: RowRule;
}

const invitationColumns = [
  "id",
  "organization_id",
  "email",
  "role_id",
  "invited_by",
  "expires_at",
  "accepted_at",
  "accepted_by",
  "revoked_at",
  "version",
  "created_at",
  "updated_at",
] as const;

export const relations: Record<string, RelationLine> = {
  organizations: {
    organization: "id",
    select: "member",
    update: { rule: "config.write", columns: ["name", "settings"], change: { name: "Renamed by the tests" } },
  },
  profiles: {
    person: "user_id",
    select: "self",
    update: {
      rule: "self",
      columns: [
        "display_name",
        "avatar_color",
        "theme",
        "locale",
        "time_zone",
        "notification_preferences",
        "active_organization_id",
      ],
      change: { locale: "rm-CH" },
    },
  },
  memberships: { organization: "organization_id", select: "members.read" },
  roles: { organization: "organization_id", select: "members.read" },
  role_permissions: { organization: "organization_id", select: "members.read" },
  permissions: { select: { anywhere: "member" } },
  invitations: { organization: "organization_id", select: "members.manage", selectColumns: invitationColumns },
  partners: partnersLine,
  partner_commission_terms: termsLine,
  partner_members: partnerMembersLine,
  customers: customersLine,
  opportunities: opportunitiesLine,
  opportunity_stage_history: stageHistoryLine,
  partner_referrals: referralsLine,
  deal_registrations: registrationsLine,
  ...workLines,
  ...documentLines,
  configuration_definitions: { select: { anywhere: "config.read" } },
  configurations: {
    organization: "organization_id",
    select: "config.read",
    insert: {
      rule: "config.write",
      columns: ["organization_id", "category", "key", "value"],
      row: ({ id }) => ({ organization_id: id, category: "team", key: "team_size", value: 7 }),
      identity: ["organization_id", "category", "key"],
    },
    update: {
      rule: "config.write",
      columns: ["value"],
      change: { value: ["changed.test"] },
      among: { key: "allowed_domains" },
    },
    delete: "config.write",
  },
};

/** Exposed by their schema and closed to every client: read by functions only. */
export const closedRelations: readonly string[] = ["audit_log", "partner_activity_log"];

export interface FunctionLine {
  /**
   * Nobody (the secret key only), whoever is signed in, an active member, the platform's staff, whoever is inside (a member, or staff
   * with an open access), "listener" (also whom a portal there is open to), whom the portal of its partner is open to, or who holds the
   * permission in the organization it is asked for.
   */
  allowed: "nobody" | "everybody" | "member" | "staff" | "inside" | "listener" | "portal" | `${string}.${string}`;
  /** Also who holds the permission on their own rows only: the function answers with those. */
  forOwn?: boolean;
  args(targets: Targets): Record<string, unknown>;
}

const nothing = () => ({});
const organizationOnly = ({ organization }: Targets) => ({ organization });
const member = ({ organization, member }: Targets) => ({
  organization,
  member: member.id,
  seen_version: member.version,
});

export const functions: Record<string, FunctionLine> = {
  ...partnerFunctions,
  ...documentFunctions,
  ...portalFunctions,
  ...opportunityFunctions,
  ...referralFunctions,
  live_epoch: { allowed: "listener", args: organizationOnly },
  changes_since: { allowed: "inside", args: ({ organization }) => ({ organization, since: "0" }) },
  stack_health: { allowed: "everybody", args: nothing },
  my_sessions: { allowed: "everybody", args: nothing },
  end_session: { allowed: "everybody", args: ({ unknown }) => ({ session: unknown }) },
  my_organizations: { allowed: "everybody", args: nothing },
  my_invitations: { allowed: "everybody", args: nothing },
  create_organization: { allowed: "everybody", args: ({ word }) => ({ organization_name: `Begun ${word}` }) },
  accept_invitation: { allowed: "everybody", args: ({ unknown }) => ({ token: unknown }) },
  accept_my_invitation: { allowed: "everybody", args: ({ unknown }) => ({ invitation: unknown }) },
  invite_member: {
    allowed: "members.manage",
    args: ({ organization, word, emptyRole }) => ({ organization, address: `${word}@world.test`, role: emptyRole.id }),
  },
  renew_invitation: {
    allowed: "members.manage",
    args: ({ organization, invitation }) => ({ organization, invitation }),
  },
  revoke_invitation: {
    allowed: "members.manage",
    args: ({ organization, invitation }) => ({ organization, invitation }),
  },
  change_member_role: {
    allowed: "members.manage",
    args: (targets) => ({ ...member(targets), role: targets.otherEmptyRole.id }),
  },
  deactivate_member: { allowed: "members.manage", args: member },
  reactivate_member: {
    allowed: "members.manage",
    args: ({ organization, formerMember: { id, version } }) => ({ organization, member: id, seen_version: version }),
  },
  leave_organization: { allowed: "member", args: organizationOnly },
  save_role: {
    allowed: "roles.manage",
    args: ({ organization, otherEmptyRole: { id, version }, word }) => ({
      organization,
      role: id,
      role_name: `Saved ${word}`,
      role_description: "",
      role_permissions: {},
      seen_version: version,
    }),
  },
  reset_role: {
    allowed: "roles.manage",
    args: ({ organization, builtInRole: { id, version } }) => ({ organization, role: id, seen_version: version }),
  },
  delete_role: {
    allowed: "roles.manage",
    args: ({ organization, otherEmptyRole: { id, version } }) => ({ organization, role: id, seen_version: version }),
  },
  members_page: {
    allowed: "members.read",
    args: ({ organization, emptyRole, member }) => ({ organization, in_role: emptyRole.id, beside: member.id }),
  },
  count_members: {
    allowed: "members.read",
    args: ({ organization, emptyRole }) => ({ organization, in_role: emptyRole.id }),
  },
  resolved_configuration: { allowed: "config.read", args: organizationOnly },
  preview_configuration: {
    allowed: "config.write",
    args: ({ organization }) => ({ organization, category: "team", key: "team_size", value: 7 }),
  },
  partner_timeline: { allowed: "activity.read", args: organizationOnly },
  timeline_facets: { allowed: "activity.read", args: organizationOnly },
  audit_page: { allowed: "audit.read", args: organizationOnly },
  audit_facets: { allowed: "audit.read", args: organizationOnly },
  audit_chain_state: { allowed: "audit.read", args: organizationOnly },
  verify_audit_log: { allowed: "audit.read", args: organizationOnly },
  unanchored_audit_heads: { allowed: "nobody", args: nothing },
  record_audit_anchors: { allowed: "nobody", args: () => ({ heads: [], place: "tests" }) },
  erase_personal_data: {
    allowed: "nobody",
    args: ({ member }) => ({ person: member.id, reason: "Asked for by the tests." }),
  },
  platform_organizations: { allowed: "everybody", args: nothing },
  set_organization_active: {
    allowed: "staff",
    args: ({ organization }) => ({ organization, active: true, reason: "Asked for by the tests." }),
  },
  set_subscription: {
    allowed: "staff",
    args: ({ organization }) => ({ organization, tier: "enterprise", seats: 100_000 }),
  },
  open_platform_access: {
    allowed: "staff",
    args: ({ organization }) => ({ organization, reason: "Asked for by the tests.", minutes: 5 }),
  },
  close_platform_access: { allowed: "staff", args: organizationOnly },
};

const FOR_ALL = / for all$/;

/** Every permission that some line asks for. */
export const decisivePermissions: string[] = [
  ...new Set(
    [
      ...Object.values(relations).flatMap(({ select, insert, update, delete: remove }) => [
        typeof select === "object" ? select.anywhere : select,
        insert?.rule,
        update?.rule,
        remove,
      ]),
      ...Object.values(functions).map(({ allowed }) => allowed),
    ]
      .filter((rule) => rule?.includes("."))
      .map((rule) => rule?.replace(FOR_ALL, "")),
  ),
].filter((rule) => rule !== undefined);

/** On which rows somebody satisfies a rule. */
function reachOf(who: Persona, organization: OrganizationLabel, rule: RowRule): Scope | undefined {
  if (rule === "nobody" || rule === "author") return undefined;
  if (rule === "member") return belongsTo(who, organization) ? "all" : undefined;
  const scope = scopeOf(who, organization, rule.replace(FOR_ALL, ""));
  return FOR_ALL.test(rule) && scope === "own" ? undefined : scope;
}

/** Which rows of the organization the person may read. */
export function readReach(
  who: Persona,
  organization: OrganizationLabel,
  { select, ownReadsAll }: RelationLine,
): Scope | undefined {
  if (select === "self") return undefined;
  if (typeof select === "object") return mayReadShared(who, select.anywhere) ? "all" : undefined;
  const reach = reachOf(who, organization, select);
  return reach && ownReadsAll ? "all" : reach;
}

export const mayReadShared = (who: Persona, rule: RowRule): boolean =>
  organizationLabels.some((label) => reachOf(who, label, rule) === "all");

/** Which rows of the organization they may change or delete, or may add. */
export const writeReach = (
  who: Persona,
  organization: OrganizationLabel,
  rule: RowRule | "self" | undefined,
): Scope | undefined => (rule === undefined || rule === "self" ? undefined : reachOf(who, organization, rule));

/** Whether they may add the row that the line names, which says nothing of whose own it is. */
export function mayAdd(who: Persona, organization: OrganizationLabel, { insert }: RelationLine): boolean {
  const reach = writeReach(who, organization, insert?.rule);
  if (insert?.membersOnly && who.rights[organization] === undefined) return false;
  return reach === "all" || (reach === "own" && insert?.ownsWhatIsAdded === true);
}

/** Whether a row with these owners is within reach. */
export const isWithin = (reach: Scope | undefined, who: Persona, owners: string): boolean =>
  reach === "all" || (reach === "own" && owners.split(",").includes(who.id));

/** SQL: whose own a row is. */
export const ownersOf = ({ own = [] }: RelationLine): string =>
  own.length > 0 ? `concat_ws(',', ${own.join(", ")})` : "''";

export function mayCall(who: Persona, organization: OrganizationLabel, { allowed, forOwn }: FunctionLine): boolean {
  switch (allowed) {
    case "nobody":
      return false;
    case "everybody":
      return true;
    case "staff":
      return who.isStaff;
    case "inside":
      return belongsTo(who, organization);
    case "listener":
      return belongsTo(who, organization) || isGuestOf(who, organization);
    case "portal":
      return opensPortal(who, organization);
    case "member":
      // An access of the platform is no membership.
      return who.rights[organization] !== undefined;
    default:
      return forOwn ? scopeOf(who, organization, allowed) !== undefined : may(who, organization, allowed);
  }
}
