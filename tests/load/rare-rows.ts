// Rows of tables that the generator leaves out, because a demonstration would not want them: versions whose files do not exist, own
// fields and saved views by the dozen.
import type pg from "pg";
import { inBulk } from "../../supabase/local/generate/partners/scene.ts";

const tables = ["partner_document_versions", "custom_field_definitions", "saved_views"];

export async function fillTheRest(client: pg.Client): Promise<void> {
  await inBulk(
    client,
    tables.map((name) => `public.${name}`),
    async () => {
      await client.query(
        `insert into public.partner_document_versions (
           id, organization_id, partner_id, document_id, number, storage_path, file_name, mime_type, size_bytes, stored_at
         )
         select made.id, d.organization_id, d.partner_id, d.id, 1,
           concat_ws('/', d.organization_id, d.partner_id, d.id, made.id, 'file.pdf'), 'File.pdf', 'application/pdf', 1000, d.created_at
         from public.partner_documents as d
         cross join lateral (select md5('version of ' || d.id)::uuid as id) as made`,
      );
      await client.query(
        `insert into public.custom_field_definitions (organization_id, key, label, field_type, position)
         select distinct p.organization_id, 'field_' || n, 'Field ' || n, 'text', n
         from public.partners as p cross join generate_series(1, 20) as n`,
      );
      await client.query(
        `insert into public.saved_views (organization_id, owner_id, name, definition, is_shared, position)
         select m.organization_id, m.user_id, 'View ' || n, '{}', true, n
         from (select distinct organization_id from public.partners) as o
         cross join lateral (
           select given.* from public.memberships as given
           where given.organization_id = o.organization_id and given.status = 'active'
           order by given.id limit 20
         ) as m
         cross join generate_series(1, 3) as n`,
      );
    },
  );
  await client.query("vacuum (analyze)");
}
