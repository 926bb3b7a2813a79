// What is read of a timeline is the organization's own, whatever happens elsewhere, and nothing of deals that the reader may not see.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import type { Organization, Persona } from "./world.ts";

interface Told {
  kind: string;
  subject_label: string;
  actor_name: string | null;
}

/** A partner of A, then, newer, one of B; both by somebody who belongs to both. */
async function actInBoth({ as, ask, who, a, b }: Scene): Promise<void> {
  await as(who("in both"), "insert into public.partners (organization_id, name) values ($1, 'Here')", [a.id]);
  // The other's is later, so that it would come first.
  await ask("select set_config('request.jwt.claims', $1, true)", [JSON.stringify({ sub: who("in both").id })]);
  await ask("insert into public.partners (organization_id, name, created_at) values ($1, 'There', now())", [b.id]);
  await ask("select set_config('request.jwt.claims', '', true)");
}

async function page({ as, a }: Scene, reader: Persona, filter: string): Promise<Told[]> {
  const { rows } = await as<Told & Record<string, unknown>>(
    reader,
    `select kind, subject_label, actor_name from public.partner_timeline($1 ${filter})`,
    [a.id],
  );
  return rows;
}

const addDeal = ({ ask }: Scene, { id, customer, partner }: Organization, name: string, owner: string | null) =>
  ask(
    "insert into public.opportunities (organization_id, customer_id, partner_id, name, owner_id) values ($1, $2, $3, $4, $5)",
    [id, customer, partner, name, owner],
  );

export const timelineReadingBehaviours: Behaviours = {
  "the newest event of an organization is its own, by whatever filter": async (scene) => {
    await actInBoth(scene);
    const actor = `actors => '{user:${scene.who("in both").id}}'`;
    for (const filter of [
      "",
      ", kinds => '{partner_created}'",
      `, ${actor}`,
      `, kinds => '{partner_created}', ${actor}`,
    ]) {
      const told = await page(scene, scene.who("vp"), `${filter}, page_size => 1`);
      if (told.map(({ subject_label }) => subject_label).join() !== "Here") return false;
    }
    return true;
  },
  "an event is told once, with the name that somebody has in the organization": async (scene) => {
    await actInBoth(scene);
    await scene.ask(
      "update public.memberships set display_name = 'Known there' where organization_id = $1 and user_id = $2",
      [scene.b.id, scene.who("in both").id],
    );
    const told = await page(scene, scene.who("vp"), ", kinds => '{partner_created}', page_size => 200");
    const here = told.filter(({ subject_label }) => subject_label === "Here");
    return here.length === 1 && here[0]?.actor_name === scene.who("in both").name;
  },
  "a timeline is filtered by those who acted there": async (scene) => {
    await actInBoth(scene);
    const { ask, who, a, b } = scene;
    await ask("select set_config('app.job', 'job of b', true)");
    await ask("insert into public.partners (organization_id, name) values ($1, 'By a job')", [b.id]);
    await ask("select set_config('request.jwt.claims', $1, true)", [JSON.stringify({ sub: who("foreign admin").id })]);
    await ask("insert into public.partners (organization_id, name) values ($1, 'By an admin')", [b.id]);
    const { rows } = await scene.as<{ facets: { actors: { actor: string; name: string | null }[] } }>(
      who("vp"),
      "select public.timeline_facets($1) as facets",
      [a.id],
    );
    const actors = rows[0]?.facets.actors ?? [];
    const both = actors.filter(({ actor }) => actor === `user:${who("in both").id}`);
    return (
      both.length === 1 &&
      both[0]?.name === who("in both").name &&
      !actors.some(({ actor }) => actor === "system:job of b" || actor === `user:${who("foreign admin").id}`)
    );
  },
  "of deals the timeline tells those who may see them: all, their own, or none": async (scene) => {
    const { a, who } = scene;
    await addDeal(scene, a, "Of the representative", who("sales_rep").id);
    await addDeal(scene, a, "Of nobody", null);
    // Nothing else that this person may see could be mistaken for it.
    for (const filter of ["", `, partner => '${a.partner}'`]) {
      const names = async (reader: string) =>
        (await page(scene, who(reader), `${filter}, kinds => '{opportunity_created}', page_size => 200`))
          .map(({ subject_label }) => subject_label)
          .filter((label) => label.startsWith("Of "))
          .toSorted()
          .join();
      if ((await names("vp")) !== "Of nobody,Of the representative") return false;
      if ((await names("sales_rep")) !== "Of the representative") return false;
      if ((await names("only activity.read")) !== "") return false;
    }
    return true;
  },
  "own deals are told where they are": async (scene) => {
    const { a, b, as, who } = scene;
    const me = who("in both");
    await addDeal(scene, b, "Of B", me.id);
    await addDeal(scene, a, "Of A", me.id);
    const { rows } = await as<{ subject_label: string }>(
      me,
      "select subject_label from public.partner_timeline($1, kinds => '{opportunity_created}', page_size => 1)",
      [b.id],
    );
    return rows.map(({ subject_label }) => subject_label).join() === "Of B";
  },
};
