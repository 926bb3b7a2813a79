// Who may do what with documents of partners and with resources: lines of the access matrix.
import type { FunctionLine, RelationLine } from "./access-matrix.ts";
import type { Organization } from "./world.ts";

const documentColumns = ["owner_id", "title", "document_type", "notion_url", "tags", "is_shared"];
const resourceColumns = ["owner_id", "title", "description", "url", "document_type", "published_at"];

export const documentLines: Record<string, RelationLine> = {
  partner_documents: {
    organization: "organization_id",
    own: ["owner_id"],
    select: "documents.read",
    insert: {
      rule: "documents.write",
      columns: ["organization_id", "partner_id", ...documentColumns, "client_key"],
      row: ({ id, partner }: Organization) => ({
        organization_id: id,
        partner_id: partner,
        title: "Added by the tests",
        document_type: "plan",
        tags: [],
        is_shared: false,
      }),
      identity: ["organization_id", "title"],
    },
    update: {
      rule: "documents.write",
      columns: [...documentColumns, "archived_at"],
      change: { document_type: "other" },
    },
    delete: "documents.write",
  },
  partner_document_versions: { organization: "organization_id", select: "documents.read" },
  partner_resources: {
    organization: "organization_id",
    own: ["owner_id"],
    select: "documents.read",
    insert: {
      rule: "documents.write",
      columns: ["organization_id", "partner_id", ...resourceColumns, "client_key"],
      row: ({ id, partner }: Organization) => ({
        organization_id: id,
        partner_id: partner,
        title: "Added by the tests",
        url: "https://resources.example/added",
        document_type: "plan",
      }),
      identity: ["organization_id", "title"],
    },
    update: { rule: "documents.write", columns: resourceColumns, change: { document_type: "other" } },
    delete: "documents.write",
  },
};

export const documentFunctions: Record<string, FunctionLine> = {
  start_document_version: {
    allowed: "documents.write",
    args: ({ organization, document }) => ({
      organization,
      document: document.id,
      file_name: "plan.pdf",
      mime_type: "application/pdf",
      size_bytes: 1000,
    }),
  },
  finish_document_version: {
    allowed: "documents.write",
    args: ({ organization, announcedPath }) => ({ organization, path: announcedPath }),
  },
  orphaned_document_files: { allowed: "nobody", args: () => ({}) },
};
