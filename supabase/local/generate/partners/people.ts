// Who takes part: people of partners, what is said about tasks, and what is laid out for partners to use.
import { inBulk, type Scene } from "./scene.ts";

export async function addPeople({ client, organization, counts, until, choices }: Scene): Promise<void> {
  const tables = ["members", "task_comments", "resources"].map((name) => `public.partner_${name}`);
  await inBulk(client, tables, async () => {
    // Invited, and not yet there: somebody with an account would be able to sign in.
    await client.query(
      `insert into public.partner_members (id, organization_id, partner_id, email, display_name, invited_by, created_at, updated_at)
       select pg_temp.own_id('partner person', n), $1, c.id, 'person-' || n || '@partner-' || c.place || '.example',
         pg_temp.own_choice('{Robin Fast,Toni Weiss,Chris Lind,Maxi Roth,Dana Kral}', 'person', n), inviter.user_id, day.at, day.at
       from generate_series(1, $2::bigint / 3) as n
       join company as c on c.place = n * 3
       join staff as inviter on inviter.place = 1 + pg_temp.own_number('inviter', n, (select count(*) from staff))
       cross join lateral (select c.since + ($3::timestamptz - c.since) * pg_temp.own_share('invited at', n) as at) as day
       on conflict on constraint partner_members_pkey do nothing`,
      [organization, counts.partners, until],
    );
    await client.query(
      `insert into public.partner_task_comments (
         id, organization_id, partner_id, task_id, body, author_id, author_name, is_shared, created_at, updated_at
       )
       select pg_temp.own_id('comment', n), $1, t.partner_id, t.id,
         pg_temp.own_choice('{Waiting for their answer.,Done on our side.,Please have a look.,Moved to next week.,They agreed on the phone.}', 'comment', n),
         author.user_id, author.display_name, t.is_shared, day.at, day.at
       from generate_series(1, $2::bigint / 3) as n
       join public.partner_tasks as t on t.id = pg_temp.own_id('task', n * 3)
       join staff as author on author.user_id = t.assignee_id
       cross join lateral (select least($3::timestamptz, t.created_at + pg_temp.own_share('commented', n) * interval '9 days') as at) as day
       on conflict on constraint partner_task_comments_pkey do nothing`,
      [organization, counts.tasks, until],
    );
    // Every tenth is for all partners.
    await client.query(
      `insert into public.partner_resources (
         id, organization_id, partner_id, owner_id, title, url, document_type, published_at, created_at, updated_at
       )
       select pg_temp.own_id('resource', n), $1, case when n % 10 > 0 then c.id end, c.owner_id,
         pg_temp.own_choice('{Sales deck,Price list,Battle card,Logo package,Onboarding guide}', 'resource', n) || ' ' || n,
         'https://resources.example/' || pg_temp.own_id('page of resource', n), pg_temp.own_choice($4, 'resource kind', n),
         case when pg_temp.own_number('published', n, 8) > 0 then day.at end, day.at, day.at
       from generate_series(1, $2::bigint / 10) as n
       join company as c on c.place = n * 10
       cross join lateral (select c.since + ($3::timestamptz - c.since) * pg_temp.own_share('resource at', n) as at) as day
       on conflict on constraint partner_resources_pkey do nothing`,
      [organization, counts.partners, until, choices.documentTypes],
    );
  });
}
