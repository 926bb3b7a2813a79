// What organizations gather: invitations, configuration, and a long audit log.
import type pg from "pg";
import type { Generation, Step } from "./generation.ts";

export const recordSteps: Step[] = [
  { what: "invitations", run: addInvitations },
  { what: "configuration", run: addConfigurations },
  { what: "audit log", run: addAuditEvents },
];

/** Of every four: one open, one accepted, one revoked, one expired. The largest organization has 400. */
async function addInvitations(client: pg.Client, { size }: Generation): Promise<void> {
  // Limits on seats and on mails are for people who invite: these were never sent.
  await client.query("alter table public.invitations disable trigger user");
  await client.query(
    `insert into public.invitations (
       id, organization_id, email, role_id, token_hash, invited_by, created_at, expires_at, accepted_at, accepted_by, revoked_at
     )
     select
       pg_temp.made_id('invitation ' || n, i), r.organization_id, 'guest' || i || '@organization-' || n || '.test', r.id,
       sha256(convert_to(n || ' ' || i, 'UTF8')), inviter.user_id, made.at,
       case i % 4 when 0 then now() + interval '7 days' else made.at + interval '7 days' end,
       case i % 4 when 1 then made.at + interval '1 day' end, case i % 4 when 1 then pg_temp.made_id('guest ' || n, i) end,
       case i % 4 when 2 then made.at + interval '2 days' end
     from generate_series(1, $1::bigint) as n
     cross join lateral generate_series(1, case n when 1 then 400 else 5 + pg_temp.made_number('invitations', n, 30) end) as i
     cross join lateral (select now() - make_interval(hours => pg_temp.made_number('invited ' || n, i, 9000)::integer) as at) as made
     join public.roles as r on r.organization_id = pg_temp.made_id('organization', n) and r.key = 'sales_rep'
     join public.memberships as inviter on inviter.id = pg_temp.made_id('membership ' || n, 1)`,
    [size.organizations],
  );
  await client.query("alter table public.invitations enable trigger user");
}

/** The largest has set everything, the others every third setting. */
async function addConfigurations(client: pg.Client, { size }: Generation): Promise<void> {
  await client.query(
    `insert into public.configurations (id, organization_id, category, key, value)
     select pg_temp.made_id('configuration ' || n, d.number), pg_temp.made_id('organization', n), d.category, d.key, d.default_value
     from generate_series(1, $1::bigint) as n
     cross join (
       select *, row_number() over (order by category, position) as number
       from public.configuration_definitions where default_value <> 'null'
     ) as d
     where n = 1 or d.number % 3 = n % 3`,
    [size.organizations],
  );
}

/** Two years of changes, in each organization as many as it has people; by ten people each. The scheduled job seals them. */
async function addAuditEvents(client: pg.Client, { size }: Generation): Promise<void> {
  const batches = 20;
  await client.query(
    `create temporary table crowd as
     select o.n as organization, o.id as organization_id, row_number() over (order by o.n, m.id) as number
     from (select n, pg_temp.made_id('organization', n) as id from generate_series(1, $1::bigint) as n) as o
     join public.memberships as m on m.organization_id = o.id`,
    [size.organizations],
  );
  await client.query("create unique index on crowd (number)");
  await client.query("analyze crowd");
  for (let batch = 0; batch < batches; batch++)
    await client.query(
      `with logged as (
         insert into public.audit_log (organization_id, occurred_at, actor, actor_name, action, table_name, row_id, label, changes)
         select
           m.organization_id, now() - interval '730 days' * (1 - n / $3::double precision), 'user:' || doer.user_id, doer.display_name,
           pg_temp.one_of('{update,update,update,insert,delete}', 'action', n),
           pg_temp.one_of('{partners,partner_referrals,partner_tasks,opportunities}', 'table', n),
           pg_temp.made_id('row', n / 5)::text, 'Record ' || n / 5,
           json_build_object('status', json_build_array('open', 'in progress'), 'note', json_build_array(md5(n::text), md5((n + 1)::text)))
         from generate_series($1::bigint, $2::bigint) as n
         join crowd as m on m.number = 1 + pg_temp.made_number('event', n, (select count(*) from crowd))
         join public.memberships as doer on doer.id = pg_temp.made_id('membership ' || m.organization, 1 + n % 10)
         order by n
         returning organization_id, id
       )
       insert into private.audit_pending (organization_id, first_id, last_id)
       select organization_id, min(id), max(id) from logged group by organization_id`,
      [(size.auditEvents / batches) * batch + 1, (size.auditEvents / batches) * (batch + 1), size.auditEvents],
    );
}
