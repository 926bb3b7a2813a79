// What every kind of request has at hand.
import type { Database, Queries, Session } from "./database.ts";
import { invalidRequest, noSuchBucket } from "./errors.ts";
import type { Files } from "./files.ts";
import type { Identity } from "./identity.ts";
import type { Signer } from "./signing.ts";

export interface Context {
  request: Request;
  url: URL;
  identity: Identity;
  database: Database;
  files: Files;
  signer: Signer;
  /** The longest that an address may open an object. */
  maxSignedSeconds: number;
  /** Where a bucket has no limit of its own. */
  fileSizeLimit: number;
}

export interface Bucket {
  id: string;
  public: boolean;
  file_size_limit: string | null;
  allowed_mime_types: string[] | null;
}

export interface StoredObject {
  id: string;
  bucket_id: string;
  name: string;
  version: string;
  owner_id: string | null;
  created_at: Date;
  updated_at: Date;
  last_accessed_at: Date;
  metadata: Metadata | null;
  user_metadata: Record<string, unknown> | null;
  [column: string]: unknown;
}

export interface Metadata {
  eTag: string;
  size: number;
  mimetype: string;
  cacheControl: string;
  lastModified: string;
  contentLength: number;
  httpStatusCode: number;
  contentEncoding?: string;
}

const LONGEST_JSON = 1024 * 1024;

export const objectColumns =
  "id, bucket_id, name, version, owner_id, created_at, updated_at, last_accessed_at, metadata, user_metadata";

export const sessionOf = ({ identity, request }: Context, operation: string): Session => ({
  identity,
  request,
  operation: `storage.${operation}`,
});

export async function bucketOf(database: Database, id: string): Promise<Bucket> {
  const [bucket] = await database.asService.rows<Bucket & { [column: string]: unknown }>(
    "select id, public, file_size_limit, allowed_mime_types from storage.buckets where id = $1",
    [id],
  );
  if (!bucket) throw noSuchBucket();
  return bucket;
}

export async function findObject(queries: Queries, bucket: string, key: string): Promise<StoredObject | undefined> {
  const [found] = await queries.rows<StoredObject>(
    `select ${objectColumns} from storage.objects where bucket_id = $1 and name = $2`,
    [bucket, key],
  );
  return found;
}

/** The body as JSON, of which nothing is taken on trust. */
export async function jsonOf(request: Request): Promise<Record<string, unknown>> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size > LONGEST_JSON) throw invalidRequest("The body is too long");
    pieces.push(piece);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(pieces).toString("utf8") || "{}");
    if (typeof body === "object" && body !== null) return { ...body };
  } catch {
    // Said below.
  }
  throw invalidRequest("The body is no JSON object");
}
