// Lists of a bucket, folder by folder: folders are what names have before a slash. Under the caller's role, like everything.
import { type Context, jsonOf, sessionOf } from "./context.ts";
import { invalidParameter } from "./errors.ts";

const sortable: Record<string, string> = {
  name: "name",
  created_at: "created_at",
  updated_at: "updated_at",
  last_accessed_at: "last_accessed_at",
};
const MOST = 1000;

/** $1 bucket, $2 beginning of the names; `rest` is what a name has beyond it. */
const below = `
  select o.id, o.name as key, o.created_at, o.updated_at, o.last_accessed_at, o.metadata, substr(o.name, length($2) + 1) as rest
  from storage.objects as o
  where o.bucket_id = $1 and o.name collate "C" >= $2 and starts_with(o.name, $2)`;

export async function list(context: Context, bucket: string): Promise<Response> {
  const body = await jsonOf(context.request);
  const folder = textOf(body.prefix, "prefix");
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  const { column, order } = sortOf(body.sortBy);
  const values = [
    bucket,
    prefix,
    textOf(body.search, "search"),
    numberOf(body.limit, 100, "limit"),
    numberOf(body.offset, 0, "offset"),
  ];
  const rows = await context.database.as(sessionOf(context, "object.list"), (queries) =>
    queries.rows(
      `with here as (${below}), entries as (
         select distinct split_part(rest, '/', 1) as name, null::uuid as id, null::timestamptz as updated_at,
           null::timestamptz as created_at, null::timestamptz as last_accessed_at, null::jsonb as metadata
         from here where strpos(rest, '/') > 0
         union all
         select rest, id, updated_at, created_at, last_accessed_at, metadata from here where strpos(rest, '/') = 0
       )
       select * from entries where starts_with(lower(name), lower($3))
       order by ${column} ${order} nulls first, name limit $4 offset $5`,
      values,
    ),
  );
  return Response.json(rows);
}

interface Entry {
  key: string;
  is_folder: boolean;
  sort_key: string;
  [column: string]: unknown;
}

export async function listV2(context: Context, bucket: string): Promise<Response> {
  const body = await jsonOf(context.request);
  const prefix = textOf(body.prefix, "prefix");
  const isDelimited = body.with_delimiter === true;
  const { column, order } = sortOf(body.sortBy);
  const limit = numberOf(body.limit, MOST, "limit");
  const after = cursorOf(body.cursor);
  const moment = column === "name" ? "key" : `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  const rows = await context.database.as(sessionOf(context, "object.list_v2"), (queries) =>
    queries.rows<Entry>(
      `with here as (${below}), entries as (
         select distinct $2 || split_part(rest, '/', 1) || '/' as key, true as is_folder,
           case when $6 = 'name' then $2 || split_part(rest, '/', 1) || '/' else '' end as sort_key,
           null::uuid as id, null::timestamptz as updated_at, null::timestamptz as created_at,
           null::timestamptz as last_accessed_at, null::jsonb as metadata
         from here where $3 and strpos(rest, '/') > 0
         union all
         select key, false, ${moment}, id, updated_at, created_at, last_accessed_at, metadata
         from here where not ($3 and strpos(rest, '/') > 0)
       )
       select * from entries
       where $4::text is null or (sort_key collate "C", key collate "C") ${order === "asc" ? ">" : "<"} ($4, $5)
       order by sort_key collate "C" ${order}, key collate "C" ${order} limit $7`,
      [bucket, prefix, isDelimited, after?.[0] ?? null, after?.[1] ?? null, column, limit + 1],
    ),
  );
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const hasNext = rows.length > limit;
  return Response.json({
    hasNext,
    folders: page.filter(({ is_folder }) => is_folder).map(({ key }) => ({ name: key, key })),
    objects: page
      .filter(({ is_folder }) => !is_folder)
      .map(({ is_folder: _folder, sort_key: _sort, ...object }) => ({
        ...object,
        name: isDelimited ? object.key.slice(object.key.lastIndexOf("/") + 1) : object.key,
      })),
    ...(hasNext &&
      last && { nextCursor: Buffer.from(JSON.stringify([last.sort_key, last.key])).toString("base64url") }),
  });
}

function textOf(value: unknown, name: string): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "string" || value.length > 1024 || value.includes("\0"))
    throw invalidParameter(`Invalid Parameter ${name}`);
  return value;
}

function numberOf(value: unknown, otherwise: number, name: string): number {
  if (value === undefined || value === null) return otherwise;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
    throw invalidParameter(`Invalid Parameter ${name}`);
  return name === "limit" ? Math.min(value, MOST) : value;
}

function sortOf(value: unknown): { column: string; order: "asc" | "desc" } {
  const given: Record<string, unknown> = typeof value === "object" && value !== null ? { ...value } : {};
  const column = sortable[String(given.column ?? "name")];
  if (!column) throw invalidParameter("Invalid Parameter sortBy");
  return { column, order: given.order === "desc" ? "desc" : "asc" };
}

function cursorOf(value: unknown): [string, string] | null {
  if (typeof value !== "string" || value === "") return null;
  try {
    const [sortKey, key]: unknown[] = JSON.parse(Buffer.from(value, "base64url").toString("utf8"));
    if (typeof sortKey === "string" && typeof key === "string") return [sortKey, key];
  } catch {
    // Not one of ours: said below.
  }
  throw invalidParameter("Invalid Parameter cursor");
}
