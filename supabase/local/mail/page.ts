// The page on which people read what the stack has mailed.
import { escapeHtml } from "./html.ts";
import { type KeptMail, parseAddress } from "./mailbox.ts";

const when = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

const time = (mail: KeptMail) =>
  `<time datetime="${mail.received.toISOString()}">${escapeHtml(when.format(mail.received))}</time>`;

function listItem(mail: KeptMail, selected: boolean): string {
  const to = mail.to.map((address) => parseAddress(address).Address).join(", ");
  return `<li><a href="/mail/view/${mail.id}"${selected ? ' aria-current="page"' : ""}>
    <span class="subject">${escapeHtml(mail.subject || "(no subject)")}</span>
    <span class="meta"><span>${escapeHtml(to)}</span>${time(mail)}</span></a></li>`;
}

function reading(mail: KeptMail): string {
  const body = mail.html
    ? `<iframe title="Content of the mail" src="/mail/html/${mail.id}" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
       <details><summary>As plain text</summary><pre>${escapeHtml(mail.text)}</pre></details>`
    : `<pre>${escapeHtml(mail.text)}</pre>`;
  return `<article><a class="back" href="/mail">All mails</a>
    <h2>${escapeHtml(mail.subject || "(no subject)")}</h2>
    <dl><dt>From</dt><dd>${escapeHtml(mail.from)}</dd><dt>To</dt><dd>${escapeHtml(mail.to.join(", "))}</dd>
    <dt>Received</dt><dd>${time(mail)}</dd></dl>${body}</article>`;
}

const empty = `<p class="empty"><strong>No mail yet.</strong> Whatever the product sends on this machine appears here,
  for example after a sign-up or a password reset. Nothing leaves this machine.</p>`;

export function mailPage(mails: KeptMail[], selected: KeptMail | undefined): string {
  const list = mails.map((mail) => listItem(mail, mail.id === selected?.id)).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${selected ? `${escapeHtml(selected.subject)} · ` : ""}Mail</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/mail/style.css"><script src="/mail/page.js" defer></script></head>
<body data-newest="${mails[0]?.id ?? ""}"${selected ? ' class="reading"' : ""}>
<header><h1><a href="/mail">Mail</a></h1><p>${mails.length === 1 ? "1 mail" : `${mails.length} mails`}</p>
<button id="delete-all" type="button"${mails.length === 0 ? " hidden" : ""}>Delete all</button></header>
<div id="new-mail" role="status"></div>
<main>${mails.length === 0 ? empty : `<nav aria-label="Mails"><ul>${list}</ul></nav><section>${selected ? reading(selected) : '<p class="empty">Choose a mail to read it.</p>'}</section>`}</main>
</body></html>`;
}

/** The mail itself, for the frame: links open beside the reader. */
export const mailDocument = (mail: KeptMail): string =>
  `<!doctype html><meta charset="utf-8"><base target="_blank"><meta name="referrer" content="no-referrer">
<style>body { font-family: system-ui, sans-serif; line-height: 1.5; margin: 16px; overflow-wrap: anywhere }</style>${mail.html}`;

export const pageScript = `"use strict";
const newest = document.body.dataset.newest;
document.getElementById("delete-all").addEventListener("click", async () => {
  if (!confirm("Delete all mails?")) return;
  await fetch("/mail/api/v1/messages", { method: "DELETE" });
  location.assign("/mail");
});
setInterval(async () => {
  if (document.hidden) return;
  const answer = await fetch("/mail/api/v1/messages?limit=1").then((response) => response.json()).catch(() => null);
  const latest = answer?.messages[0]?.ID ?? "";
  if (!answer || latest === newest) return;
  if (!document.body.classList.contains("reading")) return location.reload();
  const notice = document.getElementById("new-mail");
  if (notice.hasChildNodes()) return;
  const link = document.createElement("a");
  link.href = "/mail";
  link.textContent = "New mail has arrived";
  notice.append(link);
}, 3000);
`;

export const pageStyle = `:root { color-scheme: light dark; --line: light-dark(#e3e5e8, #33373d); --soft: light-dark(#5c6470, #a3abb6);
  --page: light-dark(#ffffff, #17191c); --raised: light-dark(#f5f6f8, #1f2226); --accent: light-dark(#1f5fd1, #8ab4ff); }
* { box-sizing: border-box; }
body { margin: 0; height: 100dvh; display: flex; flex-direction: column; font: 15px/1.5 system-ui, sans-serif;
  background: var(--page); color: light-dark(#1a1d21, #e8eaed); }
a { color: inherit; text-decoration: none; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
header { display: flex; align-items: baseline; gap: 12px; padding: 14px 20px; border-bottom: 1px solid var(--line); }
h1 { font-size: 17px; margin: 0; } header p { margin: 0; color: var(--soft); flex: 1; }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 6px; padding: 6px 12px; cursor: pointer; }
button:hover { background: var(--raised); }
#new-mail a { display: block; padding: 10px 20px; background: var(--raised); color: var(--accent); }
main { flex: 1; min-height: 0; display: flex; }
nav { flex: none; width: 340px; border-right: 1px solid var(--line); overflow-y: auto; } ul { list-style: none; margin: 0; padding: 0; }
li a { display: block; padding: 12px 20px; border-bottom: 1px solid var(--line); } li a:hover, li a[aria-current] { background: var(--raised); }
.subject { display: block; font-weight: 600; overflow-wrap: anywhere; }
.meta { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: 12px; color: var(--soft); font-size: 13px; }
.meta span { overflow-wrap: anywhere; }
section { flex: 1; min-width: 0; padding: 20px; overflow-y: auto; }
.empty { color: var(--soft); max-width: 46ch; margin: 12vh auto; padding: 0 20px; text-align: center; }
article { display: flex; flex-direction: column; gap: 14px; height: 100%; } h2 { font-size: 20px; margin: 0; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; margin: 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { flex: 1; min-height: 360px; width: 100%; border: 1px solid var(--line); border-radius: 8px; background: #ffffff; color-scheme: light; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 8px 0; font: 13px/1.5 ui-monospace, monospace; } summary { cursor: pointer; color: var(--soft); }
.back { display: none; color: var(--accent); }
@media (max-width: 720px) { nav { width: 100%; border-right: 0; } nav + section { display: none; }
  .reading nav { display: none; } .reading nav + section { display: block; } .back { display: block; padding: 8px 0; }
  li a, button { min-height: 44px; } }
`;
