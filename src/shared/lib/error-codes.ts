// What the codes of Auth, the Data API, Postgres and our own database mean to a person; docs/error-codes.md lists them.
export type ErrorKind =
  | "offline"
  | "unauthenticated"
  | "forbidden"
  | "not-found"
  | "conflict"
  | "invalid"
  | "throttled"
  | "unavailable"
  | "unexpected";

export interface ErrorMeaning {
  kind: ErrorKind;
  /** Without one the kind's own sentence is shown. */
  sentence?: string;
  /** The database's own sentence is shown: it names the value, which a fixed one could not. */
  inItsWords?: true;
}

const OTHER_BROWSER =
  "This link works only in the browser where it was asked for. Open it there, or ask for a new one here.";

const auth: Record<string, ErrorMeaning> = {
  invalid_credentials: { kind: "invalid", sentence: "This e-mail address and password do not belong together." },
  email_not_confirmed: {
    kind: "invalid",
    sentence: "This e-mail address is not confirmed yet. Open the link in the mail we sent you, then sign in.",
  },
  user_banned: {
    kind: "forbidden",
    sentence: "This account is suspended. An administrator of your organization can help.",
  },
  session_not_found: { kind: "unauthenticated" },
  refresh_token_not_found: { kind: "unauthenticated" },
  refresh_token_already_used: { kind: "unauthenticated" },
  weak_password: {
    kind: "invalid",
    sentence:
      "This password is too easy to guess. Use at least 8 characters with lower and upper case letters and digits.",
  },
  same_password: { kind: "invalid", sentence: "This is the password you have already. Choose another one." },
  current_password_mismatch: { kind: "invalid", sentence: "This is not your current password." },
  current_password_required: { kind: "invalid", sentence: "Enter your current password as well." },
  current_password_invalid: { kind: "invalid", sentence: "This is not your current password." },
  reauthentication_needed: {
    kind: "invalid",
    sentence: "You signed in a while ago. Sign out, sign in again, and change your password then.",
  },
  reauthentication_not_valid: { kind: "invalid", sentence: "This code is wrong or too old. Ask for a new one." },
  insufficient_aal: {
    kind: "forbidden",
    sentence: "Your account is protected by a second factor. Sign in with it first, then try again.",
  },
  otp_expired: { kind: "invalid", sentence: "This link or code has expired or was used already. Ask for a new one." },
  flow_state_expired: { kind: "invalid", sentence: "This link has expired. Ask for a new one." },
  flow_state_not_found: { kind: "invalid", sentence: "This link was used already. Ask for a new one." },
  bad_code_verifier: { kind: "invalid", sentence: OTHER_BROWSER },
  pkce_code_verifier_not_found: { kind: "invalid", sentence: OTHER_BROWSER },
  email_address_invalid: {
    kind: "invalid",
    sentence: "Mails to this e-mail address would not arrive. Check it for a mistake.",
  },
  email_address_not_authorized: { kind: "invalid", sentence: "Mails cannot be sent to this e-mail address." },
  // Said to people who change their own address. Signing up answers alike for known and unknown addresses.
  email_exists: { kind: "conflict", sentence: "This e-mail address cannot be used. Choose another one." },
  user_already_exists: { kind: "conflict", sentence: "This e-mail address cannot be used. Choose another one." },
  over_email_send_rate_limit: {
    kind: "throttled",
    sentence:
      "We have just sent a mail to this address. Look for it there, and wait a minute before you ask for another.",
  },
  signup_disabled: {
    kind: "forbidden",
    sentence: "New accounts cannot be made here at the moment. Ask an administrator of your organization.",
  },
  email_provider_disabled: {
    kind: "forbidden",
    sentence: "New accounts cannot be made here at the moment. Ask an administrator of your organization.",
  },
};

const dataApi: Record<string, ErrorMeaning> = {
  PGRST116: { kind: "not-found" },
  PGRST301: { kind: "unauthenticated" },
  PGRST303: { kind: "unauthenticated" },
  // Raised before a request of a session that was ended elsewhere.
  PT401: { kind: "unauthenticated" },
};

const postgres: Record<string, ErrorMeaning> = {
  "23503": { kind: "invalid", sentence: "Something that this belongs to does not exist any more." },
  "23505": { kind: "conflict", sentence: "This exists already." },
  "42501": { kind: "forbidden" },
  "57014": { kind: "unavailable", sentence: "This took too long and was stopped. Ask for less at once, or try again." },
};

/** SQLSTATEs of our own. */
const own: Record<string, ErrorMeaning> = {
  PW001: {
    kind: "conflict",
    sentence:
      "All seats of your organization are taken. Deactivate somebody or revoke an invitation, or ask for more seats.",
  },
  PW002: {
    kind: "conflict",
    sentence: "An organization needs at least one administrator. Make somebody else an administrator first.",
  },
  PW003: {
    kind: "invalid",
    sentence:
      "This invitation is not valid for you: it may have expired, been used or been meant for another address. Ask for a new one.",
  },
  PW004: {
    kind: "invalid",
    sentence: "Your organization invites only addresses of certain domains, and this is not one of them.",
  },
  PW005: { kind: "conflict", sentence: "This person is a member already, or has an open invitation." },
  PW006: { kind: "conflict" },
  PW007: { kind: "invalid", sentence: "This value is not accepted. What is wrong stands beside the fields." },
  PW008: {
    kind: "conflict",
    sentence:
      "A built-in role stays, the administrator's role keeps every right, and a role that members or invitations have cannot be deleted.",
  },
  PW009: { kind: "forbidden", sentence: "You can give others only rights that you have yourself." },
  PW010: {
    kind: "forbidden",
    sentence: "Confirm your e-mail address first: open the link in the mail we sent you.",
  },
  PW011: { kind: "throttled", sentence: "You have created 5 organizations today. Create the next one tomorrow." },
  PW012: {
    kind: "not-found",
    sentence: "This is no longer there, or belongs to another organization. Reload the page.",
  },
  PW013: { kind: "invalid", sentence: "This is not an e-mail address. It should look like name@company.com." },
  PW014: {
    kind: "invalid",
    sentence: "A role needs a name of 1 to 60 characters, a description of at most 300, and permissions that exist.",
  },
  PW015: { kind: "conflict", sentence: "Another role has this name. Choose a different one." },
  PW016: { kind: "invalid", sentence: "An organization needs a name of 1 to 120 characters, in one line." },
  PW017: {
    kind: "invalid",
    sentence:
      "Give a reason of 10 to 500 characters, a term of 1 to 480 minutes, and a subscription with 1 to 100,000 seats.",
  },
};

/** Raised by what guards against misuse of mails. */
const mail: Record<string, ErrorMeaning> = {
  PW030: {
    kind: "throttled",
    sentence: "Many invitations were sent within an hour, by your organization or to this address. Send it later.",
  },
};

/** Of partners and what belongs to them. */
const partners: Record<string, ErrorMeaning> = {
  PW050: { kind: "invalid", inItsWords: true },
  PW051: { kind: "invalid", sentence: "Choose an owner who is an active member of the organization." },
  PW052: { kind: "invalid", inItsWords: true },
  PW053: {
    kind: "forbidden",
    sentence: "Some of these partners cannot be changed by you, so none was. Select those you may change.",
  },
  PW057: { kind: "invalid", sentence: "Say why the deal was won or lost: choose one of the reasons." },
  PW058: { kind: "invalid", inItsWords: true },
  PW059: { kind: "conflict", sentence: "A closed deal stays with its partner. Reopen it first, then move it." },
  PW061: { kind: "invalid", inItsWords: true },
  PW062: { kind: "conflict", sentence: "This document is archived. Bring it back before you add a file." },
  PW063: {
    kind: "throttled",
    sentence: "20 uploads to this document have begun and are not finished. Finish them, or try again in an hour.",
  },
  PW064: { kind: "invalid", sentence: "The file has not arrived. Upload it again." },
};

/** Of what partners bring. */
const referrals: Record<string, ErrorMeaning> = {
  PW054: { kind: "conflict", inItsWords: true },
  PW055: { kind: "invalid", inItsWords: true },
  PW056: { kind: "conflict", inItsWords: true },
  PW076: { kind: "invalid", sentence: "Say why: this decision needs a reason." },
  PW066: { kind: "invalid", sentence: "Give the task to somebody who is an active member of the organization." },
  PW067: { kind: "invalid", inItsWords: true },
  PW068: { kind: "invalid", inItsWords: true },
};

/** Of people of partners, and of what they do in the portal. */
const portal: Record<string, ErrorMeaning> = {
  PW070: { kind: "conflict", sentence: "This address is in the portal of this partner already." },
  PW071: {
    kind: "conflict",
    sentence:
      "This address belongs to a colleague, or to somebody who is invited as one. Colleagues do not use the portal.",
  },
  PW072: {
    kind: "conflict",
    sentence: "This person uses the portal of one of your partners. Remove them from the portal first.",
  },
  PW073: { kind: "conflict", sentence: "A partner can have at most 50 people in the portal. Remove somebody first." },
  PW074: { kind: "throttled", sentence: "You have sent a lot within an hour. Go on a little later." },
  PW075: { kind: "invalid", inItsWords: true },
};

export const errorMeanings: Record<string, ErrorMeaning> = {
  ...auth,
  ...dataApi,
  ...postgres,
  ...own,
  ...mail,
  ...partners,
  ...referrals,
  ...portal,
};
