// Everything about rights that can be asked of the database in a second or two, as one function: it answers with the first thing
// that is not as it should be. The lines of the access matrix say what should be; the catalogue says what there is.
import { findBehaviour } from "./access-behaviours.ts";
import { findExcessGrant, findUnprotected } from "./access-grants.ts";
import {
  type FunctionLine,
  functions,
  isWithin,
  mayAdd,
  mayCall,
  mayReadShared,
  ownersOf,
  type RelationLine,
  readReach,
  relations,
  writeReach,
} from "./access-matrix.ts";
import { exposedFunctions } from "./catalogue.ts";
import { findWrongListener } from "./live-access.ts";
import { type Answer, callOf, codeOf, type Ground, statementOf } from "./sql-call.ts";
import type { SqlSession } from "./sql-session.ts";
import { MIGRANT, type OrganizationLabel, organizationLabels, type Persona, persona, type World } from "./world.ts";

type Breach = string | null;

const checks = {
  protection: ({ ask }: SqlSession) => findUnprotected(ask),
  grants: ({ ask }: SqlSession) => findExcessGrant(ask),
  reads: findWrongReads,
  writes: findWrongWrites,
  behaviours: findBehaviour,
  references: findForeignReference,
  calls: findWrongCalls,
  listeners: findWrongListener,
};
export type CheckName = keyof typeof checks;

/** The first right that somebody has and should not, or should have and has not. `likely` says which check is likely to find it, `about` which table it is of. */
export async function findBreach(
  session: SqlSession,
  ground: Ground,
  likely: CheckName = "protection",
  about?: string,
): Promise<Breach> {
  const lines = presentRelations.filter(([name]) => name === about);
  const near = lines.length
    ? ((await findWrongReads(session, ground, lines)) ?? (await findWrongWrites(session, ground, lines)))
    : null;
  if (near) return near;
  const { [likely]: first } = checks;
  for (const check of new Set([first, ...Object.values(checks)])) {
    const breach = await check(session, ground);
    if (breach) return breach;
  }
  return null;
}

const everybody = ({ world }: Ground) => Object.values(world.personas);
const presentRelations = Object.entries(relations);

async function findWrongReads(session: SqlSession, ground: Ground, lines = presentRelations): Promise<Breach> {
  const counting = lines
    .map(([name, line]) => {
      const whose = line.organization ?? line.person;
      const column = whose ? `${whose}::text` : "'everybody'";
      return `select '${name}' as relation, ${column} as whose, ${ownersOf(line)} as owners, count(*)::integer as rows from public.${name} group by 2, 3`;
    })
    .join(" union all ");
  type Count = { relation: string; whose: string; owners: string; rows: number };
  const all = await session.ask<Count>(counting);
  for (const who of everybody(ground)) {
    const expected = all.filter(
      ({ relation, whose, owners, rows }) => rows > 0 && isVisible(ground.world, who, relation, whose, owners),
    );
    const { rows, error } = await session.as<Count>(who, counting);
    if (error) return `${who.label} cannot read: ${error.message}`;
    const [extra, missing] = [difference(rows, expected), difference(expected, rows)];
    if (extra) return `${who.label} reads ${extra.rows} of ${extra.relation} of ${extra.whose}`;
    if (missing) return `${who.label} does not read ${missing.rows} of ${missing.relation} of ${missing.whose}`;
  }
  return null;
}

function difference<T extends { relation: string; whose: string; owners: string; rows: number }>(
  from: T[],
  other: T[],
): T | undefined {
  const key = (count: T) => `${count.relation} ${count.whose} ${count.owners} ${count.rows}`;
  const known = new Set(other.map(key));
  return from.find((count) => !known.has(key(count)) && count.rows > 0);
}

function isVisible(world: World, who: Persona, relation: string, whose: string, owners: string): boolean {
  const line = relations[relation];
  if (!line) return false;
  if (line.person) return whose === who.id;
  if (typeof line.select === "object") return mayReadShared(who, line.select.anywhere);
  const label = organizationLabels.find((each) => world.organizations[each].id === whose);
  return label !== undefined && isWithin(readReach(who, label, line), who, owners);
}

async function findWrongWrites(session: SqlSession, ground: Ground, lines = presentRelations): Promise<Breach> {
  for (const [name, line] of lines)
    for (const who of everybody(ground)) {
      const breach =
        (await wrongInsert(session, ground, name, line, who)) ??
        (await wrongUpdate(session, ground, name, line, who)) ??
        (await wrongDelete(session, ground, name, line, who));
      if (breach) return breach;
    }
  for (const [name, line] of lines) {
    const breach = await wrongMove(session, ground, name, line);
    if (breach) return breach;
  }
  return null;
}

interface Try {
  label: OrganizationLabel;
  row: Record<string, unknown>;
  isAllowed: boolean;
}

async function wrongInsert(session: SqlSession, { world }: Ground, name: string, line: RelationLine, who: Persona) {
  const { insert, own: [owner] = [] } = line;
  if (!insert) return null;
  const tries = (["a", "b"] as const).flatMap((label): Try[] => {
    const row = insert.row(world.organizations[label]);
    const reach = writeReach(who, label, insert.rule);
    const nobodys = { label, row, isAllowed: mayAdd(who, label, line) };
    return reach === "own" && owner
      ? [nobodys, { label, row: { ...row, [owner]: who.id }, isAllowed: true }]
      : [nobodys];
  });
  // Owning it makes nothing one's own where the organization is closed.
  if (owner && who.places.includes("suspended"))
    tries.push({
      label: "suspended",
      row: { ...insert.row(world.organizations.suspended), [owner]: who.id },
      isAllowed: false,
    });
  for (const { label, row, isAllowed } of tries) {
    const columns = Object.keys(row).join(", ");
    const { error } = await session.scene(() =>
      session.as(
        who,
        `insert into public.${name} (${columns}) select ${columns} from jsonb_populate_record(null::public.${name}, $1)`,
        [JSON.stringify(row)],
      ),
    );
    if (isAllowed !== (error === null)) return `${who.label} ${error ? "cannot" : "can"} add to ${name} of ${label}`;
    if (error && error.code !== "42501") return `${who.label} adds to ${name} of ${label} and gets ${error.message}`;
  }
  return null;
}

// Without a filter, so that the policy for the command decides alone and not the one for reading beside it.
async function wrongUpdate(session: SqlSession, { world }: Ground, name: string, line: RelationLine, who: Persona) {
  const { update } = line;
  if (!update) return null;
  const [column = "", value] = Object.entries(update.change)[0] ?? [];
  const written = typeof value === "object" ? JSON.stringify(value) : value;
  return session.scene(async () => {
    const whose = line.organization ?? line.person;
    const { error } = await session.as(who, `update public.${name} set ${column} = $1`, [written]);
    if (error) return `${who.label} changes ${name} and gets ${error.message}`;
    const changed = await session.ask<{ whose: string; owners: string; all: boolean; some: boolean }>(
      `select ${whose}::text as whose, ${ownersOf(line)} as owners, bool_and(${column} is not distinct from $1) as all, bool_or(${column} is not distinct from $1) as some
       from public.${name} group by 1, 2`,
      [written],
    );
    const wrong = changed.find(({ whose: id, owners, all, some }) => {
      const label = organizationLabels.find((each) => world.organizations[each].id === id);
      const isAllowed = line.person
        ? id === who.id
        : label !== undefined && isWithin(writeReach(who, label, update.rule), who, owners);
      return isAllowed ? !all : some;
    });
    return wrong ? `${who.label} ${wrong.some ? "changes" : "cannot change"} ${name} of ${wrong.whose}` : null;
  });
}

// The grants keep a row where it is. Should a migration ever grant too much, the policy still does.
async function wrongMove(session: SqlSession, { world }: Ground, name: string, line: RelationLine) {
  const whose = line.organization ?? line.person;
  // What only its author changes is moved by nobody here.
  if (!line.update || line.update.rule === "author" || !whose) return null;
  const { b, suspended } = world.organizations;
  const moves = [{ mover: "in both", target: line.person ? persona(world, "foreign admin").id : b.id }];
  if (line.own) moves.push({ mover: MIGRANT, target: suspended.id });
  return session.scene(async () => {
    await session.ask(`grant update (${whose}) on public.${name} to authenticated`);
    for (const { mover, target } of moves) {
      const { error } = await session.as(persona(world, mover), `update public.${name} set ${whose} = $1`, [target]);
      if (error?.code !== "42501")
        return `rows of ${name} move to somebody else: ${error?.message ?? "nothing is said"}`;
    }
    return null;
  });
}

async function wrongDelete(session: SqlSession, { world }: Ground, name: string, line: RelationLine, who: Persona) {
  if (!line.delete) return null;
  return session.scene(async () => {
    const counting = `select ${line.organization}::text as whose, ${ownersOf(line)} as owners, count(*)::integer as rows from public.${name} group by 1, 2`;
    type Count = { whose: string; owners: string; rows: number };
    const key = ({ whose, owners }: Omit<Count, "rows">) => `${whose} ${owners}`;
    const before = await session.ask<Count>(counting);
    const { error } = await session.as(who, `delete from public.${name}`);
    if (error) return `${who.label} deletes from ${name} and gets ${error.message}`;
    const after = new Map((await session.ask<Count>(counting)).map((count) => [key(count), count.rows]));
    const wrong = before.find(({ whose, owners, rows }) => {
      const label = organizationLabels.find((each) => world.organizations[each].id === whose);
      const left = label && isWithin(writeReach(who, label, line.delete), who, owners) ? 0 : rows;
      return (after.get(key({ whose, owners })) ?? 0) !== left;
    });
    return wrong ? `${who.label} deletes ${after.has(key(wrong)) ? "not" : "all"} of ${name} of ${wrong.whose}` : null;
  });
}

async function findWrongCalls(session: SqlSession, ground: Ground): Promise<Breach> {
  const calls = (await exposedFunctions(session.ask)).flatMap((routine) =>
    (["a", "b"] as const).map((label) => {
      const line = functions[routine.name];
      if (!line) throw new Error(`${routine.name} has no line in the access matrix.`);
      return { line, label, name: routine.name, statement: statementOf(routine, line.args(ground.targets[label])) };
    }),
  );
  const statements = calls.map(({ statement }) => statement);
  for (const who of everybody(ground)) {
    const refusals = await session.refusals(who, statements);
    for (const [place, { line, label, name }] of calls.entries()) {
      const isAllowed = mayCall(who, label, line);
      if (isAllowed === (refusals[place] === "42501"))
        return `${who.label} ${isAllowed ? "cannot" : "can"} call ${name} for ${label}`;
    }
  }
  return null;
}

/** An id of another organization gets the answer that a random one gets. */
async function findForeignReference(session: SqlSession, ground: Ground): Promise<Breach> {
  for (const routine of await exposedFunctions(session.ask)) {
    const line = functions[routine.name];
    const isOfPortal = line?.allowed === "portal";
    if (!line || !(isOfPortal || routine.arguments.some(({ name }) => name === "organization"))) continue;
    const who = persona(ground.world, isOfPortal ? "partner user" : "org_admin");
    for (const { name, type } of routine.arguments) {
      if (type !== "uuid" || name === "organization" || name === "client_key") continue;
      const answers = [];
      for (const id of [foreignId(line, ground, name), ground.targets.a.unknown]) {
        const call = callOf(routine, { ...line.args(ground.targets.a), [name]: id });
        const outcome = await session.scene(() => session.as<Answer>(who, ...call));
        // What only reads may take an id for a filter that nothing passes.
        if (routine.isVolatile && codeOf(outcome) === null) return `${routine.name} takes somebody else's ${name}`;
        answers.push(JSON.stringify(outcome).replaceAll(String(id), "…"));
      }
      if (answers[0] !== answers[1])
        return `${routine.name} tells a foreign ${name} from an unknown one: ${answers.join(" | ")}`;
    }
  }
  return null;
}

/** What an argument names in the other organization; for one that a line leaves out, something of it. */
const foreignId = (line: FunctionLine, { targets }: Ground, name: string): unknown =>
  line.args(targets.b)[name] ?? targets.b.portal.referral;
