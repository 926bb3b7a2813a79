// The [auth] table of supabase/config.toml, read once: official keys, the official CLI's defaults.
import { z } from "zod";
import { Problem } from "../problem.ts";

const UNIT_SECONDS: Record<string, number> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** Seconds in a duration as the platform writes it ("1s", "2h45m", "300ms"); null when it is not one. */
export function durationSeconds(text: string): number | null {
  const parts = text.match(/\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h)/g) ?? [];
  if (text === "0") return 0;
  if (parts.length === 0 || parts.join("") !== text) return null;
  return parts.reduce((sum, part) => {
    const unit = part.replace(/[\d.]/g, "");
    return sum + Number.parseFloat(part) * (UNIT_SECONDS[unit] ?? 0);
  }, 0);
}

const duration = z.string().transform((text, context) => {
  const seconds = durationSeconds(text);
  if (seconds !== null) return seconds;
  context.addIssue({ code: "custom", message: `"${text}" is not a duration such as "1s" or "24h".` });
  return z.NEVER;
});

const template = z.object({ subject: z.string().optional(), content_path: z.string().optional() });

const table = z.object({
  site_url: z.string().default("http://127.0.0.1:3000"),
  additional_redirect_urls: z.array(z.string()).default([]),
  jwt_expiry: z.number().int().positive().default(3600),
  enable_refresh_token_rotation: z.boolean().default(true),
  refresh_token_reuse_interval: z.number().default(10),
  enable_signup: z.boolean().default(true),
  enable_anonymous_sign_ins: z.boolean().default(false),
  enable_manual_linking: z.boolean().default(false),
  minimum_password_length: z.number().int().default(6),
  password_requirements: z
    .enum(["", "letters_digits", "lower_upper_letters_digits", "lower_upper_letters_digits_symbols"])
    .default(""),
  rate_limit: z
    .object({
      email_sent: z.number().default(2),
      sign_in_sign_ups: z.number().default(30),
      token_refresh: z.number().default(150),
      token_verifications: z.number().default(30),
      anonymous_users: z.number().default(30),
    })
    .prefault({}),
  sessions: z.object({ timebox: duration.optional(), inactivity_timeout: duration.optional() }).prefault({}),
  email: z
    .object({
      enable_signup: z.boolean().default(true),
      double_confirm_changes: z.boolean().default(true),
      enable_confirmations: z.boolean().default(false),
      secure_password_change: z.boolean().default(false),
      max_frequency: duration.prefault("1s"),
      otp_length: z.number().int().min(6).max(10).default(6),
      otp_expiry: z.number().int().positive().default(3600),
      template: z.record(z.string(), template).default({}),
      smtp: z
        .object({
          enabled: z.boolean().default(false),
          admin_email: z.string().optional(),
          sender_name: z.string().optional(),
        })
        .prefault({}),
    })
    .prefault({}),
  sms: z
    .object({ enable_signup: z.boolean().default(false), enable_confirmations: z.boolean().default(false) })
    .prefault({}),
  mfa: z
    .object({
      max_enrolled_factors: z.number().int().default(10),
      totp: z
        .object({ enroll_enabled: z.boolean().default(true), verify_enabled: z.boolean().default(true) })
        .prefault({}),
    })
    .prefault({}),
});

export type AuthConfig = z.infer<typeof table>;

export function readAuthConfig(values: Record<string, unknown>): AuthConfig {
  const result = table.safeParse(values);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Problem(`supabase/config.toml, [auth] ${issue?.path.join(".")} is not accepted. ${issue?.message}`);
}
