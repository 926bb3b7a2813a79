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
  /** What its figure groups by: a column that an index has beside the organization. */
  group: string;
}

interface Order {
  columns: string[];
  descending: boolean;
}

interface Shape {
  order?: Order;
  listed?: string;
  group?: string;
}

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
  "public.opportunities": { order: { columns: ["name", "id"], descending: false }, group: "status" },
  "public.opportunity_stage_history": {
    order: { columns: ["opportunity_id", "changed_at", "id"], descending: false },
    group: "opportunity_id",
  },
  "public.partner_document_versions": {
    order: { columns: ["partner_id", "document_id", "number"], descending: false },
    group: "partner_id",
  },
  "public.partner_documents": { order: { columns: ["partner_id", "id"], descending: false }, group: "partner_id" },
  "public.partner_interactions": {
    order: { columns: ["partner_id", "occurred_at", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_members": {
    order: { columns: ["partner_id", "display_name", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_referrals": { order: { columns: ["referred_at", "id"], descending: true }, group: "status" },
  "public.partner_resources": {
    order: { columns: ["partner_id", "title", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_task_comments": {
    order: { columns: ["partner_id", "task_id", "created_at", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_tasks": {
    order: { columns: ["partner_id", "created_at", "id"], descending: false },
    group: "partner_id",
  },
  "public.partner_training": { group: "partner_id" },
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
      group: shapes[object]?.group ?? "organization_id",
    }));
}
