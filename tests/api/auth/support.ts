// Real clients, people and mailboxes for the tests of Auth.
import { randomUUID } from "node:crypto";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { exportJWK, generateKeyPair } from "jose";
import pg from "pg";
import { createAuth } from "../../../supabase/local/auth/index.ts";
import { createTokens } from "../../../supabase/local/gateway/tokens.ts";
import { createMailbox } from "../../../supabase/local/mail/index.ts";
import { type Mailbox, openMailbox } from "../../support/mail.ts";
import { stack } from "../../support/stack.ts";

export { codeIn, linkIn } from "../../support/mail.ts";

export const PASSWORD = "Workspace-demo-2026";
export const OTHER_PASSWORD = "Another-secret-2027";

export const newEmail = (name = "person") => `${name}-${randomUUID().slice(0, 13)}@auth.test`;

interface ClientOptions {
  flowType?: "pkce" | "implicit";
}

const memory = () => {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
};

export interface AuthUnderTest extends Mailbox {
  client(options?: ClientOptions): SupabaseClient;
  admin: SupabaseClient;
  /** A request as it goes over the wire; `secret` sends the secret key. */
  raw(path: string, init?: RequestInit & { secret?: boolean; ip?: string }): Promise<Response>;
}

interface Transport {
  url: string;
  publishableKey: string;
  secretKey: string;
  fetch: typeof fetch;
  fetchMail(path: string): Promise<Response>;
}

function authOver(transport: Transport): AuthUnderTest {
  const { url, fetch } = transport;
  const create = (key: string, options: ClientOptions = {}) =>
    createClient(url, key, {
      auth: { autoRefreshToken: false, storage: memory(), flowType: options.flowType ?? "implicit" },
      global: { fetch },
    });
  return {
    client: (options) => create(transport.publishableKey, options),
    admin: create(transport.secretKey),
    raw(path, { secret = false, ip, ...init } = {}) {
      const headers = new Headers(init.headers);
      headers.set("apikey", secret ? transport.secretKey : transport.publishableKey);
      if (ip) headers.set("x-test-ip", ip);
      return fetch(`${url}/auth/v1${path}`, { redirect: "manual", ...init, headers });
    },
    ...openMailbox(transport.fetchMail),
  };
}

/** Auth of the running stack, over HTTP. */
export function stackAuth(): AuthUnderTest {
  const { apiUrl, publishableKey, secretKey, mailUrl } = stack();
  return authOver({
    url: apiUrl,
    publishableKey,
    secretKey,
    fetch,
    fetchMail: (path) => fetch(`${mailUrl}/api/v1${path}`),
  });
}

/** Another Auth on the stack's database, configured differently, in this process. */
export async function ownAuth(config: Record<string, unknown>): Promise<AuthUnderTest & { close(): Promise<void> }> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const mailbox = createMailbox();
  const url = "http://127.0.0.1:9";
  const service = await createAuth({
    databaseUrl: stack().adminDbUrl,
    tokens: await createTokens(await exportJWK(privateKey)),
    apiUrl: url,
    config,
    sendMail: (mail) => mailbox.send(mail),
  });
  const handle: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const bearer = /^Bearer (?!sb_)(.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
    const key = request.headers.get("apikey") === "sb_secret_test" ? "secret" : "publishable";
    return service.handle(request, { key, bearer, ip: request.headers.get("x-test-ip") ?? "127.0.0.1" });
  };
  const auth = authOver({
    url,
    publishableKey: "sb_publishable_test",
    secretKey: "sb_secret_test",
    fetch: handle,
    fetchMail: (path) => mailbox.handle(new Request(`http://localhost/mail/api/v1${path}`)),
  });
  return { ...auth, close: () => service.close() };
}

/** Where following a link of a mail ends up. */
export async function follow(auth: AuthUnderTest, link: URL): Promise<URL> {
  const answer = await auth.raw(link.pathname.replace("/auth/v1", "") + link.search);
  const location = answer.headers.get("location");
  if (!location) throw new Error(`No redirect but ${answer.status}: ${await answer.text()}`);
  return new URL(location);
}

export const fragmentOf = (url: URL) => new URLSearchParams(url.hash.slice(1));

/** Somebody who can sign in. */
export async function createPerson(auth: AuthUnderTest, email = newEmail()): Promise<{ id: string; email: string }> {
  const { data, error } = await auth.admin.auth.admin.createUser({ email, password: PASSWORD, email_confirm: true });
  if (error) throw error;
  return { id: data.user.id, email };
}

export async function signedIn(auth: AuthUnderTest, email: string, password = PASSWORD): Promise<SupabaseClient> {
  const client = auth.client();
  const { error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  return client;
}

export async function query<T extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: stack().adminDbUrl });
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
