// An attack proves something only if the owner looks afterwards and finds everything as it was.
import { expect } from "vitest";
import type { Ask } from "./owner.ts";
import type { World } from "./world.ts";

/** Where a schedule keeps notes of its own beside what is an organization's. */
const contentOf: Record<string, string> = { "private.live_epochs": "r.epoch::text" };

/** One figure for all that organizations, and people, have: every table that belongs to one, whatever it is called. */
export async function fingerprint(
  ask: Ask,
  { organizations, people = [] }: { organizations: string[]; people?: string[] },
) {
  const tables = await ask<{ name: string; owner: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       case when c.oid = 'public.organizations'::regclass then 'id' else a.attname end as owner
     from pg_class as c
     join pg_namespace as n on n.oid = c.relnamespace
     join pg_attribute as a on a.attrelid = c.oid
       and a.attname = case when c.oid = 'public.organizations'::regclass then 'id' else 'organization_id' end
     where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relispartition
       -- A refused attempt is recorded, and so it should be.
       and c.relname !~ '^(audit_|stub_denied)'
     order by 1`,
  );
  const parts = tables.map(
    ({ name, owner }) =>
      `select '${name}' as name, count(*) as rows, sum(hashtextextended(${contentOf[name] ?? "r::text"}, 0)) as sum
       from ${name} as r where r.${owner} = any ($1)`,
  );
  parts.push(
    `select 'public.profiles', count(*), sum(hashtextextended(r::text, 0))
     from public.profiles as r where r.user_id = any ($2)`,
  );
  // In the order of names: large tables are read side by side, and whichever ends first comes first.
  return ask(`${parts.join(" union all ")} order by 1`, [organizations, people]);
}

/** The attack happens, and everything of everybody in the world is as before. */
export async function changesNothing<T>(ask: Ask, world: World, attack: () => Promise<T>): Promise<T> {
  const everybody = {
    organizations: Object.values(world.organizations).map(({ id }) => id),
    people: Object.values(world.personas).map(({ id }) => id),
  };
  const before = await fingerprint(ask, everybody);
  const answer = await attack();
  expect(await fingerprint(ask, everybody), "the owner finds everything as it was").toEqual(before);
  return answer;
}
