import { AppError } from "@/shared/lib/errors";

/** What the invited person can do about a refusal; the general sentences are for those who invite. */
const sentences: Record<string, string> = {
  PW001:
    "All seats of this organization are taken. Ask whoever invited you to free one: the invitation stays valid until it expires.",
  PW003:
    "This invitation is not valid for you. It may have expired, been used already or been sent to another address. Sign in with the address that was invited, or ask for a new invitation.",
  PW010:
    "Your e-mail address is not confirmed yet. Open the link in the mail we sent you when you signed up, then come back to this page.",
};

export function invitationSentence(error: Error): string {
  return (error instanceof AppError && error.code && sentences[error.code]) || error.message;
}
