// The mail an invited person gets: who invites them, to what, as what, until when, and the link.
import { escapeHtml } from "../_shared/html.ts";
import type { Mail } from "../_shared/mail.ts";

export interface Invitation {
  address: string;
  organizationName: string;
  roleName: string;
  inviterName: string;
  expiresAt: string;
}

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: "UTC" });

export function invitationMail(invitation: Invitation, link: string): Mail {
  const organization = oneLine(invitation.organizationName);
  const inviter = oneLine(invitation.inviterName);
  const role = oneLine(invitation.roleName);
  const until = day.format(new Date(invitation.expiresAt));
  const sentences = {
    what: `${inviter} invites you to work in ${organization}, as ${role}.`,
    how: `Open the link and sign in, or create an account, with the address ${invitation.address}. It works once, until ${until}.`,
    otherwise: "You did not expect this? Then ignore this mail: nothing happens unless you open the link and accept.",
  };
  return {
    to: invitation.address,
    subject: `${inviter} invites you to ${organization}`,
    text: `Hello,\n\n${sentences.what}\n\n${link}\n\n${sentences.how}\n\n${sentences.otherwise}\n`,
    html: htmlOf(`Join ${organization}`, sentences, link),
  };
}

function htmlOf(title: string, sentences: Record<"what" | "how" | "otherwise", string>, link: string): string {
  const address = escapeHtml(link);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(title)}</title></head>
<body style="margin:0;padding:32px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:32em;margin:0 auto">
<h1 style="font-size:20px;line-height:1.4;margin:0 0 16px">${escapeHtml(title)}</h1>
<p style="margin:0 0 20px">${escapeHtml(sentences.what)}</p>
<p style="margin:0 0 20px"><a href="${address}" style="display:inline-block;padding:11px 18px;border-radius:6px;background:#4f46e5;color:#ffffff;font-weight:600;text-decoration:none">Accept the invitation</a></p>
<p style="margin:0 0 20px">${escapeHtml(sentences.how)}</p>
<p style="margin:0 0 20px;font-size:14px;overflow-wrap:anywhere">If the button does not work, copy this address: ${address}</p>
<p style="margin:0;font-size:14px">${escapeHtml(sentences.otherwise)}</p>
</div></body></html>`;
}

/** A name cannot begin a line, or a header, of its own. */
function oneLine(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}
