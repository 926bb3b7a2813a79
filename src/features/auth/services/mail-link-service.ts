// Following the links of mails.
import type { EmailOtpType } from "@supabase/supabase-js";
import { AppError, toAppError } from "@/shared/lib/errors";
import { supabase } from "@/shared/lib/supabase";
import type { Link, LinkOutcome } from "../types";

// The link did confirm the address before it led here. Only the session could not be begun: the mail was read on another device or
// in another browser, or this address is opened once more.
const onlySessionFailed = new Set([
  "pkce_code_verifier_not_found",
  "bad_code_verifier",
  "flow_state_not_found",
  "flow_state_expired",
]);

export async function followMailLink(link: Link): Promise<LinkOutcome> {
  const { kind } = link;
  try {
    if (link.state === "half-way") return { state: "half-way", kind };
    if (link.state === "refused") throw toAppError({ code: link.code || "otp_expired" });
    if (link.state === "none")
      throw new AppError("invalid", { sentence: "This link is not whole. Open it from the mail." });
    // The address has changed already when the link leads here: whoever is signed in only has to hear of it.
    if (kind === "email_change" && link.state === "code") return await hearOfNewAddress();
    const { error } = link.state === "code" ? await exchange(link.code) : await redeem(link.tokenHash, link.type);
    if (!error) return { state: kind === "email_change" ? "changed" : "signed-in", kind };
    if (kind === "signup" && onlySessionFailed.has(error.code ?? "")) return { state: "sign-in", kind };
    throw toAppError(error);
  } catch (error) {
    return { state: "failed", kind, message: toAppError(error).message };
  }
}

const exchange = (code: string) => supabase().auth.exchangeCodeForSession(code);

const redeem = (tokenHash: string, type: string) =>
  supabase().auth.verifyOtp({ token_hash: tokenHash, type: type as EmailOtpType });

async function hearOfNewAddress(): Promise<LinkOutcome> {
  const { data } = await supabase().auth.getSession();
  if (!data.session) return { state: "sign-in", kind: "email_change" };
  const { error } = await supabase().auth.refreshSession();
  if (error) throw toAppError(error);
  return { state: "changed", kind: "email_change" };
}
