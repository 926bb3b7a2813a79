// Stands in for: the Storage service of a hosted project. Names, owners and rights of objects are rows of storage.objects, judged by
// its policies under each caller's role; the files lie beside the database, under names that nobody chose.
import type { Caller, Service } from "../gateway/service.ts";
import type { Tokens } from "../gateway/tokens.ts";
import { bytesOf, createBucket, deleteBucket, emptyBucket, getBucket, listBuckets, updateBucket } from "./buckets.ts";
import { copy, move, removeMany, removeOne } from "./change.ts";
import type { Context } from "./context.ts";
import { openDatabase } from "./database.ts";
import { info, inPublicBucket, readable, send } from "./download.ts";
import { errorResponse, noSuchRoute, notEnabled, toStorageError } from "./errors.ts";
import { openFiles } from "./files.ts";
import { identify } from "./identity.ts";
import { list, listV2 } from "./list.ts";
import { checkedBucket, decodedParts, placeOf } from "./names.ts";
import { signMany, signOne, signUpload } from "./sign.ts";
import { createSigner } from "./signing.ts";
import { upload } from "./upload.ts";

const PREFIX = "/storage/v1/";
const STANDARD_LIMIT = 50 * 1024 * 1024;
/** Of a body that is refused so much is still read, so that its sender gets to the answer. */
const MOST_DRAINED = 200 * 1024 * 1024;

export interface StorageOptions {
  /** Connects as `supabase_storage_admin`. */
  databaseUrl: string;
  tokens: Tokens;
  /** Signs addresses. */
  projectSecret: string;
  folder: string;
  maxSignedSeconds: number;
  /** As in config.toml, such as 50MiB. */
  fileSizeLimit: unknown;
}

export function createStorage(options: StorageOptions): Service {
  const { databaseUrl, tokens, projectSecret, folder, maxSignedSeconds } = options;
  const fileSizeLimit = bytesOf(options.fileSizeLimit) ?? STANDARD_LIMIT;
  const database = openDatabase(databaseUrl);
  const files = openFiles(folder);
  const signer = createSigner(projectSecret);
  return {
    async handle(request, caller) {
      const url = new URL(request.url);
      try {
        const parts = decodedParts(url.pathname.slice(PREFIX.length));
        const identity = await identify(tokens, withoutTicket(parts, caller));
        return await route({ request, url, identity, database, files, signer, maxSignedSeconds, fileSizeLimit }, parts);
      } catch (error) {
        const refused = toStorageError(error);
        if (!refused) throw error;
        await drain(request);
        return errorResponse(refused);
      }
    },
    close: () => database.close(),
  };
}

/** An address with a ticket is opened by what it carries, whoever else its bearer is. */
function withoutTicket([kind, what]: string[], caller: Caller): Caller {
  return kind === "object" && what === "public" ? { ...caller, key: "publishable", bearer: null } : caller;
}

async function drain(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  let read = 0;
  for await (const chunk of request.body) {
    read += chunk.length;
    if (read > MOST_DRAINED) return;
  }
}

async function route(context: Context, [kind, ...rest]: string[]): Promise<Response> {
  if (kind === "object") return routeObject(context, rest);
  if (kind === "bucket") return routeBucket(context, rest);
  if (kind === "status" && rest.length === 0) return new Response(null, { status: 200 });
  if (kind === "render") throw notEnabled("image transformation");
  if (kind === "cdn") throw notEnabled("purging a cache");
  if (kind === "vector" || kind === "iceberg") throw notEnabled(`${kind} buckets`);
  throw noSuchRoute();
}

function routeBucket(context: Context, [id, action]: string[]): Promise<Response> {
  const { method } = context.request;
  if (id === undefined) {
    if (method === "GET") return listBuckets(context);
    if (method === "POST") return createBucket(context);
  } else if (action === undefined) {
    const name = checkedBucket(id);
    if (method === "GET") return getBucket(context, name);
    if (method === "PUT") return updateBucket(context, name);
    if (method === "DELETE") return deleteBucket(context, name);
  } else if (action === "empty" && method === "POST") return emptyBucket(context, checkedBucket(id));
  else if (action === "lifecycle") throw notEnabled("bucket lifecycle");
  throw noSuchRoute();
}

function routeObject(context: Context, parts: string[]): Promise<Response> {
  switch (context.request.method) {
    case "GET":
    case "HEAD":
      return read(context, parts);
    case "POST":
      return post(context, parts);
    case "PUT":
      return put(context, parts);
    case "DELETE": {
      const [bucket, ...key] = parts;
      return key.length === 0 ? removeMany(context, checkedBucket(bucket)) : removeOne(context, placeOf(parts));
    }
    default:
      throw noSuchRoute();
  }
}

async function read(context: Context, parts: string[]): Promise<Response> {
  const [what, ...rest] = parts;
  if (what === "public") return send(context, await inPublicBucket(context, placeOf(rest)), true);
  if (what === "sign") {
    const place = placeOf(rest);
    const { identity } = await context.signer.open("download", place, context.url.searchParams.get("token"));
    const asSigner = { ...context, identity };
    return send(asSigner, await readable(asSigner, place, "object.get_signed"), false);
  }
  if (what === "info") {
    const [visibility, ...place] = rest;
    if (visibility === "public") return info(await inPublicBucket(context, placeOf(place)));
    const wanted = placeOf(visibility === "authenticated" ? place : rest);
    return info(await readable(context, wanted, "object.get_authenticated_info"));
  }
  const place = placeOf(what === "authenticated" ? rest : parts);
  return send(context, await readable(context, place, "object.get_authenticated"), false);
}

async function post(context: Context, parts: string[]): Promise<Response> {
  const [what, ...rest] = parts;
  if (what === "list" && rest.length === 1) return list(context, checkedBucket(rest[0]));
  if (what === "list-v2" && rest.length === 1) return listV2(context, checkedBucket(rest[0]));
  if (what === "move" && rest.length === 0) return move(context);
  if (what === "copy" && rest.length === 0) return copy(context);
  if (what === "sign")
    return rest.length === 1 ? signMany(context, checkedBucket(rest[0])) : signOne(context, placeOf(rest));
  if (what === "upload" && rest[0] === "sign") return signUpload(context, placeOf(rest.slice(1)));
  const place = placeOf(parts);
  const isUpsert = context.request.headers.get("x-upsert") === "true";
  const { id } = await upload(context, place, isUpsert ? "either" : "new", "object.upload");
  return Response.json({ Id: id, Key: `${place.bucket}/${place.key}` });
}

async function put(context: Context, parts: string[]): Promise<Response> {
  const [what, where, ...rest] = parts;
  if (what === "upload" && where === "sign") {
    const place = placeOf(rest);
    const token = context.url.searchParams.get("token");
    const { identity, upsert } = await context.signer.open("upload", place, token);
    await upload({ ...context, identity }, place, upsert ? "either" : "new", "object.upload_signed");
    return Response.json({ Key: `${place.bucket}/${place.key}` });
  }
  const place = placeOf(parts);
  const { id } = await upload(context, place, "replace", "object.upload_update");
  return Response.json({ Id: id, Key: `${place.bucket}/${place.key}` });
}
