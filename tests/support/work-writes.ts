// Work with partners that comes, changes and goes: each write leaves its event in the audit log.
import type { Scene } from "./access-behaviours.ts";
import type { AuditedWrites } from "./audit-behaviours.ts";

type Column = [name: string, value: string];

/** The row is found by its first column. */
const written = (table: string, columns: [Column, ...Column[]], change: string): AuditedWrites[string] => {
  const [[key, word]] = columns;
  const where = `where organization_id = $1 and ${key} = ${word}`;
  const names = columns.map(([name]) => name).join(", ");
  const values = columns.map(([, value]) => value).join(", ");
  return {
    insert: ({ a }: Scene) => [
      `insert into public.${table} (organization_id, ${names})
       select $1, ${values} from (select $2::uuid as partner, $3::uuid as task, $4::uuid as member) as given`,
      [a.id, a.partner, a.task, a.member],
    ],
    update: ({ a }: Scene) => [`update public.${table} set ${change} ${where}`, [a.id]],
    delete: ({ a }: Scene) => [`delete from public.${table} ${where}`, [a.id]],
  };
};

const word = "'Kept by a test'";
const partner: Column = ["partner_id", "partner"];

export const workWrites: AuditedWrites = {
  partner_tasks: written("partner_tasks", [["title", word], partner], "description = 'Kept'"),
  partner_task_comments: written(
    "partner_task_comments",
    [["author_name", word], partner, ["task_id", "task"], ["body", word], ["author_id", "member"]],
    "body = 'Kept'",
  ),
  partner_interactions: written(
    "partner_interactions",
    [["subject", word], partner, ["user_id", "member"], ["interaction_type", "'call'"]],
    "notes = 'Kept'",
  ),
  partner_training: written("partner_training", [["title", word], partner, ["person_name", word]], "score = 80"),
  custom_field_definitions: written(
    "custom_field_definitions",
    [
      ["label", word],
      ["key", "'kept'"],
      ["field_type", "'text'"],
    ],
    "help = 'Kept'",
  ),
  saved_views: written(
    "saved_views",
    [
      ["name", word],
      ["owner_id", "member"],
      ["definition", "'{}'"],
    ],
    "position = 3",
  ),
};
