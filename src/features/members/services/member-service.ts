// Who belongs to an organization, and what they are in it.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Database } from "@/shared/types/database.types";
import type { Member, MemberFilter, MemberPage, MemberStatus } from "../types";

export const PAGE_SIZE = 50;
const FOUND_AT_MOST = 6;

/** Of a search no more are counted: there are more than this, then. */
export const COUNTED_AT_MOST = 1000;

/** The database checks the right to the organization once and searches, sorts and turns pages inside it. */
export async function getMembers(
  organizationId: string,
  filter: MemberFilter,
  signal: AbortSignal,
): Promise<MemberPage> {
  const { beside, backwards } = filter.place;
  const { data, error } = await supabase()
    .rpc("members_page", {
      ...wanted(organizationId, filter),
      sort: filter.sort,
      descending: filter.descending,
      backwards,
      // One more than is shown tells whether the list goes on.
      page_size: PAGE_SIZE + 1,
      ...(beside && { beside }),
    })
    .abortSignal(signal);
  if (error) throw toAppError(error);
  const goesOn = data.length > PAGE_SIZE;
  return {
    members: (backwards ? data.slice(-PAGE_SIZE) : data.slice(0, PAGE_SIZE)).map(memberOf),
    place: filter.place,
    hasPrevious: backwards ? goesOn : beside !== null,
    hasNext: backwards || goesOn,
  };
}

export async function countMembers(organizationId: string, filter: MemberFilter, signal: AbortSignal): Promise<number> {
  const { data, error } = await supabase().rpc("count_members", wanted(organizationId, filter)).abortSignal(signal);
  if (error) throw toAppError(error);
  return data;
}

export async function findMembers(organizationId: string, text: string, signal: AbortSignal): Promise<Member[]> {
  const { data, error } = await supabase()
    .rpc("members_page", { organization: organizationId, search: text, sort: "status", page_size: FOUND_AT_MOST })
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map(memberOf);
}

/** Active members and open invitations: both hold a seat. Null where the invitations are not for this person to see. */
export async function countSeats(
  organizationId: string,
  seesInvitations: boolean,
  signal: AbortSignal,
): Promise<{ active: number; invited: number | null }> {
  const [active, invited] = await Promise.all([
    supabase()
      .from("memberships")
      .select("id", { count: "exact", head: true })
      .eq("organization_id", organizationId)
      .eq("status", "active")
      .abortSignal(signal),
    seesInvitations
      ? supabase()
          .from("invitations")
          .select("id", { count: "exact", head: true })
          .eq("organization_id", organizationId)
          .is("accepted_at", null)
          .is("revoked_at", null)
          .gt("expires_at", new Date().toISOString())
          .abortSignal(signal)
      : null,
  ]);
  const error = active.error ?? invited?.error;
  if (error) throw toAppError(error);
  return { active: active.count ?? 0, invited: invited ? (invited.count ?? 0) : null };
}

/** Each answers with the new version, so that the change can be taken back. */
export async function changeRole(organizationId: string, member: Seen, roleId: string): Promise<number> {
  const { data, error } = await supabase().rpc("change_member_role", {
    organization: organizationId,
    member: member.id,
    role: roleId,
    seen_version: member.version,
  });
  if (error) throw toAppError(error);
  return versionIn(data);
}

export async function setStatus(organizationId: string, member: Seen, status: MemberStatus): Promise<number> {
  const { data, error } = await supabase().rpc(status === "active" ? "reactivate_member" : "deactivate_member", {
    organization: organizationId,
    member: member.id,
    seen_version: member.version,
  });
  if (error) throw toAppError(error);
  return versionIn(data);
}

export async function leaveOrganization(organizationId: string): Promise<void> {
  const { error } = await supabase().rpc("leave_organization", { organization: organizationId });
  if (error) throw toAppError(error);
}

type Seen = Pick<Member, "id" | "version">;

const wanted = (organizationId: string, { text, role, status }: MemberFilter) => ({
  organization: organizationId,
  ...(text && { search: text }),
  ...(role && { in_role: role }),
  ...(status && { member_status: status }),
});

type MemberRow = Database["public"]["Functions"]["members_page"]["Returns"][number];

function memberOf(row: MemberRow): Member {
  return {
    id: row.user_id,
    name: row.display_name,
    // The generated types know no nulls in the rows of a function: a former member's address is one.
    email: row.email || null,
    colour: row.avatar_color,
    status: row.status === "active" ? "active" : "deactivated",
    joinedAt: row.joined_at,
    version: row.version,
    roleId: row.role_id,
    roleName: row.role_name,
  };
}

function versionIn(answer: unknown): number {
  const version = typeof answer === "object" && answer !== null ? Reflect.get(answer, "version") : null;
  if (typeof version !== "number") throw toAppError({ message: "The answer has no version." });
  return version;
}
