// Invites somebody by mail, or sends an invitation again. Whether the caller may is decided by Postgres, as whom they ask; what
// is done here is what a database cannot do: make the link and send it. The invitation stands also when the mail does not go out.
import { type Caller, callerOf, signInFirst } from "../_shared/auth.ts";
import { isUuid, malformed, readObject } from "../_shared/body.ts";
import { json, preflight } from "../_shared/cors.ts";
import { errorResponse, FunctionError, methodNotAllowed } from "../_shared/errors.ts";
import type { SendMail } from "../_shared/mail.ts";
import { type Invitation, invitationMail } from "./invitation-mail.ts";

interface NewInvitation {
  organization: string;
  address: string;
  role: string;
}

interface KnownInvitation {
  organization: string;
  invitation: string;
}

interface Issued {
  id: string;
  token: string;
  expires_at: string;
}

/** As supabase-js reports a call. */
export interface Answer<T> {
  data: T | null;
  error: { code: string; message: string; details?: string | null } | null;
  status: number;
}

export interface InviteDependencies {
  /** invite_member or renew_invitation, called as the caller. */
  issue(caller: Caller, asked: NewInvitation | KnownInvitation): Promise<Answer<Issued>>;
  /** What the mail says, read as the caller. */
  readInvitation(caller: Caller, organization: string, invitation: string): Promise<Answer<Invitation>>;
  sendMail: SendMail;
  /** Where the app is. From the environment: a header would let a stranger choose where the link leads. */
  siteUrl: string | undefined;
}

const methods = ["POST"] as const;
const TOO_MANY_INVITATIONS = "PW030";

export function createInviteHandler(dependencies: InviteDependencies): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === "OPTIONS") return preflight(methods);
    try {
      if (request.method !== "POST") throw methodNotAllowed(methods);
      const caller = callerOf(request);
      const asked = readQuestion(await readObject(request));
      return json(await invite(caller, asked, dependencies), 200, { "cache-control": "no-store" });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

function readQuestion(body: Record<string, unknown>): NewInvitation | KnownInvitation {
  const { organization, invitation, address, role } = body;
  if (!isUuid(organization)) throw malformed("organization must be the id of an organization.");
  if (invitation !== undefined) {
    if (!isUuid(invitation)) throw malformed("invitation must be the id of an invitation.");
    return { organization, invitation };
  }
  if (typeof address !== "string" || address.length > 320 || !address.isWellFormed() || address.includes("\u0000"))
    throw malformed("address must be an e-mail address.");
  if (!isUuid(role)) throw malformed("role must be the id of a role.");
  return { organization, address, role };
}

async function invite(caller: Caller, asked: NewInvitation | KnownInvitation, dependencies: InviteDependencies) {
  const { siteUrl, sendMail, issue, readInvitation } = dependencies;
  // Asked before anything is written: an invitation without a link would hold a seat for nobody.
  if (!siteUrl || !URL.canParse(siteUrl)) {
    console.error("SITE_URL is not set, or is no address.");
    throw new FunctionError(503, "not_set_up", "Invitations are not set up yet: the app's own address is missing.");
  }
  const issued = dataOf(await issue(caller, asked));
  const link = linkTo(siteUrl, issued.token);
  const described = await readInvitation(caller, asked.organization, issued.id);
  if (described.error) console.error("An invitation could not be described:", described.error.code);
  const mailed = described.data ? await sendMail(invitationMail(described.data, link)) : false;
  return { invitationId: issued.id, link, expiresAt: issued.expires_at, mailed };
}

function linkTo(siteUrl: string, token: string): string {
  return `${siteUrl.replace(/\/+$/, "")}/invitation?token=${encodeURIComponent(token)}`;
}

/** The database's refusals are meant for the caller; anything else stays inside. */
function dataOf(answer: Answer<Issued>): Issued {
  const { data, error, status } = answer;
  if (data && !error) return data;
  if (status === 401) throw signInFirst();
  const code = error?.code ?? "";
  if (error && (/^PW\d{3}$/.test(code) || code === "42501")) {
    const answered = code === TOO_MANY_INVITATIONS ? 429 : status;
    throw new FunctionError(answered, code, error.message, {}, error.details ?? undefined);
  }
  console.error("The database did not issue an invitation:", code || status);
  if (status === 0 || status >= 500)
    throw new FunctionError(503, "unavailable", "The server is not ready right now. Try again in a moment.");
  throw new Error("The database refused for a reason that is not the caller's.");
}
