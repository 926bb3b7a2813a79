// What is secret about one data directory: made at its first start, kept beside its data, readable by its owner only.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { ProjectKeys } from "./gateway/index.ts";
import type { RolePasswords } from "./platform/index.ts";
import { Problem } from "./problem.ts";

export interface StackSecrets {
  keys: ProjectKeys;
  signingKey: JWK;
  adminPassword: string;
  passwords: RolePasswords;
}

const random = (bytes: number) => randomBytes(bytes).toString("base64url");

export async function loadSecrets(dataDir: string): Promise<StackSecrets> {
  const file = join(dataDir, "secrets.json");
  if (existsSync(file)) {
    const kept = read(file);
    // A part that came to the platform after this directory was made.
    if (kept.passwords.supabase_realtime_admin) return kept;
    return keep(file, { ...kept, passwords: { ...kept.passwords, supabase_realtime_admin: random(18) } });
  }
  if (existsSync(join(dataDir, "postgres")))
    throw new Problem(
      `The folder ${dataDir} holds a database but not the passwords to it (secrets.json is missing). Put that file back, or run "npm run db:reset" to start afresh.`,
    );
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const secrets: StackSecrets = {
    keys: { publishable: `sb_publishable_${random(24)}`, secret: `sb_secret_${random(24)}` },
    signingKey: await exportJWK(privateKey),
    adminPassword: random(18),
    passwords: {
      postgres: random(18),
      authenticator: random(18),
      supabase_auth_admin: random(18),
      supabase_storage_admin: random(18),
      supabase_realtime_admin: random(18),
    },
  };
  mkdirSync(dataDir, { recursive: true });
  return keep(file, secrets);
}

function read(file: string): StackSecrets {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new Problem(`The file ${file} cannot be read. Run "npm run db:reset" to make the stack anew.`);
  }
}

function keep(file: string, secrets: StackSecrets): StackSecrets {
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}
