// The mails Auth sends: plain built-in texts, or the templates that config.toml names.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { htmlToText } from "../mail/html.ts";
import type { Mail } from "../mail/index.ts";
import type { AuthConfig } from "./config.ts";
import type { IssuedToken } from "./one-time-tokens.ts";
import { renderHtml, renderText } from "./templates.ts";
import type { UserRow } from "./users.ts";

const supabaseFolder = resolve(fileURLToPath(import.meta.url), "../../..");

interface BuiltIn {
  /** What /verify calls this link; empty for mails that carry a code alone. */
  verifyType: string;
  subject: string;
  content: string;
}

const linkMail = (heading: string, sentence: string, label: string, orCode = true) =>
  `<h2>${heading}</h2>
<p>${sentence}</p>
<p><a href="{{ .ConfirmationURL }}">${label}</a></p>${orCode ? "\n<p>Alternatively, enter the code: {{ .Token }}</p>" : ""}`;

const BUILT_IN = {
  confirmation: {
    verifyType: "signup",
    subject: "Confirm your email address",
    content: linkMail(
      "Confirm your email address",
      "Follow the link below to confirm this email address and finish signing up.",
      "Confirm email address",
    ),
  },
  invite: {
    verifyType: "invite",
    subject: "You have been invited",
    content: linkMail(
      "You have been invited",
      "You have been invited to {{ .SiteURL }}. Follow the link below to accept.",
      "Accept invite",
      false,
    ),
  },
  recovery: {
    verifyType: "recovery",
    subject: "Reset your password",
    content: linkMail(
      "Reset your password",
      "Somebody asked to reset the password for this account. If it was you, follow the link below.",
      "Reset password",
    ),
  },
  magic_link: {
    verifyType: "magiclink",
    subject: "Your sign-in link",
    content: linkMail("Your sign-in link", "Follow the link below to sign in. It works once.", "Sign in"),
  },
  email_change: {
    verifyType: "email_change",
    subject: "Confirm the change of your email address",
    content: linkMail(
      "Confirm the change of your email address",
      "Follow the link below to confirm the change from {{ .Email }} to {{ .NewEmail }}.",
      "Change email address",
    ),
  },
  reauthentication: {
    verifyType: "",
    subject: "{{ .Token }} is your verification code",
    content: "<h2>Confirm that it is you</h2>\n<p>Enter the code: {{ .Token }}</p>",
  },
} satisfies Record<string, BuiltIn>;

type MailKind = keyof typeof BUILT_IN;

export interface Letter {
  kind: MailKind;
  to: string;
  user: UserRow;
  token: IssuedToken;
  redirectTo: string;
  newEmail?: string;
}

export interface Mailer {
  send(letter: Letter): Promise<void>;
  verifyLink(verifyType: string, hash: string, redirectTo: string): string;
}

export function createMailer(config: AuthConfig, authUrl: string, sendMail: (mail: Mail) => Promise<void>): Mailer {
  const files = new Map<string, string>();
  for (const [kind, { content_path: path }] of Object.entries(config.email.template)) {
    if (path === undefined) continue;
    const file = [resolve(supabaseFolder, path), resolve(supabaseFolder, "..", path)].find(existsSync);
    if (!file)
      throw new Error(`supabase/config.toml names the mail template ${path} for "${kind}", but there is no such file.`);
    files.set(kind, file);
  }

  function verifyLink(verifyType: string, hash: string, redirectTo: string): string {
    const query = new URLSearchParams({ token: hash, type: verifyType, redirect_to: redirectTo });
    return `${authUrl}/verify?${query}`;
  }

  return {
    verifyLink,
    async send({ kind, to, user, token, redirectTo, newEmail }) {
      const builtIn = BUILT_IN[kind];
      const file = files.get(kind);
      const values = {
        ConfirmationURL: builtIn.verifyType ? verifyLink(builtIn.verifyType, token.hash, redirectTo) : "",
        Token: token.code,
        TokenHash: token.hash,
        SiteURL: config.site_url,
        Email: user.email ?? "",
        NewEmail: newEmail ?? "",
        RedirectTo: redirectTo,
        Data: user.raw_user_meta_data ?? {},
      };
      const html = renderHtml(file ? await readFile(file, "utf8") : builtIn.content, values);
      const subject = renderText(config.email.template[kind]?.subject ?? builtIn.subject, values);
      await sendMail({
        from: `${config.email.smtp.sender_name ?? "Auth"} <${config.email.smtp.admin_email ?? "no-reply@localhost"}>`,
        to: [to],
        subject: subject.replace(/[\r\n]+/g, " "),
        html,
        text: htmlToText(html),
      });
    },
  };
}
