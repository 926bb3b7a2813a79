// Who belongs to an organization, and what they are in it.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Member, MemberFilter, MemberPage, MemberStatus } from "../types";

export const PAGE_SIZE = 50;
const FOUND_AT_MOST = 6;

const columns =
  "user_id, display_name, email, avatar_color, status, joined_at, version, role:roles!inner(id, name, position)" as const;

const orders: Record<MemberFilter["sort"], string> = {
  name: "display_name",
  email: "email",
  role: "role(position)",
  status: "status",
  joined: "joined_at",
};

export async function getMembers(
  organizationId: string,
  filter: MemberFilter,
  signal: AbortSignal,
): Promise<MemberPage> {
  const first = (filter.page - 1) * PAGE_SIZE;
  let query = supabase().from("memberships").select(columns, { count: "exact" }).eq("organization_id", organizationId);
  if (filter.text) query = query.or(contains(filter.text));
  if (filter.role) query = query.eq("role_id", filter.role);
  if (filter.status) query = query.eq("status", filter.status);
  const { data, error, count } = await query
    .order(orders[filter.sort], { ascending: !filter.descending })
    // Names repeat; without an order of their own a row could be on two pages, or on none.
    .order("display_name")
    .order("id")
    .range(first, first + PAGE_SIZE - 1)
    .abortSignal(signal);
  if (error) throw toAppError(error);
  return { members: data.map(memberOf), total: count ?? data.length };
}

export async function findMembers(organizationId: string, text: string, signal: AbortSignal): Promise<Member[]> {
  const { data, error } = await supabase()
    .from("memberships")
    .select(columns)
    .eq("organization_id", organizationId)
    .or(contains(text))
    .order("status")
    .order("display_name")
    .limit(FOUND_AT_MOST)
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

/** Quoted, so that nothing a person types is read as part of the question; % and _ are letters like others. */
function contains(text: string): string {
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const quoted = `"${pattern.replaceAll(/["\\]/g, "\\$&")}"`;
  return `display_name.ilike.${quoted},email.ilike.${quoted}`;
}

interface MemberRow {
  user_id: string;
  display_name: string;
  email: string | null;
  avatar_color: string;
  status: string;
  joined_at: string;
  version: number;
  role: { id: string; name: string };
}

function memberOf(row: MemberRow): Member {
  return {
    id: row.user_id,
    name: row.display_name,
    email: row.email,
    colour: row.avatar_color,
    status: row.status === "active" ? "active" : "deactivated",
    joinedAt: row.joined_at,
    version: row.version,
    roleId: row.role.id,
    roleName: row.role.name,
  };
}

function versionIn(answer: unknown): number {
  const version = typeof answer === "object" && answer !== null ? Reflect.get(answer, "version") : null;
  if (typeof version !== "number") throw toAppError({ message: "The answer has no version." });
  return version;
}
