// Work with partners in the world of tests: what is nobody's, and what belongs to each who may only write what is their own.
import { randomUUID } from "node:crypto";
import type { Ask } from "./owner.ts";
import type { Organization } from "./world.ts";

/** Gives the task back that is nobody's. Comments are of people who act nowhere in the tests: they belong to their authors. */
export async function addWork(ask: Ask, organization: Organization, reps: string[]): Promise<string> {
  const { id, canary, partner, member } = organization;
  const addTask = async (what: string, assignee: string | null, author: string | null) => {
    const [task] = await ask<{ id: string }>(
      `insert into public.partner_tasks (organization_id, partner_id, title, description, assignee_id, created_by, is_shared)
       values ($1, $2, $3 || $4, $3, $5, $6, true) returning id`,
      [id, partner, canary, ` ${what}`, assignee, author],
    );
    if (!task) throw new Error("The task was not made.");
    return task.id;
  };
  const task = await addTask("task", null, null);
  for (const rep of reps) {
    await addTask("task of a rep", rep, null);
    await addTask("task by a rep", null, rep);
  }
  await ask(
    `insert into public.partner_task_comments (organization_id, partner_id, task_id, body, author_id, author_name)
     values ($1, $2, $3, $4, $5, $4)`,
    [id, partner, task, canary, randomUUID()],
  );
  await ask(
    `insert into public.partner_interactions (organization_id, partner_id, user_id, interaction_type, subject, notes, occurred_at)
     select $1, $2, who, 'call', $3, $3, now() - interval '3 days' from unnest($4::uuid[]) as who`,
    [id, partner, canary, [member, ...reps]],
  );
  await ask(
    "insert into public.partner_training (organization_id, partner_id, title, person_name) values ($1, $2, $3, $3)",
    [id, partner, canary],
  );
  await ask(
    `insert into public.custom_field_definitions (organization_id, key, label, field_type) values ($1, 'canary', $2, 'text')`,
    [id, canary],
  );
  await ask(
    `insert into public.saved_views (organization_id, owner_id, name, definition, is_shared)
     values ($1, $2, $3, jsonb_build_object('search', $3::text), true)`,
    [id, member, canary],
  );
  return task;
}
