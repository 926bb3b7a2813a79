// Removes, moves and copies objects. A row that goes takes its file along; a row that moves keeps it.

import { checkedType } from "./content.ts";
import { bucketOf, type Context, findObject, jsonOf, objectColumns, type StoredObject, sessionOf } from "./context.ts";
import { invalidParameter, noSuchKey, tooLarge } from "./errors.ts";
import { checkedBucket, checkedKey, type Place } from "./names.ts";

const MOST_AT_ONCE = 1000;

export async function remove(
  context: Context,
  bucket: string,
  keys: string[],
  operation: string,
): Promise<StoredObject[]> {
  const removed = await context.database.as(
    sessionOf(context, operation),
    ({ rows }) =>
      rows<StoredObject>(
        `delete from storage.objects where bucket_id = $1 and name = any ($2) returning ${objectColumns}`,
        [bucket, keys],
      ),
    { deletes: true },
  );
  await context.files.remove(removed.flatMap(({ version }) => (version ? [version] : [])));
  return removed;
}

export async function removeMany(context: Context, bucket: string): Promise<Response> {
  const { prefixes } = await jsonOf(context.request);
  if (!Array.isArray(prefixes) || prefixes.length === 0 || prefixes.length > MOST_AT_ONCE)
    throw invalidParameter(`prefixes must name 1 to ${MOST_AT_ONCE} objects`);
  const keys = prefixes.map((entry: unknown) =>
    checkedKey(typeof entry === "object" && entry !== null && "path" in entry ? entry.path : entry),
  );
  return Response.json(await remove(context, bucket, keys, "object.delete_many"));
}

export async function removeOne(context: Context, { bucket, key }: Place): Promise<Response> {
  const removed = await remove(context, bucket, [key], "object.delete");
  if (removed.length === 0) throw noSuchKey();
  return Response.json({ message: "Successfully deleted" });
}

interface Journey {
  from: Place;
  to: Place;
}

async function journeyOf(context: Context): Promise<Journey> {
  const { bucketId, sourceKey, destinationKey, destinationBucket } = await jsonOf(context.request);
  const from = { bucket: checkedBucket(bucketId), key: checkedKey(sourceKey) };
  const to = { bucket: checkedBucket(destinationBucket ?? bucketId), key: checkedKey(destinationKey) };
  return { from, to };
}

/** What a bucket does not take by upload, it does not take from another bucket. */
async function checkArrival({ database }: Context, { from, to }: Journey, { metadata }: StoredObject): Promise<void> {
  if (from.bucket === to.bucket) return;
  const { allowed_mime_types, file_size_limit } = await bucketOf(database, to.bucket);
  checkedType(metadata?.mimetype ?? null, allowed_mime_types);
  if (file_size_limit !== null && (metadata?.size ?? 0) > Number(file_size_limit)) throw tooLarge();
}

export async function move(context: Context): Promise<Response> {
  const journey = await journeyOf(context);
  const { from, to } = journey;
  await context.database.as(sessionOf(context, "object.move"), async (queries) => {
    const source = await findObject(queries, from.bucket, from.key);
    if (!source) throw noSuchKey();
    await checkArrival(context, journey, source);
    const moved = await queries.rows(
      "update storage.objects set bucket_id = $2, name = $3 where id = $1 returning id",
      [source.id, to.bucket, to.key],
    );
    if (moved.length === 0) throw noSuchKey();
  });
  return Response.json({ message: "Successfully moved" });
}

export async function copy(context: Context): Promise<Response> {
  const journey = await journeyOf(context);
  const { from, to } = journey;
  const { database, files, identity } = context;
  const session = sessionOf(context, "object.copy");
  const source = await database.as(session, (queries) => findObject(queries, from.bucket, from.key));
  if (!source?.metadata) throw noSuchKey();
  await checkArrival(context, journey, source);
  const id = crypto.randomUUID();
  const insert = (version: string | null) => (queries: Parameters<Parameters<typeof database.as>[1]>[0]) =>
    queries.rows(
      `insert into storage.objects (id, bucket_id, name, version, owner, owner_id, metadata, user_metadata)
       values ($1, $2, $3, $4, $5::uuid, $5, $6, $7)`,
      [
        id,
        to.bucket,
        to.key,
        version,
        identity.claims.sub ?? null,
        JSON.stringify({ ...source.metadata, lastModified: new Date().toISOString() }),
        source.user_metadata && JSON.stringify(source.user_metadata),
      ],
    );
  await database.wouldAllow(session, insert(null));
  const version = await files.copy(source.version);
  try {
    await database.as(session, insert(version));
  } catch (error) {
    await files.remove([version]);
    throw error;
  }
  return Response.json({ Id: id, Key: `${to.bucket}/${to.key}`, name: to.key, bucket_id: to.bucket });
}
