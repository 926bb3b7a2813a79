// A throwaway database with a small library in it, and the Data API serving it on a free port.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createClient, type SupabaseClient } from "@supabase/supabase-js";
import { exportJWK, generateKeyPair } from "jose";
import { Client } from "pg";
import { createDataApi } from "../../../supabase/local/data-api/index.ts";
import { closeServer, listen } from "../../../supabase/local/gateway/http.ts";
import type { Caller } from "../../../supabase/local/gateway/service.ts";
import { type Claims, createTokens } from "../../../supabase/local/gateway/tokens.ts";
import { stack } from "../../support/stack.ts";

const LIBRARY = readFileSync(new URL("library.sql", import.meta.url), "utf8");
const SECRET = "secret";

export interface Library {
  url: string;
  /** The role that the Data API connects as. */
  login: string;
  database: string;
  /** Straight to the database, as its superuser. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** The same from another database of that server. */
  admin(text: string): Promise<Record<string, unknown>[]>;
  /** A client with the publishable key, the secret key, or a user's token. */
  client(as?: { secret?: boolean; claims?: Claims; token?: string }): SupabaseClient;
  /** A plain request; the path begins after the service's prefix. */
  request(path: string, init?: RequestInit & { secret?: boolean; claims?: Claims; token?: string }): Promise<Response>;
  sign(claims: Claims): Promise<string>;
  close(): Promise<void>;
}

async function query(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

const ROLES = `do $$ begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin noinherit; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin noinherit bypassrls; end if;
end $$`;

/** `extraSql` may speak of the Data API's login as `:login`. */
export async function openLibrary(extraSql = "", adminUrl = stack().adminDbUrl): Promise<Library> {
  const suffix = randomBytes(5).toString("hex");
  const database = `library_${suffix}`;
  // A login of its own, so that settings made for it in a test never meet the stack's authenticator.
  const login = `librarian_${suffix}`;
  const password = randomBytes(12).toString("hex");
  await query(adminUrl, ROLES);
  await query(adminUrl, `create role ${login} login noinherit password '${password}'`);
  await query(adminUrl, `grant anon, authenticated, service_role to ${login}`);
  await query(adminUrl, `create database ${database}`);
  const databaseUrl = new URL(adminUrl);
  databaseUrl.pathname = `/${database}`;
  await query(databaseUrl.href, LIBRARY + extraSql.replaceAll(":login", login));
  const loginUrl = new URL(databaseUrl);
  loginUrl.username = login;
  loginUrl.password = password;

  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const tokens = await createTokens(await exportJWK(privateKey));
  const api = await createDataApi({
    databaseUrl: loginUrl.href,
    tokens,
    schemas: ["public", "archive", "back_office"],
    extraSearchPath: ["public", "extensions"],
    maxRows: 1000,
  });
  const server = await listen((request, { ip }) => api.handle(request, callerOf(request, ip)), 0);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = `${origin}/rest/v1`;

  const authorization = async (as: { secret?: boolean; claims?: Claims; token?: string }) => {
    const token = as.token ?? (as.claims ? await tokens.sign(as.claims) : null);
    return {
      ...(as.secret && { apikey: SECRET }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
    };
  };
  return {
    url,
    login,
    database,
    sql: (text, values) => query(databaseUrl.href, text, values),
    admin: (text) => query(adminUrl, text),
    client(as = {}) {
      const signed = authorization(as);
      return createClient(origin, "publishable", {
        auth: { persistSession: false, autoRefreshToken: false },
        global: {
          fetch: async (input, init) => {
            const { authorization: _key, ...headers } = toRecord(init?.headers);
            return fetch(input, { ...init, headers: { ...headers, ...(await signed) } });
          },
        },
      });
    },
    async request(path, { secret, claims, token, ...init } = {}) {
      const headers = await authorization({
        ...(secret !== undefined && { secret }),
        ...(claims && { claims }),
        ...(token !== undefined && { token }),
      });
      return fetch(`${url}${path}`, { ...init, headers: { ...headers, ...toRecord(init.headers) } });
    },
    sign: (claims) => tokens.sign(claims),
    async close() {
      await closeServer(server);
      await api.close();
      await query(adminUrl, `drop database ${database} with (force)`);
      await query(adminUrl, `drop role ${login}`);
    },
  };
}

const toRecord = (headers: HeadersInit | undefined): Record<string, string> => Object.fromEntries(new Headers(headers));

/** What the gateway makes of a request's key and token. */
function callerOf(request: Request, ip: string): Caller {
  const bearer = /^Bearer *(.*)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
  return { key: request.headers.get("apikey") === SECRET ? "secret" : "publishable", bearer, ip };
}

/** An hour of an ordinary signed-in user. */
export const rosa: Claims = { role: "authenticated", sub: "11111111-1111-1111-1111-111111111111" };
