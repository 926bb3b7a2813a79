// What is kept: each write of what organizations are made of leaves its event, and what is kept cannot be taken away.
import type { Behaviours, Scene } from "./access-behaviours.ts";
import { referralWrites } from "./referral-writes.ts";
import { workWrites } from "./work-writes.ts";

type Write = (scene: Scene) => [sql: string, values: unknown[]];

/** By table: a row comes, changes and goes. */
export type AuditedWrites = Record<string, { insert: Write; update: Write; delete: Write }>;

/** What hangs on an organization goes with it. */
export const auditedWrites: AuditedWrites = {
  ...referralWrites,
  ...workWrites,
  organizations: {
    insert: () => ["insert into public.organizations (name, slug) values ('Kept', 'kept-by-a-test')", []],
    update: () => ["update public.organizations set name = 'Kept 2' where slug = 'kept-by-a-test'", []],
    delete: () => ["delete from public.organizations where slug = 'kept-by-a-test'", []],
  },
  roles: {
    insert: ({ a }) => [
      "insert into public.roles (organization_id, key, name) values ($1, 'kept', 'Kept by a test')",
      [a.id],
    ],
    update: ({ a }) => [
      "update public.roles set description = 'Kept' where organization_id = $1 and key = 'kept'",
      [a.id],
    ],
    delete: ({ a }) => ["delete from public.roles where organization_id = $1 and key = 'kept'", [a.id]],
  },
  role_permissions: {
    insert: ({ targets }) => [
      `insert into public.role_permissions (organization_id, role_id, permission, scope) values ($1, $2, 'partners.write', 'all')`,
      [targets.organization, targets.emptyRole.id],
    ],
    update: ({ targets }) => [
      "update public.role_permissions set scope = 'own' where role_id = $1",
      [targets.emptyRole.id],
    ],
    delete: ({ targets }) => ["delete from public.role_permissions where role_id = $1", [targets.emptyRole.id]],
  },
  memberships: {
    insert: ({ a, who }) => [
      `insert into public.memberships (organization_id, user_id, role_id, display_name, avatar_color) values ($1, $2, $3, 'Kept', 'slate')`,
      [a.id, who("outsider").id, a.roles.vp],
    ],
    update: ({ a, who }) => [
      "update public.memberships set role_id = $3 where organization_id = $1 and user_id = $2",
      [a.id, who("outsider").id, a.roles.data_team],
    ],
    delete: ({ a, who }) => [
      "delete from public.memberships where organization_id = $1 and user_id = $2",
      [a.id, who("outsider").id],
    ],
  },
  invitations: {
    insert: ({ a, who }) => [
      `insert into public.invitations (organization_id, email, role_id, token_hash, invited_by, expires_at)
       values ($1, 'kept@world.test', $2, sha256('kept'), $3, now() + interval '1 day')`,
      [a.id, a.roles.vp, who("org_admin").id],
    ],
    update: () => ["update public.invitations set revoked_at = now() where email = 'kept@world.test'", []],
    delete: () => ["delete from public.invitations where email = 'kept@world.test'", []],
  },
  partners: {
    insert: ({ a }) => ["insert into public.partners (organization_id, name) values ($1, 'Kept by a test')", [a.id]],
    update: ({ a }) => [
      "update public.partners set region = 'emea' where organization_id = $1 and name = 'Kept by a test'",
      [a.id],
    ],
    delete: ({ a }) => ["delete from public.partners where organization_id = $1 and name = 'Kept by a test'", [a.id]],
  },
  partner_commission_terms: {
    insert: ({ a }) => [
      "insert into public.partner_commission_terms (organization_id, partner_id, commission_type) values ($1, $2, 'custom')",
      [a.id, a.partner],
    ],
    update: ({ a }) => ["update public.partner_commission_terms set rate = 3 where partner_id = $1", [a.partner]],
    delete: ({ a }) => ["delete from public.partner_commission_terms where partner_id = $1", [a.partner]],
  },
  partner_members: {
    insert: ({ a }) => [
      `insert into public.partner_members (organization_id, partner_id, email, display_name)
       values ($1, $2, 'kept@world.test', 'Kept by a test')`,
      [a.id, a.partner],
    ],
    update: () => [
      "update public.partner_members set display_name = 'Kept by a test 2' where email = 'kept@world.test'",
      [],
    ],
    delete: () => ["delete from public.partner_members where email = 'kept@world.test'", []],
  },
  customers: {
    insert: ({ a }) => ["insert into public.customers (organization_id, name) values ($1, 'Kept by a test')", [a.id]],
    update: ({ a }) => [
      "update public.customers set region = 'emea' where organization_id = $1 and name = 'Kept by a test'",
      [a.id],
    ],
    delete: ({ a }) => ["delete from public.customers where organization_id = $1 and name = 'Kept by a test'", [a.id]],
  },
  opportunities: {
    insert: ({ a }) => [
      "insert into public.opportunities (organization_id, customer_id, name) values ($1, $2, 'Kept by a test')",
      [a.id, a.customer],
    ],
    update: ({ a }) => [
      "update public.opportunities set next_step = 'Kept' where organization_id = $1 and name = 'Kept by a test'",
      [a.id],
    ],
    delete: ({ a }) => [
      "delete from public.opportunities where organization_id = $1 and name = 'Kept by a test'",
      [a.id],
    ],
  },
  partner_documents: {
    insert: ({ a }) => [
      "insert into public.partner_documents (organization_id, partner_id, title, document_type) values ($1, $2, 'Kept by a test', 'plan')",
      [a.id, a.partner],
    ],
    update: () => ["update public.partner_documents set is_shared = true where title = 'Kept by a test'", []],
    delete: () => ["delete from public.partner_documents where title = 'Kept by a test'", []],
  },
  partner_document_versions: {
    insert: ({ targets }) => [
      `insert into public.partner_document_versions
         (id, organization_id, partner_id, document_id, number, storage_path, file_name, mime_type, size_bytes)
       select id, organization_id, partner_id, document_id, 7, concat_ws('/', organization_id, partner_id, document_id, id, 'a.pdf'),
         'Kept by a test.pdf', 'application/pdf', 7
       from (
         select gen_random_uuid() as id, d.organization_id, d.partner_id, d.id as document_id
         from public.partner_documents as d where d.id = $1
       ) as made`,
      [targets.document.id],
    ],
    update: () => [
      "update public.partner_document_versions set stored_at = now() where file_name = 'Kept by a test.pdf'",
      [],
    ],
    delete: () => ["delete from public.partner_document_versions where file_name = 'Kept by a test.pdf'", []],
  },
  partner_resources: {
    insert: ({ a }) => [
      "insert into public.partner_resources (organization_id, title, url, document_type) values ($1, 'Kept by a test', 'https://kept.example', 'plan')",
      [a.id],
    ],
    update: () => ["update public.partner_resources set description = 'Kept' where title = 'Kept by a test'", []],
    delete: () => ["delete from public.partner_resources where title = 'Kept by a test'", []],
  },
  configurations: {
    insert: ({ a }) => [
      "insert into public.configurations (organization_id, category, key, value) values ($1, 'team', 'team_size', '7')",
      [a.id],
    ],
    update: ({ a }) => [
      "update public.configurations set value = '8' where organization_id = $1 and key = 'team_size'",
      [a.id],
    ],
    delete: ({ a }) => ["delete from public.configurations where organization_id = $1 and key = 'team_size'", [a.id]],
  },
};

const leavesEvents = (table: string, { insert, update, delete: remove }: AuditedWrites[string]) =>
  async function kept(scene: Scene): Promise<boolean> {
    for (const [action, write] of Object.entries({ insert, update, delete: remove })) {
      const count = () =>
        scene
          .value(
            "select count(*) from public.audit_log where table_name = $1 and action = $2 and txid = pg_current_xact_id()",
            [table, action],
          )
          .then(Number);
      const before = await count();
      await scene.ask(...write(scene));
      if ((await count()) !== before + 1) return false;
    }
    const { error } = await scene.attempt(`truncate public.${table} cascade`);
    return error?.message.startsWith(`${table} `) === true;
  };

export const auditBehaviours: Behaviours = {
  ...Object.fromEntries(
    Object.entries(auditedWrites).map(([table, write]) => [
      `each write of ${table} leaves one event`,
      leavesEvents(table, write),
    ]),
  ),
  "an event says who, in which organization, from what to what": async ({ as, ask, who, a }) => {
    await as(who("in both"), "update public.organizations set name = 'New name' where id = $1", [a.id]);
    const [event] = await ask<{
      actor: string;
      actor_name: string;
      organization_id: string;
      changes: Record<string, unknown>;
    }>(
      "select actor, actor_name, organization_id, changes from public.audit_log where table_name = 'organizations' and action = 'update' order by id desc limit 1",
    );
    const told = JSON.stringify(event?.changes.name);
    return (
      event?.actor === `user:${who("in both").id}` &&
      event.actor_name === who("in both").name &&
      event.organization_id === a.id &&
      told === JSON.stringify([a.canary, "New name"])
    );
  },
  "the log is changed, emptied and shortened by nobody": async ({ attempt }) => {
    for (const sql of [
      "update public.audit_log set actor = 'user:nobody'",
      "delete from public.audit_log",
      "truncate public.audit_log",
    ])
      if ((await attempt(sql)).error === null) return false;
    return true;
  },
  "seals, receipts and notes of erasure are changed, emptied and shortened by nobody": async ({
    ask,
    attempt,
    value,
  }) => {
    await ask("select private.seal_audit_log()");
    if (Number(await value("select count(*) from private.audit_seals")) === 0) return false;
    for (const table of ["audit_seals", "audit_anchors", "audit_erasures"])
      for (const sql of [
        `update private.${table} set organization_id = gen_random_uuid()`,
        `delete from private.${table}`,
        `truncate private.${table}`,
      ])
        if ((await attempt(sql)).error === null) return false;
    return true;
  },
  "a refused attempt of a member is in the log, a stranger's is not": async ({ call, who, a, value }) => {
    const count = () =>
      value("select count(*) from public.audit_log where organization_id = $1 and action like '%denied%'", [a.id]).then(
        Number,
      );
    const args = { organization: a.id, address: "someone@world.test", role: a.roles.vp };
    const before = await count();
    await call(who("sales_rep"), "invite_member", args);
    const after = await count();
    for (const stranger of ["outsider", "foreign admin"]) await call(who(stranger), "invite_member", args);
    return after === before + 1 && (await count()) === after;
  },
  "what the platform does to an organization is in its log": async ({ call, who, a, ask }) => {
    const reason = "Asked for by the tests.";
    await call(who("staff"), "open_platform_access", { organization: a.id, reason, minutes: 5 });
    await call(who("staff"), "close_platform_access", { organization: a.id });
    await call(who("staff"), "set_organization_active", { organization: a.id, active: false, reason });
    await call(who("staff"), "set_organization_active", { organization: a.id, active: true, reason });
    const events = await ask<{ action: string }>(
      "select action from public.audit_log where organization_id = $1 and actor = $2 and action ~ '^(platform|organization)_' order by id",
      [a.id, `user:${who("staff").id}`],
    );
    return events
      .map(({ action }) => action)
      .join()
      .startsWith("platform_access_opened,platform_access_closed,organization_suspended,organization_reactivated");
  },
};
