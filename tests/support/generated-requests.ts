// Requests that nobody would write, made by chance: any person, any table, filter, embed or function, with ids of any organization.
// Whatever comes back may hold nothing of an organization that the person has no part in, and the other one stays as it was.
import { randomUUID } from "node:crypto";
import { functions, relations } from "./access-matrix.ts";
import { type ExposedFunction, type ExposedRelation, exposedFunctions, exposedRelations } from "./catalogue.ts";
import { request } from "./clients.ts";
import type { Ask } from "./owner.ts";
import type { Random } from "./random.ts";
import { belongsTo, type OrganizationLabel, organizationLabels, type Persona, type World } from "./world.ts";

export interface GeneratedRequest {
  who: Persona;
  path: string;
  init: RequestInit;
}

export interface Generator {
  next(): GeneratedRequest;
}

const operators = ["eq", "neq", "gt", "lte", "like", "ilike", "is", "in", "cs", "not.eq", "not.is"];
const prefers = [
  "count=exact",
  "count=planned",
  "return=representation",
  "return=minimal",
  "resolution=merge-duplicates",
  "missing=default",
  "tx=rollback",
  "handling=strict,max-affected=1",
];

/** What people are good for: those of the attacked organization never act, so that whatever changes there is a breach. */
export async function createGenerator(ask: Ask, world: World, random: Random): Promise<Generator> {
  const tables = await exposedRelations(ask);
  const routines = (await exposedFunctions(ask)).filter(({ name }) => !["end_session"].includes(name));
  const actors = Object.values(world.personas).filter((who) => !who.rights.b && !who.isStaff && who.portal?.of !== "b");
  const ids = await knownIds(ask, world);
  return { next: () => generate({ tables, routines, actors, ids, random, world }) };
}

interface Ingredients {
  tables: ExposedRelation[];
  routines: ExposedFunction[];
  actors: Persona[];
  ids: string[];
  random: Random;
  world: World;
}

/** Of every table that belongs to organizations and whose rows have an id. */
async function knownIds(ask: Ask, { organizations, personas }: World): Promise<string[]> {
  const tables = await ask<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class as c
     join pg_attribute as id on id.attrelid = c.oid and id.attname = 'id' and id.atttypid = 'uuid'::regtype
     join pg_attribute as whose on whose.attrelid = c.oid and whose.attname = 'organization_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  const rows = await ask<{ id: string }>(
    tables.map(({ name }) => `select id::text from ${name} where organization_id = any ($1)`).join(" union "),
    [Object.values(organizations).map(({ id }) => id)],
  );
  return [
    ...rows.map(({ id }) => id),
    // Those that name most, most often.
    ...Array.from({ length: 20 }, () => [organizations.b.id, organizations.a.id]).flat(),
    ...Object.values(personas).map(({ id }) => id),
  ];
}

function generate(from: Ingredients): GeneratedRequest {
  const { random, actors } = from;
  const who = random.pick(actors);
  const headers: Record<string, string> = {};
  if (random.chance(0.5)) headers.prefer = random.pick(prefers);
  if (random.chance(0.1)) headers["x-organization-id"] = from.world.organizations.b.id;
  if (random.chance(0.1)) headers.range = `${random.below(5)}-${random.below(50)}`;
  if (random.chance(0.1))
    headers.accept = random.pick(["text/csv", "application/vnd.pgrst.object+json", "application/geo+json"]);
  const { path, method, body } = random.chance(0.3) ? aCall(from) : random.chance(0.6) ? aRead(from) : aWrite(from);
  return { who, path, init: { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) } };
}

const aValue = ({ random, ids }: Ingredients): string =>
  random.chance(0.7)
    ? random.pick(ids)
    : random.pick([
        "null",
        "true",
        "0",
        "%",
        "*",
        "a,or(id.gt.0)",
        "canary%",
        `(${random.pick(ids)})`,
        "{}",
        random.uuid(),
      ]);

function aSelect(from: Ingredients, table: ExposedRelation, depth: number): string {
  const { random, tables } = from;
  const columns = random.chance(0.5) ? ["*"] : [random.pick(table.columns), random.pick(table.columns)];
  while (depth > 0 && random.chance(0.6)) {
    const other = random.pick(tables);
    const join = random.pick(["", "", "!inner", "!left"]);
    columns.push(`${random.chance(0.2) ? "..." : ""}${other.name}${join}(${aSelect(from, other, depth - 1)})`);
  }
  return columns.join(",");
}

function aQuery(from: Ingredients, table: ExposedRelation): string {
  const { random } = from;
  const query: string[] = [];
  while (random.chance(0.6)) {
    const filter = `${random.pick(table.columns)}.${random.pick(operators)}.${aValue(from)}`;
    const [column, ...rest] = filter.split(".");
    query.push(
      random.chance(0.3)
        ? `or=(${filter},${random.pick(table.columns)}.not.is.null)`
        : `${column}=${encodeURIComponent(rest.join("."))}`,
    );
  }
  if (random.chance(0.3)) query.push(`order=${random.pick(table.columns)}.${random.pick(["asc", "desc"])}`);
  if (random.chance(0.3)) query.push(`limit=${random.below(30)}`);
  return query.join("&");
}

function aRead(from: Ingredients) {
  const table = from.random.pick(from.tables);
  const select = encodeURIComponent(aSelect(from, table, 3));
  return {
    path: `/${table.name}?select=${select}&${aQuery(from, table)}`,
    method: from.random.pick(["GET", "GET", "GET", "HEAD"]),
    body: undefined,
  };
}

function aWrite(from: Ingredients) {
  const { random, world } = from;
  const table = random.pick(from.tables);
  const line = relations[table.name];
  const row: Record<string, unknown> = {
    ...(random.chance(0.5) ? line?.insert?.row(world.organizations.b) : line?.update?.change),
  };
  while (random.chance(0.5)) row[random.pick(table.columns)] = aValue(from);
  const method = random.pick(["POST", "PATCH", "DELETE", "PUT"]);
  // Its own organization is left alone: the requests are to reach another's.
  const guard =
    method === "POST" ? "" : `${line?.organization ?? line?.person ?? "key"}=neq.${world.organizations.a.id}&`;
  return {
    path: `/${table.name}?${guard}${aQuery(from, table)}`,
    method,
    body: method === "DELETE" ? undefined : random.chance(0.2) ? [row, row] : row,
  };
}

function aCall(from: Ingredients) {
  const { random, world } = from;
  const { name, arguments: declared, isVolatile } = random.pick(from.routines);
  const args: Record<string, unknown> = {};
  for (const { name: argument, type } of declared) {
    if (random.chance(0.1)) continue;
    if (argument === "organization")
      args[argument] = random.chance(0.8) ? world.organizations.b.id : random.pick(from.ids);
    else if (type === "uuid") args[argument] = random.pick(from.ids);
    else if (/int|numeric/.test(type)) args[argument] = random.below(5);
    else if (type === "boolean") args[argument] = random.chance(0.5);
    else if (type === "jsonb") args[argument] = random.pick([{}, [], { "members.manage": "all" }, null]);
    else if (type.endsWith("[]")) args[argument] = random.pick([null, [aValue(from)]]);
    else args[argument] = aValue(from);
  }
  if (!isVolatile && functions[name] && random.chance(0.3)) {
    const query = Object.entries(args).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
    return { path: `/rpc/${name}?${query.join("&")}`, method: "GET", body: undefined };
  }
  return { path: `/rpc/${name}`, method: "POST", body: args };
}

/** Sends it, and says what of another organization came back; null when nothing did. What the request itself said does not count. */
export async function findLeak(world: World, { who, path, init }: GeneratedRequest): Promise<string | null> {
  const { status, body, headers } = await request(who, path, {
    ...init,
    headers: { ...init.headers, "x-request-id": randomUUID() },
  });
  // Who was deactivated or suspended is told so by name, by one function and nowhere else.
  const isTold = (label: OrganizationLabel) => path.startsWith("/rpc/my_organizations") && who.places.includes(label);
  // Guests see their partner, and what it is called; what of others they must not see has its own tests.
  const isGuest = (label: OrganizationLabel) => path.startsWith("/rpc/portal_") && who.portal?.of === label;
  const foreign = organizationLabels
    .filter((label) => !belongsTo(who, label) && !isTold(label) && !isGuest(label))
    .map((label) => world.organizations[label].canary);
  // Their own name and address are theirs, wherever they show.
  const told = `${body}\n${JSON.stringify([...headers])}`.replaceAll(who.name, "").replaceAll(who.email, "");
  const leaked = foreign.find((canary) => told.includes(canary));
  const what = `${who.label}: ${init.method} ${path} ${typeof init.body === "string" ? init.body : ""} → ${status} ${body.slice(0, 300)}`;
  if (leaked) return `${leaked} came back to ${what}`;
  return status >= 500 ? `a failure of the server came back to ${what}` : null;
}
