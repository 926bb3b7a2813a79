// Uploads: asked for first, so that nothing is taken in that would be refused, and written under the caller's role afterwards.
import { checkContent, checkedType } from "./content.ts";
import { type Bucket, bucketOf, type Context, type Metadata, sessionOf } from "./context.ts";
import type { Queries } from "./database.ts";
import { invalidRequest, noSuchKey, StorageError, tooLarge } from "./errors.ts";
import type { Received } from "./files.ts";
import { boundaryOf, type FilePart, readForm } from "./multipart.ts";
import type { Place } from "./names.ts";

/** new: an object that must not be there yet; replace: one that must; either: whichever. */
type Manner = "new" | "replace" | "either";

interface Upload {
  received: Received;
  metadata: Metadata;
  userMetadata: Record<string, unknown> | null;
}

interface Written {
  id: string;
  /** The file that it stands in for. */
  former: string | null;
}

export async function upload(context: Context, place: Place, manner: Manner, operation: string): Promise<Written> {
  const { database, files, request } = context;
  const session = sessionOf(context, operation);
  const bucket = await bucketOf(database, place.bucket);
  await database.wouldAllow(session, (queries) => write(queries, context, place, manner, null));
  const { received, ...described } = await receive(context, bucket);
  try {
    await files.keep(received.version);
    const written = await database.as(session, (queries) =>
      write(queries, context, place, manner, { received, ...described }),
    );
    if (written.former) await files.remove([written.former]);
    return written;
  } catch (error) {
    await files.remove([received.version]);
    throw error;
  } finally {
    await request.body?.cancel().catch(() => undefined);
  }
}

/** Without an upload it only tries whether it may. */
async function write(
  queries: Queries,
  { identity }: Context,
  { bucket, key }: Place,
  manner: Manner,
  upload: Upload | null,
): Promise<Written> {
  const owner = identity.claims.sub ?? null;
  const values = [
    bucket,
    key,
    upload?.received.version ?? null,
    owner,
    JSON.stringify(upload?.metadata ?? {}),
    upload?.userMetadata ? JSON.stringify(upload.userMetadata) : null,
  ];
  if (manner !== "new") {
    const [replaced] = await queries.rows<{ id: string; former: string | null }>(
      `update storage.objects as o
       set version = $3, owner = $4::uuid, owner_id = $4, metadata = $5, user_metadata = $6, last_accessed_at = now()
       from (select id, version from storage.objects where bucket_id = $1 and name = $2 for update) as old
       where o.id = old.id
       returning o.id, old.version as former`,
      values,
    );
    if (replaced) return replaced;
    if (manner === "replace") throw noSuchKey();
  }
  // Without `returning`: whoever may add need not be allowed to read. So the id is made here.
  const id = crypto.randomUUID();
  await queries.rows(
    `insert into storage.objects (bucket_id, name, version, owner, owner_id, metadata, user_metadata, id)
     values ($1, $2, $3, $4::uuid, $4, $5, $6, $7)`,
    [...values, id],
  );
  return { id, former: null };
}

async function receive(context: Context, bucket: Bucket): Promise<Upload> {
  const { request, files } = context;
  const limit = Number(bucket.file_size_limit ?? context.fileSizeLimit);
  const type = request.headers.get("content-type") ?? "";
  const boundary = boundaryOf(type);
  if (!request.body) throw invalidRequest("No content provided");
  // A form is a little longer than its file.
  if (!boundary && Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();

  const take = async (file: FilePart, declared: Declared): Promise<Upload> => {
    const mimetype = checkedType(file.contentType, bucket.allowed_mime_types);
    const received = await files.receive(file.content, limit);
    try {
      if (bucket.allowed_mime_types) checkContent(mimetype, received.head);
    } catch (error) {
      await files.remove([received.version]);
      throw error;
    }
    return { received, metadata: metadataOf(received, mimetype, declared), userMetadata: declared.metadata };
  };
  if (!boundary) return take({ contentType: type, content: request.body }, declaredInHeaders(request.headers));
  return readForm(request.body, boundary, (file, fields) => take(file, declaredInFields(fields)));
}

interface Declared {
  cacheControl: string;
  contentEncoding: string | null;
  metadata: Record<string, unknown> | null;
}

function declaredInHeaders(headers: Headers): Declared {
  const metadata = headers.get("x-metadata");
  return {
    cacheControl: checkedHeader(headers.get("cache-control")) ?? "no-cache",
    contentEncoding: checkedHeader(headers.get("content-encoding")),
    metadata: metadata === null ? null : parsed(Buffer.from(metadata, "base64").toString("utf8")),
  };
}

function declaredInFields(fields: Map<string, string>): Declared {
  const seconds = fields.get("cacheControl");
  const metadata = fields.get("metadata");
  return {
    cacheControl: seconds && /^\d{1,10}$/.test(seconds) ? `max-age=${seconds}` : "no-cache",
    contentEncoding: checkedHeader(fields.get("contentEncoding") ?? null),
    metadata: metadata === undefined ? null : parsed(metadata),
  };
}

const checkedHeader = (value: string | null): string | null =>
  value !== null && /^[\x20-\x7e]{1,200}$/.test(value) ? value : null;

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  } catch (error) {
    if (error instanceof StorageError) throw error;
  }
  throw invalidRequest("The metadata is no JSON object");
}

function metadataOf({ size, digest }: Received, mimetype: string, declared: Declared): Metadata {
  return {
    eTag: `"${digest}"`,
    size,
    mimetype,
    cacheControl: declared.cacheControl,
    lastModified: new Date().toISOString(),
    contentLength: size,
    httpStatusCode: 200,
    ...(declared.contentEncoding && { contentEncoding: declared.contentEncoding }),
  };
}
