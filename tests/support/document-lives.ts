// One life of a document and of a resource, and what it leaves on the timeline.
import type { Lives } from "./timeline-behaviours.ts";

export const documentLives: Lives = {
  partner_documents: [
    {
      sql: `insert into public.partner_documents (organization_id, partner_id, title, document_type, notion_url)
            values ($1, $2, 'Told by a test', 'plan', 'https://notion.so/one')`,
      values: ({ a }) => [a.id, a.partner],
      leaves: ["document_added"],
    },
    {
      sql: "update public.partner_documents set title = 'Told by a test', tags = '{told}' where title = 'Told by a test'",
      leaves: [],
    },
    {
      sql: "update public.partner_documents set is_shared = true, current_version = 1 where title = 'Told by a test'",
      leaves: ["document_shared"],
    },
    {
      sql: "update public.partner_documents set current_version = 2 where title = 'Told by a test'",
      leaves: ["document_replaced"],
    },
    {
      sql: "update public.partner_documents set notion_url = 'https://notion.so/two' where title = 'Told by a test'",
      leaves: ["document_replaced"],
    },
    {
      sql: "update public.partner_documents set archived_at = now() where title = 'Told by a test'",
      leaves: ["document_removed"],
    },
    { sql: "delete from public.partner_documents where title = 'Told by a test'", leaves: [] },
    {
      sql: "insert into public.partner_documents (organization_id, partner_id, title, document_type) values ($1, $2, 'Told by a test', 'plan')",
      values: ({ a }) => [a.id, a.partner],
      leaves: ["document_added"],
    },
    { sql: "delete from public.partner_documents where title = 'Told by a test'", leaves: ["document_removed"] },
  ],
  partner_resources: [
    {
      sql: `insert into public.partner_resources (organization_id, partner_id, title, url, document_type, published_at)
            values ($1, $2, 'Told at once', 'https://told.example', 'plan', now())`,
      values: ({ a }) => [a.id, a.partner],
      leaves: ["resource_published"],
    },
    {
      sql: `insert into public.partner_resources (organization_id, partner_id, title, url, document_type)
            values ($1, $2, 'Told by a test', 'https://told.example', 'plan'), ($1, null, 'Told by a test', 'https://told.example', 'plan')`,
      values: ({ a }) => [a.id, a.partner],
      leaves: [],
    },
    // The one that is for everybody is in nobody's timeline.
    {
      sql: "update public.partner_resources set published_at = now() where title = 'Told by a test'",
      leaves: ["resource_published"],
    },
  ],
};
