// One's own address, password and sessions.
import { mailLinkTarget } from "@/features/auth";
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Account, SignedInSession } from "../types";

const emailRedirectTo = () => mailLinkTarget(window.location.origin, "email_change");

/** As the server knows it: what this browser remembers may be older than a confirmation on another device. */
export async function getAccount(): Promise<Account> {
  const { data, error } = await supabase().auth.getUser();
  if (error) throw toAppError(error);
  return { email: data.user.email ?? "", newEmail: data.user.new_email || null };
}

/** Nothing changes before both mailboxes have confirmed it. */
export async function changeEmail(email: string): Promise<void> {
  const { error } = await supabase().auth.updateUser({ email: email.trim() }, { emailRedirectTo: emailRedirectTo() });
  if (error) throw toAppError(error);
}

export async function resendEmailChange(email: string): Promise<void> {
  const { error } = await supabase().auth.resend({
    type: "email_change",
    email,
    options: { emailRedirectTo: emailRedirectTo() },
  });
  if (error) throw toAppError(error);
}

/** The server signs the person out everywhere else. */
export async function changePassword(current: string, password: string): Promise<void> {
  const { error } = await supabase().auth.updateUser({ password, current_password: current });
  if (error) throw toAppError(error);
}

export async function listSessions(signal: AbortSignal): Promise<SignedInSession[]> {
  const { data, error } = await supabase().rpc("my_sessions").abortSignal(signal);
  if (error) throw toAppError(error);
  return data.map((row) => ({
    id: row.id,
    createdAt: row.created_at,
    lastUsedAt: row.refreshed_at,
    userAgent: row.user_agent,
    ip: row.ip,
    isCurrent: row.is_current,
  }));
}

/** One that has ended already has ended as well. */
export async function endSession(id: string): Promise<void> {
  const { error } = await supabase().rpc("end_session", { session: id });
  if (error) throw toAppError(error);
}

export async function signOutElsewhere(): Promise<void> {
  const { error } = await supabase().auth.signOut({ scope: "others" });
  if (error) throw toAppError(error);
}

export async function signOutEverywhere(): Promise<void> {
  const { error } = await supabase().auth.signOut({ scope: "global" });
  if (error) throw toAppError(error);
}
