// Addresses for a while: whoever may read an object may have one that opens it, whoever may add it one that takes it.
import { bucketOf, type Context, findObject, jsonOf, sessionOf } from "./context.ts";
import { invalidParameter, noSuchKey, notEnabled } from "./errors.ts";
import { checkedKey, type Place } from "./names.ts";

/** As on the platform. The right to upload is asked for again when it is used. */
const UPLOAD_SECONDS = 2 * 60 * 60;
const MOST_AT_ONCE = 500;

function secondsOf(value: unknown, most: number): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1)
    throw invalidParameter("expiresIn must be a whole number of seconds, at least 1");
  if (value > most) throw invalidParameter(`expiresIn must be at most ${most} seconds`);
  return value;
}

export async function signOne(context: Context, place: Place): Promise<Response> {
  const { expiresIn, transform } = await jsonOf(context.request);
  if (transform !== undefined) throw notEnabled("image transformation");
  const seconds = secondsOf(expiresIn, context.maxSignedSeconds);
  const found = await context.database.as(sessionOf(context, "object.sign"), (queries) =>
    findObject(queries, place.bucket, place.key),
  );
  if (!found?.metadata) throw noSuchKey();
  return Response.json({ signedURL: await addressOf(context, place, seconds) });
}

export async function signMany(context: Context, bucket: string): Promise<Response> {
  const { expiresIn, paths } = await jsonOf(context.request);
  const seconds = secondsOf(expiresIn, context.maxSignedSeconds);
  if (!Array.isArray(paths) || paths.length === 0 || paths.length > MOST_AT_ONCE)
    throw invalidParameter(`paths must name 1 to ${MOST_AT_ONCE} objects`);
  const keys = paths.map(checkedKey);
  const found = await context.database.as(sessionOf(context, "object.sign_many"), ({ rows }) =>
    rows<{ name: string }>(
      "select name from storage.objects where bucket_id = $1 and name = any ($2) and metadata is not null",
      [bucket, keys],
    ),
  );
  const names = new Set(found.map(({ name }) => name));
  const answers = keys.map(async (key) => {
    const isThere = names.has(key);
    return {
      path: key,
      error: isThere ? null : "Either the object does not exist or you do not have access to it",
      signedURL: isThere ? await addressOf(context, { bucket, key }, seconds) : null,
    };
  });
  return Response.json(await Promise.all(answers));
}

async function addressOf({ signer, identity }: Context, place: Place, seconds: number): Promise<string> {
  const token = await signer.sign("download", place, identity, seconds);
  return `/object/sign/${place.bucket}/${place.key}?token=${token}`;
}

export async function signUpload(context: Context, { bucket, key }: Place): Promise<Response> {
  const { database, signer, identity, request } = context;
  await bucketOf(database, bucket);
  await database.wouldAllow(sessionOf(context, "object.sign_upload_url"), ({ rows }) =>
    rows(
      "insert into storage.objects (bucket_id, name, owner, owner_id, metadata) values ($1, $2, $3::uuid, $3, '{}')",
      [bucket, key, identity.claims.sub ?? null],
    ),
  );
  const upsert = request.headers.get("x-upsert") === "true";
  const token = await signer.sign("upload", { bucket, key }, identity, UPLOAD_SECONDS, upsert);
  return Response.json({ url: `/object/upload/sign/${bucket}/${key}?token=${token}`, token });
}
