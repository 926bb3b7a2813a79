// Sends a mail over HTTP, in the protocol of Resend: a JSON body to /emails with a bearer key. The embedded stack's mail reader
// speaks it as well.
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface MailSettings {
  url: string;
  /** Without a key nothing is sent. */
  key: string | undefined;
  from: string;
}

/** True when the service took it. A mail that is not sent is no error: whoever asked decides what stands without it. */
export type SendMail = (mail: Mail) => Promise<boolean>;

const PRODUCTION_URL = "https://api.resend.com";

export function mailSettings(environment: { get(name: string): string | undefined }): MailSettings {
  return {
    url: (environment.get("MAIL_API_URL") || PRODUCTION_URL).replace(/\/+$/, ""),
    key: environment.get("MAIL_API_KEY"),
    from: environment.get("MAIL_FROM") || "Partner workspace <no-reply@localhost>",
  };
}

export function createSendMail(settings: MailSettings, timeoutMs = 8_000, ask: typeof fetch = fetch): SendMail {
  return async ({ to, subject, text, html }) => {
    if (!settings.key) {
      console.error("No mail was sent: MAIL_API_KEY is not set.");
      return false;
    }
    try {
      const response = await ask(`${settings.url}/emails`, {
        method: "POST",
        headers: { authorization: `Bearer ${settings.key}`, "content-type": "application/json" },
        body: JSON.stringify({ from: settings.from, to: [to], subject, text, html }),
        // The key is for this address and for no other that it may point to.
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (!response.ok) console.error(`The mail service refused a mail with status ${response.status}.`);
      await response.body?.cancel();
      return response.ok;
    } catch (error) {
      console.error("The mail service could not be reached:", error instanceof Error ? error.name : "unknown");
      return false;
    }
  };
}
