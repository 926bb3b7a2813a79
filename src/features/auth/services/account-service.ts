// What goes through a mailbox: a new account, a forgotten password. Known and unknown addresses are answered alike.
import { toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import { mailLinkTarget } from "../mail-link";
import type { LinkKind, NewAccount } from "../types";

const linkTo = (kind: LinkKind, returnTo?: string) => mailLinkTarget(window.location.origin, kind, returnTo);

export async function signUp({ name, email, password }: NewAccount, returnTo: string): Promise<void> {
  const { error } = await supabase().auth.signUp({
    email: email.trim(),
    password,
    options: { data: { display_name: name.trim() }, emailRedirectTo: linkTo("signup", returnTo) },
  });
  if (error) throw toAppError(error);
}

export async function resendConfirmation(email: string, returnTo: string): Promise<void> {
  const { error } = await supabase().auth.resend({
    type: "signup",
    email: email.trim(),
    options: { emailRedirectTo: linkTo("signup", returnTo) },
  });
  if (error) throw toAppError(error);
}

export async function requestPasswordReset(email: string): Promise<void> {
  const { error } = await supabase().auth.resetPasswordForEmail(email.trim(), { redirectTo: linkTo("recovery") });
  if (error) throw toAppError(error);
}

/** The code of a mail, typed: also where the mail is read on another device than this. */
export async function confirmByCode(kind: "signup" | "recovery", email: string, code: string): Promise<void> {
  const { error } = await supabase().auth.verifyOtp({
    email: email.trim(),
    token: code.replaceAll(/\s/g, ""),
    type: kind === "signup" ? "email" : "recovery",
  });
  if (error) throw toAppError(error);
}

export async function setNewPassword(password: string): Promise<void> {
  const { error } = await supabase().auth.updateUser({ password });
  if (error) throw toAppError(error);
}
