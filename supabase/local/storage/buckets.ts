// Buckets, under the caller's role: without policies on storage.buckets only the secret key makes, changes and removes them.

import { remove } from "./change.ts";
import { type Context, jsonOf, sessionOf } from "./context.ts";
import { bucketNotEmpty, invalidParameter, noSuchBucket, notEnabled } from "./errors.ts";
import { checkedBucket } from "./names.ts";

const columns =
  "id, name, owner, public, file_size_limit::float8 as file_size_limit, allowed_mime_types, created_at, updated_at";
const sortable = ["id", "name", "created_at", "updated_at"];
const units: Record<string, number> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30 };
const AT_ONCE = 500;

export async function listBuckets(context: Context): Promise<Response> {
  const { searchParams } = context.url;
  const sort = searchParams.get("sortColumn") ?? "name";
  if (!sortable.includes(sort)) throw invalidParameter("Invalid Parameter sortColumn");
  const order = searchParams.get("sortOrder") === "desc" ? "desc" : "asc";
  const whole = (name: string, otherwise: number) => {
    const value = Number(searchParams.get(name) ?? otherwise);
    if (!Number.isInteger(value) || value < 0) throw invalidParameter(`Invalid Parameter ${name}`);
    return value;
  };
  const buckets = await context.database.as(sessionOf(context, "bucket.list"), ({ rows }) =>
    rows(
      `select ${columns} from storage.buckets where strpos(lower(name), lower($1)) > 0 order by ${sort} ${order} limit $2 offset $3`,
      [searchParams.get("search") ?? "", whole("limit", 1000), whole("offset", 0)],
    ),
  );
  return Response.json(buckets);
}

export async function getBucket(context: Context, id: string): Promise<Response> {
  return Response.json(await find(context, id, "bucket.get"));
}

async function find(context: Context, id: string, operation: string): Promise<Record<string, unknown>> {
  const [bucket] = await context.database.as(sessionOf(context, operation), ({ rows }) =>
    rows(`select ${columns} from storage.buckets where id = $1`, [id]),
  );
  if (!bucket) throw noSuchBucket();
  return bucket;
}

export async function createBucket(context: Context): Promise<Response> {
  const body = await jsonOf(context.request);
  if (body.type !== undefined && body.type !== "STANDARD") throw notEnabled("analytics buckets");
  const id = checkedBucket(body.id ?? body.name);
  await context.database.as(sessionOf(context, "bucket.create"), ({ rows }) =>
    rows(
      `insert into storage.buckets (id, name, owner_id, public, file_size_limit, allowed_mime_types) values ($1, $2, $3, $4, $5, $6)`,
      [
        id,
        checkedBucket(body.name ?? id),
        context.identity.claims.sub ?? null,
        body.public === true,
        bytesOf(body.file_size_limit),
        typesOf(body.allowed_mime_types),
      ],
    ),
  );
  return Response.json({ name: id });
}

export async function updateBucket(context: Context, id: string): Promise<Response> {
  const body = await jsonOf(context.request);
  const changed = await context.database.as(sessionOf(context, "bucket.update"), ({ rows }) =>
    rows(
      `update storage.buckets set
         public = coalesce($2, public),
         file_size_limit = case when $3 then $4::bigint else file_size_limit end,
         allowed_mime_types = case when $5 then $6::text[] else allowed_mime_types end,
         updated_at = now()
       where id = $1 returning id`,
      [
        id,
        typeof body.public === "boolean" ? body.public : null,
        body.file_size_limit !== undefined,
        bytesOf(body.file_size_limit),
        body.allowed_mime_types !== undefined,
        typesOf(body.allowed_mime_types),
      ],
    ),
  );
  if (changed.length === 0) throw noSuchBucket();
  return Response.json({ message: "Successfully updated" });
}

export async function emptyBucket(context: Context, id: string): Promise<Response> {
  await find(context, id, "bucket.empty");
  for (;;) {
    const found = await context.database.as(sessionOf(context, "bucket.empty"), ({ rows }) =>
      rows<{ name: string }>("select name from storage.objects where bucket_id = $1 order by name limit $2", [
        id,
        AT_ONCE,
      ]),
    );
    const removed = await remove(
      context,
      id,
      found.map(({ name }) => name),
      "bucket.empty",
    );
    if (removed.length === 0) return Response.json({ message: "Successfully emptied" });
  }
}

export async function deleteBucket(context: Context, id: string): Promise<Response> {
  await find(context, id, "bucket.delete");
  const [used] = await context.database.asService.rows(
    "select 1 as one from storage.objects where bucket_id = $1 limit 1",
    [id],
  );
  if (used) throw bucketNotEmpty();
  const removed = await context.database.as(
    sessionOf(context, "bucket.delete"),
    ({ rows }) => rows("delete from storage.buckets where id = $1 returning id", [id]),
    { deletes: true },
  );
  if (removed.length === 0) throw noSuchBucket();
  return Response.json({ message: "Successfully deleted" });
}

/** A number of bytes, or a text such as 50MB or 50MiB. */
export function bytesOf(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  const [, amount, unit = "b"] = /^(\d+(?:\.\d+)?)\s*(b|[kmg]i?b)?$/i.exec(String(value)) ?? [];
  if (!amount) throw invalidParameter("Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B");
  return Math.round(Number(amount) * (units[unit.toLowerCase()] ?? 1));
}

function typesOf(value: unknown): string[] | null {
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value) || !value.every((type) => typeof type === "string" && /^[\w.+*-]+\/[\w.+*-]+$/.test(type)))
    throw invalidParameter("allowed_mime_types must be a list of mime types");
  return value.map(String);
}
