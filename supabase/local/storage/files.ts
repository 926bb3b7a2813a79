// The files themselves. Each upload gets a name of its own that nobody chose, and is never changed afterwards: written beside,
// flushed, and renamed into its place before the database's row names it.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, type ReadStream, rmSync } from "node:fs";
import { copyFile, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { tooLarge } from "./errors.ts";

export interface Received {
  /** What the row will call it, once it is kept. */
  version: string;
  size: number;
  /** MD5 in hexadecimal, which is what an ETag is on the platform. */
  digest: string;
  /** The beginning, by which it is judged. */
  head: Buffer;
}

export interface Files {
  /** Takes it in beside the others; nobody sees it yet. */
  receive(content: AsyncIterable<Uint8Array>, limit: number): Promise<Received>;
  keep(version: string): Promise<void>;
  copy(version: string): Promise<string>;
  /** Null where there is none. */
  sizeOf(version: string): Promise<number | null>;
  read(version: string, range?: { first: number; last: number }): ReadStream;
  /** Also what was received and not kept. */
  remove(versions: string[]): Promise<void>;
}

const HEAD_BYTES = 4096;

export function openFiles(folder: string): Files {
  const incoming = (version: string) => join(folder, "incoming", version);
  const shelf = (version: string) => join(folder, "objects", version.slice(0, 2));
  const kept = (version: string) => join(shelf(version), version);
  // Uploads that broke off when the stack was killed.
  rmSync(incoming(""), { recursive: true, force: true });

  return {
    async receive(content, limit) {
      const version = randomUUID();
      await mkdir(join(folder, "incoming"), { recursive: true, mode: 0o700 });
      const file = await open(incoming(version), "wx", 0o600);
      const hash = createHash("md5");
      const head: Uint8Array[] = [];
      let size = 0;
      try {
        for await (const chunk of content) {
          if (size < HEAD_BYTES) head.push(chunk);
          size += chunk.length;
          if (size > limit) throw tooLarge();
          hash.update(chunk);
          await file.writeFile(chunk);
        }
        await file.sync();
      } catch (error) {
        await file.close();
        await rm(incoming(version), { force: true });
        throw error;
      }
      await file.close();
      return { version, size, digest: hash.digest("hex"), head: Buffer.concat(head).subarray(0, HEAD_BYTES) };
    },
    async keep(version) {
      await mkdir(shelf(version), { recursive: true, mode: 0o700 });
      await rename(incoming(version), kept(version));
    },
    async copy(version) {
      const copied = randomUUID();
      await mkdir(shelf(copied), { recursive: true, mode: 0o700 });
      await copyFile(kept(version), kept(copied));
      return copied;
    },
    sizeOf: (version) =>
      stat(kept(version)).then(
        ({ size }) => size,
        () => null,
      ),
    read: (version, range) => createReadStream(kept(version), range && { start: range.first, end: range.last }),
    async remove(versions) {
      await Promise.all(
        versions.flatMap((version) => [rm(kept(version), { force: true }), rm(incoming(version), { force: true })]),
      );
    },
  };
}
