// What is done with partners: tasks, contact, training, documents.
import { inBulk, type Scene } from "./scene.ts";

export async function addWork({ client, organization, counts, until, choices }: Scene): Promise<void> {
  const tables = ["tasks", "interactions", "training", "documents"].map((name) => `public.partner_${name}`);
  await inBulk(client, tables, async () => {
    await client.query(
      `insert into public.partner_tasks (
         id, organization_id, partner_id, title, status, priority, due_on, completed_at, assignee_id, created_by, is_shared, created_at, updated_at
       )
       select pg_temp.own_id('task', n), $1, c.id,
         pg_temp.own_choice('{Agree the joint plan,Send the price list,Prepare the review,Renew the agreement,Plan the campaign,Answer open questions,Update the contact}', 'task', n),
         made.status, pg_temp.own_choice($5, 'priority', n), (made.at + (14 * pg_temp.own_share('task due', n)) * interval '1 day')::date,
         case when made.status = 'completed' then made.done_at end, worker.user_id, worker.user_id, pg_temp.own_number('task shared', n, 5) = 0,
         made.at, case when made.status = 'completed' then made.done_at else made.at end
       from generate_series(1, $2::bigint) as n
       join company as c on c.place = pg_temp.own_partner('task partner', n, $3)
       join staff as worker on worker.place = 1 + pg_temp.own_number('worker', n, (select count(*) from staff))
       cross join lateral (select c.since + ($4::timestamptz - c.since) * pg_temp.own_share('task begun', n) as at) as day
       cross join lateral (
         select day.at, least($4::timestamptz, day.at + (20 * pg_temp.own_share('task done', n)) * interval '1 day') as done_at,
           case when day.at < $4::timestamptz - interval '40 days' and pg_temp.own_number('task late', n, 20) > 0 then 'completed'
             else pg_temp.own_choice('{pending,in_progress,completed,cancelled}', 'task status', n) end as status
       ) as made
       on conflict on constraint partner_tasks_pkey do nothing`,
      [organization, counts.tasks, counts.partners, until, choices.priorities],
    );
    await client.query(
      `insert into public.partner_interactions (
         id, organization_id, partner_id, user_id, interaction_type, subject, notes, occurred_at, duration_minutes, is_shared, created_at, updated_at
       )
       select pg_temp.own_id('interaction', n), $1, c.id, worker.user_id, pg_temp.own_choice($5, 'contact kind', n),
         pg_temp.own_choice('{Quarterly review,Pipeline call,Introduction,Training session,Escalation,Joint event,Price talk}', 'contact subject', n),
         case when pg_temp.own_number('contact noted', n, 3) = 0 then 'Agreed on the next steps; follow up in two weeks.' end,
         day.at, 15 * (1 + pg_temp.own_number('minutes', n, 6)), pg_temp.own_number('contact shared', n, 8) = 0, day.at, day.at
       from generate_series(1, $2::bigint) as n
       join company as c on c.place = pg_temp.own_partner('contact partner', n, $3)
       join staff as worker on worker.place = 1 + pg_temp.own_number('contact worker', n, (select count(*) from staff))
       cross join lateral (select c.since + ($4::timestamptz - c.since) * pg_temp.own_share('contact at', n) as at) as day
       on conflict on constraint partner_interactions_pkey do nothing`,
      [organization, counts.interactions, counts.partners, until, choices.interactionTypes],
    );
    await client.query(
      `insert into public.partner_training (
         id, organization_id, partner_id, title, person_name, status, due_on, completed_at, expires_on, score, created_at, updated_at
       )
       select pg_temp.own_id('training', n), $1, c.id,
         pg_temp.own_choice('{Sales basics,Technical associate,Security specialist,Solution architect}', 'course', n),
         pg_temp.own_choice('{Robin Fast,Toni Weiss,Chris Lind,Maxi Roth,Dana Kral}', 'student', n), made.status, (made.at + interval '30 days')::date,
         case when made.status in ('completed', 'expired') then made.done_at end,
         case when made.status in ('completed', 'expired') then (made.done_at + interval '12 months')::date end,
         case when made.status in ('completed', 'expired') then 60 + pg_temp.own_number('score', n, 41) end,
         made.at, case when made.status in ('completed', 'expired') then made.done_at else made.at end
       from generate_series(1, $2::bigint) as n
       join company as c on c.place = pg_temp.own_partner('training partner', n, $3)
       cross join lateral (select c.since + ($4::timestamptz - c.since) * pg_temp.own_share('training at', n) as at) as day
       cross join lateral (select day.at, least($4::timestamptz, day.at + (25 * pg_temp.own_share('training done', n)) * interval '1 day') as done_at) as days
       cross join lateral (
         select days.at, days.done_at, case
           when pg_temp.own_number('trained', n, 3) = 0 then pg_temp.own_choice('{assigned,in_progress}', 'training status', n)
           when (days.done_at + interval '12 months')::date < $4::date then 'expired'
           else 'completed'
         end as status
       ) as made
       on conflict on constraint partner_training_pkey do nothing`,
      [organization, counts.training, counts.partners, until],
    );
    await client.query(
      `insert into public.partner_documents (
         id, organization_id, partner_id, owner_id, title, document_type, notion_url, tags, is_shared, created_at, updated_at
       )
       select pg_temp.own_id('document', n), $1, c.id, c.owner_id,
         pg_temp.own_choice('{Partner agreement,Joint business plan,Price list,Quarterly review,Security questionnaire}', 'document', n) || ' ' || n,
         pg_temp.own_choice($5, 'document kind', n), 'https://www.notion.so/partner-' || pg_temp.own_id('page', n),
         '{}', pg_temp.own_number('document shared', n, 2) = 0, day.at, day.at
       from generate_series(1, $2::bigint) as n
       join company as c on c.place = pg_temp.own_partner('document partner', n, $3)
       cross join lateral (select c.since + ($4::timestamptz - c.since) * pg_temp.own_share('document at', n) as at) as day
       on conflict on constraint partner_documents_pkey do nothing`,
      [organization, counts.documents, counts.partners, until, choices.documentTypes],
    );
  });
}
