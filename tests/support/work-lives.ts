// One life of each row of work with partners, and what it leaves on the timeline.
import type { Lives } from "./timeline-behaviours.ts";

export const workLives: Lives = {
  partner_tasks: [
    {
      sql: "insert into public.partner_tasks (organization_id, partner_id, title) values ($1, $2, 'Told by a test')",
      values: ({ a }) => [a.id, a.partner],
      leaves: ["task_created"],
    },
    { sql: "update public.partner_tasks set due_on = '2027-01-01' where title = 'Told by a test'", leaves: [] },
    {
      sql: "update public.partner_tasks set status = 'completed' where title = 'Told by a test'",
      leaves: ["task_completed"],
    },
    {
      sql: "update public.partner_tasks set status = 'pending' where title = 'Told by a test'",
      leaves: ["task_reopened"],
    },
    {
      sql: "insert into public.partner_tasks (organization_id, partner_id, title, status) values ($1, $2, 'Done already', 'completed')",
      values: ({ a }) => [a.id, a.partner],
      leaves: ["task_created", "task_completed"],
    },
  ],
  partner_task_comments: [
    {
      sql: `insert into public.partner_task_comments (organization_id, partner_id, task_id, body, author_id, author_name)
            values ($1, $2, $3, 'Told by a test', $4, 'Tester')`,
      values: ({ a }) => [a.id, a.partner, a.task, a.member],
      leaves: ["task_commented"],
    },
  ],
  partner_interactions: [
    {
      sql: `insert into public.partner_interactions (organization_id, partner_id, user_id, interaction_type, subject)
            values ($1, $2, $3, 'meeting', 'Told by a test')`,
      values: ({ a }) => [a.id, a.partner, a.member],
      leaves: ["interaction_logged"],
    },
  ],
  partner_training: [
    {
      sql: `insert into public.partner_training (organization_id, partner_id, title, person_name) values ($1, $2, 'Told by a test', 'Pat')`,
      values: ({ a }) => [a.id, a.partner],
      leaves: ["training_assigned"],
    },
    {
      sql: "update public.partner_training set status = 'completed' where title = 'Told by a test'",
      leaves: ["training_completed"],
    },
    {
      sql: "update public.partner_training set status = 'expired' where title = 'Told by a test'",
      leaves: ["training_expired"],
    },
  ],
};
