// PKCE: a link that was asked for with a challenge answers with a code that only the asker's verifier can exchange.
import { createHash, randomUUID } from "node:crypto";
import type { Queries } from "./database.ts";
import { AuthFailure, invalid } from "./errors.ts";
import type { Fields } from "./fields.ts";

export interface Challenge {
  challenge: string;
  method: "s256" | "plain";
}

export type FlowMethod = "email/signup" | "magiclink" | "recovery" | "email_change" | "invite";

const LIFETIME_SECONDS = 300;

export function readChallenge(body: Fields): Challenge | null {
  const challenge = body.text("code_challenge");
  const method = body.text("code_challenge_method").toLowerCase();
  if (!challenge && !method) return null;
  if (!challenge || !method) throw invalid("PKCE flow requires code_challenge_method and code_challenge");
  if (challenge.length < 43 || challenge.length > 128)
    throw invalid("code challenge has to be between 43 and 128 characters");
  if (!/^[a-zA-Z0-9._~-]+$/.test(challenge))
    throw invalid("code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes");
  if (method !== "s256" && method !== "plain") throw invalid(`unsupported code_challenge method "${method}"`);
  return { challenge, method };
}

export async function startFlow(
  queries: Queries,
  challenge: Challenge | null,
  userId: string,
  method: FlowMethod,
): Promise<void> {
  if (!challenge) return;
  await queries.rows(
    `insert into auth.flow_state (id, user_id, auth_code, code_challenge_method, code_challenge, provider_type,
       provider_access_token, provider_refresh_token, created_at, updated_at, authentication_method)
     values ($1, $2, $3, $4::auth.code_challenge_method, $5, 'email', '', '', now(), now(), $6)`,
    [randomUUID(), userId, randomUUID(), challenge.method, challenge.challenge, method],
  );
}

/** The code for the newest flow of this kind; from here on it must be exchanged within its lifetime. */
export async function issueAuthCode(queries: Queries, userId: string, method: FlowMethod): Promise<string> {
  const flow = await queries.row<{ auth_code: string }>(
    `update auth.flow_state set auth_code_issued_at = now(), updated_at = now()
      where id = (select id from auth.flow_state where user_id = $1 and authentication_method = $2
                  order by created_at desc limit 1)
      returning auth_code`,
    [userId, method],
  );
  if (!flow) throw new AuthFailure(404, "flow_state_not_found", "No valid flow state found for user.");
  return flow.auth_code;
}

function verifierMatches(flow: { code_challenge: string; code_challenge_method: string }, verifier: string): boolean {
  const answer =
    flow.code_challenge_method === "s256" ? createHash("sha256").update(verifier).digest("base64url") : verifier;
  return answer === flow.code_challenge;
}

/** Exchanges a code once. The row lock makes a second exchange wait, and then find nothing. */
export async function takeFlow(
  queries: Queries,
  authCode: string,
  verifier: string,
): Promise<{ userId: string; method: FlowMethod }> {
  const flow = await queries.row<{
    id: string;
    user_id: string;
    code_challenge: string;
    code_challenge_method: string;
    authentication_method: FlowMethod;
    expired: boolean;
  }>(
    `select id, user_id, code_challenge, code_challenge_method::text, authentication_method,
       coalesce(auth_code_issued_at, created_at) < now() - make_interval(secs => $2) as expired
     from auth.flow_state where auth_code = $1 and auth_code_issued_at is not null and user_id is not null for update`,
    [authCode, LIFETIME_SECONDS],
  );
  if (!flow) throw new AuthFailure(404, "flow_state_not_found", "invalid flow state, no valid flow state found");
  if (flow.expired) throw new AuthFailure(422, "flow_state_expired", "invalid flow state, flow state has expired");
  if (!verifierMatches(flow, verifier))
    throw new AuthFailure(400, "bad_code_verifier", "code challenge does not match previously saved code verifier");
  await queries.rows("delete from auth.flow_state where id = $1", [flow.id]);
  return { userId: flow.user_id, method: flow.authentication_method };
}
