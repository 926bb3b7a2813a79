// How clients edit a row that others edit too: an update carries, as a filter, the version that was seen, and answers with the row. No row
// in the answer means that somebody was quicker (or that the row is not theirs to write): they are told, and nothing was written.
import { expect } from "vitest";
import { clientOf } from "./clients.ts";
import type { Ask } from "./owner.ts";
import type { Random } from "./random.ts";
import type { Persona, World } from "./world.ts";

interface Race {
  clients: number;
  /** By each of them. */
  edits: number;
  random: Random;
}

interface RaceResult {
  /** Edits that were written, by the version they made. */
  written: Map<number, string>;
  /** Edits whose sender was told that somebody else was quicker. */
  told: number;
}

interface Row {
  version: number;
  next_step: string | null;
}

/** Many people edit one deal, each from what they saw last: some look again before they write, the others were told or not. */
export async function raceForDeal(who: Persona[], deal: string, { clients, edits, random }: Race): Promise<RaceResult> {
  const written = new Map<number, string>();
  let told = 0;
  const people = Array.from({ length: clients }, (_, place) => ({
    name: `Client ${place}`,
    client: clientOf(who[place % who.length] ?? null),
    looksAgain: Array.from({ length: edits }, () => random.chance(0.5)),
  }));
  await Promise.all(
    people.map(async ({ name, client, looksAgain }) => {
      const look = async () => {
        const { data } = await client.from("opportunities").select("version").eq("id", deal).single().throwOnError();
        return Number(data.version);
      };
      let seen = await look();
      for (const [edit, again] of looksAgain.entries()) {
        if (again) seen = await look();
        const note = `${name}, edit ${edit}`;
        const { data, error } = await client
          .from("opportunities")
          .update({ next_step: note })
          .eq("id", deal)
          .eq("version", seen)
          .select("version, next_step")
          .maybeSingle<Row>();
        if (error) throw new Error(`${note}: ${error.message}`);
        if (data) {
          if (written.has(data.version) || data.version !== seen + 1 || data.next_step !== note)
            throw new Error(`${note} was answered with version ${data.version}, and ${seen} was seen.`);
          written.set(data.version, note);
          seen = data.version;
        } else {
          told++;
          seen = await look();
        }
      }
    }),
  );
  return { written, told };
}

/** A fresh deal is raced for, and the owner looks afterwards: one version, and one event of the log, for each edit that was written. */
export async function expectNoneLost(
  ask: Ask,
  { organizations: { a } }: World,
  race: (deal: string) => Promise<RaceResult>,
): Promise<{ written: number; told: number }> {
  const [deal] = await ask<{ id: string }>(
    "insert into public.opportunities (organization_id, customer_id, name) values ($1, $2, 'Raced for') returning id",
    [a.id, a.customer],
  );
  if (!deal) throw new Error("The deal was not made.");
  const { written, told } = await race(deal.id);
  const [left] = await ask<Row & { events: string; [column: string]: unknown }>(
    `select d.version::integer, d.next_step,
       (select count(*) from public.audit_log as e where e.table_name = 'opportunities' and e.row_id = d.id::text and e.action = 'update') as events
     from public.opportunities as d where d.id = $1`,
    [deal.id],
  );
  expect(left).toEqual({
    version: 1 + written.size,
    next_step: written.get(1 + written.size),
    events: String(written.size),
  });
  expect([...written.keys()].sort((one, other) => one - other)).toEqual(
    Array.from({ length: written.size }, (_, place) => place + 2),
  );
  return { written: written.size, told };
}
