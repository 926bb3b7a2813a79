// The last mails, newest first, in memory: they are gone when the stack stops, like everything Docker's mail catcher holds.
import { randomBytes } from "node:crypto";

export interface Mail {
  from: string;
  to: string[];
  subject: string;
  html: string;
  text: string;
  headers?: Record<string, string>;
}

export interface KeptMail extends Mail {
  id: string;
  received: Date;
}

const KEPT = 500;

export class Mails {
  #mails: KeptMail[] = [];

  add(mail: Mail): KeptMail {
    const kept = { ...mail, id: randomBytes(12).toString("base64url"), received: new Date() };
    this.#mails = [kept, ...this.#mails].slice(0, KEPT);
    return kept;
  }

  all(): KeptMail[] {
    return this.#mails;
  }

  find(id: string): KeptMail | undefined {
    return id === "latest" ? this.#mails[0] : this.#mails.find((mail) => mail.id === id);
  }

  /** All of them when none is named. */
  remove(ids: string[]): void {
    this.#mails = ids.length > 0 ? this.#mails.filter((mail) => !ids.includes(mail.id)) : [];
  }

  /** Every word must be found; `to:`, `from:` and `subject:` say where. Quotes keep words together. */
  search(query: string): KeptMail[] {
    const terms = [...query.toLowerCase().matchAll(/(?:(to|from|subject):)?(?:"([^"]*)"|(\S+))/g)];
    return this.#mails.filter((mail) =>
      terms.every(([, field, quoted, word]) => {
        const places: Record<string, string> = { to: mail.to.join(" "), from: mail.from, subject: mail.subject };
        const text = field ? (places[field] ?? "") : [...Object.values(places), mail.text].join(" ");
        return text.toLowerCase().includes(quoted ?? word ?? "");
      }),
    );
  }
}

/** Splits `Name <address>`. */
export function parseAddress(text: string): { Name: string; Address: string } {
  const [, name = "", address = text] = /^\s*"?(.*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? [];
  return { Name: name, Address: address.trim() };
}
