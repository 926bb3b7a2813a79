// Sends objects, whole or in part, and tells about them.
import { Readable } from "node:stream";
import { protectiveHeaders } from "./content.ts";
import { bucketOf, type Context, findObject, type StoredObject, sessionOf } from "./context.ts";
import { invalidRange, noSuchKey } from "./errors.ts";
import type { Place } from "./names.ts";

/** Under the caller's role: what they may not read is not there. */
export async function readable(context: Context, { bucket, key }: Place, operation: string): Promise<StoredObject> {
  const found = await context.database.as(sessionOf(context, operation), (queries) => findObject(queries, bucket, key));
  if (!found?.metadata) throw noSuchKey();
  return found;
}

export async function inPublicBucket({ database }: Context, { bucket, key }: Place): Promise<StoredObject> {
  // A bucket that is not public answers like one that does not exist.
  if (!(await bucketOf(database, bucket)).public) throw noSuchKey();
  const found = await findObject(database.asService, bucket, key);
  if (!found?.metadata) throw noSuchKey();
  return found;
}

export function info({ id, name, version, bucket_id, created_at, updated_at, metadata, user_metadata }: StoredObject) {
  return Response.json({
    id,
    name,
    version,
    bucket_id,
    size: metadata?.size,
    content_type: metadata?.mimetype,
    content_encoding: metadata?.contentEncoding ?? null,
    cache_control: metadata?.cacheControl,
    etag: metadata?.eTag,
    metadata: user_metadata ?? {},
    last_modified: updated_at,
    created_at,
  });
}

export async function send(context: Context, object: StoredObject, isPublic: boolean): Promise<Response> {
  const { request, url, files } = context;
  const size = await files.sizeOf(object.version);
  if (size === null || !object.metadata) throw noSuchKey();
  const { mimetype, eTag, cacheControl, contentEncoding } = object.metadata;
  const headers = protectiveHeaders(mimetype, object.name, wishedName(url));
  headers.set("etag", eTag);
  headers.set("last-modified", object.updated_at.toUTCString());
  headers.set("accept-ranges", "bytes");
  // What only some may see is asked for again each time: their right may have ended.
  headers.set("cache-control", isPublic ? cacheControl : "private, no-cache");
  if (contentEncoding) headers.set("content-encoding", contentEncoding);
  if (request.headers.get("if-none-match") === eTag) return new Response(null, { status: 304, headers });

  const range = rangeOf(request.headers, eTag, size);
  if (range) headers.set("content-range", `bytes ${range.first}-${range.last}/${size}`);
  headers.set("content-length", String(range ? range.last - range.first + 1 : size));
  const status = range ? 206 : 200;
  if (request.method === "HEAD" || size === 0) return new Response(null, { status, headers });
  const content = files.read(object.version, range ?? undefined);
  return new Response(Readable.toWeb(content) as ReadableStream<Uint8Array>, { status, headers });
}

/** storage-js writes the name into the address encoded twice. */
function wishedName({ searchParams }: URL): string | null {
  const name = searchParams.get("download");
  try {
    return name && decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** One range; of several, the whole is sent instead, as HTTP allows. */
function rangeOf(headers: Headers, eTag: string, size: number): { first: number; last: number } | null {
  const asked = /^bytes=(\d*)-(\d*)$/.exec(headers.get("range") ?? "");
  const condition = headers.get("if-range");
  if (!asked || (asked[1] === "" && asked[2] === "") || (condition !== null && condition !== eTag)) return null;
  const [, from = "", to = ""] = asked;
  const first = from === "" ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (first > last || first >= size) throw invalidRange();
  return { first, last };
}
