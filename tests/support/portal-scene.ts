// What scenes in the portal share: the guest, what a function tells them, and rows that say whose they are.
import type { Scene } from "./access-behaviours.ts";

export const guestOf = ({ who }: Scene) => who("partner user");

/** Everything that a function of the portal answers to the guest, as one text. */
export async function told(scene: Scene, name: string, args = ""): Promise<string> {
  const { rows, error } = await scene.as<{ told: string }>(
    guestOf(scene),
    `select coalesce(string_agg(to_jsonb(r)::text, ' '), '') as told from public.${name}($1${args}) as r`,
    [scene.a.partner],
  );
  if (error) throw new Error(error.message);
  return rows[0]?.told ?? "";
}

/** Rows that say whose they are: the guest's, of another partner of the organization, and of another organization. */
export async function plant(scene: Scene, sql: string, values: (mark: string) => unknown[] = () => []) {
  const { a, b, targets, ask } = scene;
  for (const [mark, organization, partner] of [
    ["ours", a.id, a.partner],
    ["theirs", a.id, targets.partner.id],
    ["foreign", b.id, b.partner],
  ])
    await ask(sql, [organization, partner, `planted ${mark}`, ...values(String(mark))]);
}

export const tellsOnlyOurs = (text: string) =>
  text.includes("planted ours") && !/planted (?:theirs|foreign)|kept inside/.test(text);

export const submit = (scene: Scene, args: object = {}, who = "partner user", partner = scene.a.partner) =>
  scene.call(scene.who(who), "portal_submit_referral", { partner, client_name: "Brought by a guest", ...args });
