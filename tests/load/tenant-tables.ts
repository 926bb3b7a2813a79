// Which tables belong to organizations, read from the catalogue: what is added later is measured by itself.
import type pg from "pg";
import { prelude } from "../../supabase/local/checks/catalogue/rule.ts";
import { exposedSchemas } from "../../supabase/local/checks/catalogue.ts";

export interface TenantTable {
  object: string;
  /** What clients may read. */
  columns: string[];
  /** What its list is sorted by on screen, the last one unique. */
  order: Order;
  /** Which rows its list has. */
  listed: string;
  /** Screens list it for one of these at a time: the column that says of which. */
  of?: string | undefined;
  /** What its figure groups by: a column that an index has beside the organization. */
  group: string;
  /** How screens count it, where a policy has to ask row by row whose it is. */
  asked?: Asked | undefined;
}

/** $1 is the organization, $2 what it is listed for. The owner's way to the same rows comes first. */
interface Asked {
  count: [owner: string, person: string];
  figure: [owner: string, person: string];
}

interface Order {
  columns: string[];
  descending: boolean;
}

interface Shape {
  order?: Order;
  listed?: string;
  of?: string | undefined;
  group?: string;
  asked?: Asked;
}

const stagesOfOne = `select count(*) from public.opportunity_stage_history where organization_id = $1 and opportunity_id = $2`;
const stagesByStatus = `select status, count(*) from public.opportunity_stage_history
  where organization_id = $1 and opportunity_id = $2 group by status order by status`;

/** How screens list what is not listed by its key. */
const shapes: Record<string, Shape> = {
  "public.configurations": { order: { columns: ["category", "key"], descending: false }, group: "category" },
  "public.custom_field_definitions": {
    order: { columns: ["entity", "position", "id"], descending: false },
    group: "entity",
  },
  "public.customers": { order: { columns: ["name", "id"], descending: false }, group: "owner_id" },
  "public.deal_registrations": {
    order: { columns: ["requested_at", "id"], descending: true },
    listed: "status = 'requested'",
    group: "status",
  },
  "public.invitations": {
    order: { columns: ["created_at", "id"], descending: true },
    listed: "accepted_at is null and revoked_at is null",
    group: "role_id",
  },
  "public.memberships": { order: { columns: ["display_name", "id"], descending: false }, group: "role_id" },
  "public.opportunities": {
    order: { columns: ["name", "id"], descending: false },
    asked: {
      count: [
        "select count(*) from public.opportunities where organization_id = $1",
        "select public.count_opportunities($1)",
      ],
      figure: [
        `select currency, status, count(*), sum(value), round(sum(value * probability) / 100, private.currency_exponent(currency))
         from public.opportunities where organization_id = $1 group by currency, status order by currency nulls last, status`,
        "select * from public.pipeline_summary($1)",
      ],
    },
  },
  "public.opportunity_stage_history": {
    of: "opportunity_id",
    order: { columns: ["changed_at", "id"], descending: false },
    asked: { count: [stagesOfOne, stagesOfOne], figure: [stagesByStatus, stagesByStatus] },
  },
  "public.partner_document_versions": {
    of: "partner_id",
    order: { columns: ["document_id", "number"], descending: false },
    group: "partner_id",
  },
  "public.partner_documents": {
    of: "partner_id",
    order: { columns: ["id"], descending: false },
    group: "partner_id",
  },
  "public.partner_interactions": {
    of: "partner_id",
    order: { columns: ["occurred_at", "id"], descending: true },
    group: "partner_id",
  },
  "public.partner_members": {
    of: "partner_id",
    order: { columns: ["display_name", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_referrals": { order: { columns: ["referred_at", "id"], descending: true }, group: "status" },
  "public.partner_resources": {
    of: "partner_id",
    order: { columns: ["title", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_task_comments": {
    of: "partner_id",
    order: { columns: ["task_id", "created_at", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_tasks": {
    of: "partner_id",
    order: { columns: ["created_at", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_training": { of: "partner_id", order: { columns: ["id"], descending: false }, group: "partner_id" },
  "public.role_permissions": { group: "role_id" },
  "public.roles": { group: "is_built_in" },
  "public.saved_views": { order: { columns: ["surface", "position", "id"], descending: false }, group: "surface" },
};

export async function tenantTables(client: pg.Client): Promise<TenantTable[]> {
  const { rows } = await client.query<{ object: string; columns: string[]; key: string[] }>(
    `${prelude}
     select r.object,
       array(
         select quote_ident(a.attname) from pg_catalog.pg_attribute as a
         where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
           and has_column_privilege('authenticated', r.oid, a.attnum, 'select')
         order by a.attnum
       ) as columns,
       array(
         select quote_ident(a.attname)
         from pg_catalog.pg_constraint as key
         cross join lateral unnest(key.conkey) with ordinality as part (attnum, position)
         join pg_catalog.pg_attribute as a on a.attrelid = key.conrelid and a.attnum = part.attnum
         where key.conrelid = r.oid and key.contype = 'p' and a.attname <> 'organization_id'
         order by part.position
       ) as key
     from tenant as t
     join relation as r on r.oid = t.oid
     where r.is_exposed and not r.relispartition
     order by 1`,
    [exposedSchemas()],
  );
  return rows
    .filter(({ columns }) => columns.length > 0)
    .map(({ object, columns, key }) => ({
      object,
      columns,
      order: shapes[object]?.order ?? { columns: key, descending: false },
      listed: shapes[object]?.listed ?? "true",
      of: shapes[object]?.of,
      group: shapes[object]?.group ?? "organization_id",
      asked: shapes[object]?.asked,
    }));
}
