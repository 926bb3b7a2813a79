// What the app must be told, each missing or malformed value named in a sentence. Checked by hand: a validation library here
// would be the heaviest part of the first load.
interface Env {
  supabaseUrl: string;
  supabasePublishableKey: string;
  /** Where the embedded stack shows the mails it did not send; absent elsewhere. */
  mailUrl: string | null;
}

export type EnvResult = { env: Env; problems: null } | { env: null; problems: string[] };

export function readEnv(source: Record<string, unknown>): EnvResult {
  const problems: string[] = [];
  const supabaseUrl = text(source.VITE_SUPABASE_URL);
  const supabasePublishableKey = text(source.VITE_SUPABASE_PUBLISHABLE_KEY);
  const mailUrl = text(source.VITE_MAIL_URL);

  if (!supabaseUrl)
    problems.push(
      "VITE_SUPABASE_URL is missing. It is the address of the Supabase project, such as https://abc.supabase.co.",
    );
  else if (!isHttp(supabaseUrl))
    problems.push(`VITE_SUPABASE_URL is "${supabaseUrl}", which is not an http or https address.`);

  if (!supabasePublishableKey)
    problems.push(
      "VITE_SUPABASE_PUBLISHABLE_KEY is missing. It is the project's publishable key and begins with sb_publishable_.",
    );
  else if (isSecret(supabasePublishableKey))
    // Not repeated: what stands here is in the page's own files.
    problems.push(
      "VITE_SUPABASE_PUBLISHABLE_KEY holds a secret key. Everybody who opens the page could read it: put the publishable key there and replace the secret one.",
    );

  if (mailUrl && !isHttp(mailUrl))
    problems.push(`VITE_MAIL_URL is "${mailUrl}", which is not an http or https address.`);

  if (problems.length > 0) return { env: null, problems };
  return { env: { supabaseUrl, supabasePublishableKey, mailUrl: mailUrl || null }, problems: null };
}

function text(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

/** Today's secret keys say so in their name; the older kind says it inside a token. */
function isSecret(key: string): boolean {
  if (key.startsWith("sb_secret_")) return true;
  const [, claims] = key.split(".");
  if (!claims) return false;
  try {
    return JSON.parse(atob(claims.replaceAll("-", "+").replaceAll("_", "/"))).role === "service_role";
  } catch {
    return false;
  }
}

function isHttp(address: string): boolean {
  return URL.canParse(address) && ["http:", "https:"].includes(new URL(address).protocol);
}
