// A form with one file in it, read as it arrives: the fields are short and collected, the file goes on piece by piece.
import { invalidRequest } from "./errors.ts";

export interface FilePart {
  contentType: string | null;
  content: AsyncIterable<Uint8Array>;
}

const LONGEST_HEADERS = 16 * 1024;
const LONGEST_FIELD = 64 * 1024;
const MOST_FIELDS = 20;
const HEADERS_END = Buffer.from("\r\n\r\n");

export function boundaryOf(contentType: string): string | null {
  const found = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/is.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/** Calls `take` with the file, once; what it answers is the answer. Fields that come before the file are known by then. */
export async function readForm<T>(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
  take: (file: FilePart, fields: Map<string, string>) => Promise<T>,
): Promise<T> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const scanner = createScanner(body);
  const fields = new Map<string, string>();
  let taken: { answer: T } | null = null;
  await collect(scanner.until(delimiter), LONGEST_HEADERS);
  for (;;) {
    const after = await scanner.exactly(2);
    if (after === "--") break;
    if (after !== "\r\n") throw invalidRequest("The form's boundary is not as announced");
    const headers = (await collect(scanner.until(HEADERS_END), LONGEST_HEADERS)).toString("utf8");
    const content = scanner.until(delimiter);
    const disposition = /^content-disposition:\s*form-data(;.*)$/im.exec(headers)?.[1] ?? "";
    const name = parameterOf(disposition, "name");
    if (parameterOf(disposition, "filename") === null) {
      if (fields.size >= MOST_FIELDS) throw invalidRequest("The form has too many fields");
      fields.set(name ?? "", (await collect(content, LONGEST_FIELD)).toString("utf8"));
    } else {
      if (taken) throw invalidRequest("The form has more than one file");
      const contentType = /^content-type:\s*(\S[^\r\n]*)/im.exec(headers)?.[1]?.trim() ?? null;
      taken = { answer: await take({ contentType, content }, fields) };
    }
  }
  if (!taken) throw invalidRequest("No content provided");
  return taken.answer;
}

function parameterOf(disposition: string, name: string): string | null {
  return new RegExp(`;\\s*${name}="([^"]*)"`, "i").exec(disposition)?.[1] ?? null;
}

async function collect(content: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of content) {
    size += piece.length;
    if (size > most) throw invalidRequest("The form has a field or a header that is too long");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function createScanner(body: AsyncIterable<Uint8Array>) {
  const source = body[Symbol.asyncIterator]();
  // The first boundary has no line before it.
  let held = Buffer.from("\r\n");

  async function more(): Promise<void> {
    const { done, value } = await source.next();
    if (done) throw invalidRequest("The form breaks off");
    held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value]);
  }

  return {
    async exactly(length: number): Promise<string> {
      while (held.length < length) await more();
      const text = held.toString("latin1", 0, length);
      held = held.subarray(length);
      return text;
    },
    /** What comes before the marker, which is taken as well. */
    async *until(marker: Buffer): AsyncGenerator<Uint8Array> {
      for (;;) {
        const at = held.indexOf(marker);
        if (at >= 0) {
          if (at > 0) yield held.subarray(0, at);
          held = held.subarray(at + marker.length);
          return;
        }
        // The marker may have begun at the end of what is here.
        const sure = held.length - marker.length + 1;
        if (sure > 0) {
          const piece = held.subarray(0, sure);
          held = held.subarray(sure);
          yield piece;
        }
        await more();
      }
    },
  };
}
