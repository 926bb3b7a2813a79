// The mails that the stack would have sent, read as a person would: the newest to an address, its link, its code.
interface ReceivedMail {
  Subject: string;
  HTML: string;
  Text: string;
}

export interface Mailbox {
  /** The newest mail to an address. */
  mailTo(address: string): Promise<ReceivedMail>;
  mailCount(address: string): Promise<number>;
}

/** `fetchMail` asks the mail API for a path such as `/search?query=…`. */
export function openMailbox(fetchMail: (path: string) => Promise<Response>): Mailbox {
  const found = async (address: string) => {
    const answer = await fetchMail(`/search?query=${encodeURIComponent(`to:"${address}"`)}`);
    return (await answer.json()) as { messages: { ID: string }[]; messages_count: number };
  };
  return {
    async mailTo(address) {
      const { messages } = await found(address);
      const id = messages[0]?.ID;
      if (!id) throw new Error(`No mail to ${address}.`);
      return (await fetchMail(`/message/${id}`)).json();
    },
    mailCount: async (address) => (await found(address)).messages_count,
  };
}

/** The address a mail wants its reader to open. */
export function linkIn(mail: { HTML: string }): URL {
  const href = /href="([^"]+)"/.exec(mail.HTML)?.[1];
  if (!href) throw new Error("The mail has no link.");
  return new URL(href.replaceAll("&amp;", "&"));
}

export function codeIn(mail: { Text: string }): string {
  const code = /\b\d{6}\b/.exec(mail.Text)?.[0];
  if (!code) throw new Error("The mail has no code.");
  return code;
}
