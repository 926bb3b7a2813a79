// Who may do what with tasks, contacts, training, fields of the organization's own and saved views: lines of the access matrix.
import type { RelationLine } from "./access-matrix.ts";
import type { Organization } from "./world.ts";

const belongs = ({ id, partner }: Organization) => ({ organization_id: id, partner_id: partner });

const taskColumns = ["title", "description", "status", "priority", "due_on", "assignee_id", "is_shared", "metadata"];

const tasksLine: RelationLine = {
  organization: "organization_id",
  own: ["assignee_id", "created_by"],
  select: "tasks.read",
  insert: {
    rule: "tasks.write",
    ownsWhatIsAdded: true,
    columns: ["organization_id", "partner_id", ...taskColumns, "client_key"],
    row: (organization) => ({
      ...belongs(organization),
      title: "Added by the tests",
      status: "pending",
      is_shared: false,
      metadata: {},
    }),
    identity: ["organization_id", "title"],
  },
  update: { rule: "tasks.write", columns: taskColumns, change: { description: "Changed by the tests" } },
  delete: "tasks.write for all",
};

const commentsLine: RelationLine = {
  organization: "organization_id",
  select: "tasks.read",
  insert: {
    rule: "tasks.write",
    columns: ["organization_id", "partner_id", "task_id", "body", "is_shared", "client_key"],
    row: (organization) => ({
      ...belongs(organization),
      task_id: organization.task,
      body: "Added by the tests",
      is_shared: false,
    }),
    identity: ["organization_id", "body"],
  },
  update: { rule: "author", columns: ["body", "is_shared"], change: { body: "Changed by the tests" } },
  delete: "author",
};

const interactionColumns = [
  "user_id",
  "interaction_type",
  "subject",
  "notes",
  "participants",
  "occurred_at",
  "duration_minutes",
  "is_shared",
];

const interactionsLine: RelationLine = {
  organization: "organization_id",
  own: ["user_id"],
  select: "activity.read",
  insert: {
    rule: "activity.log",
    columns: ["organization_id", "partner_id", ...interactionColumns, "client_key"],
    row: (organization) => ({
      ...belongs(organization),
      user_id: organization.member,
      interaction_type: "call",
      subject: "Added by the tests",
      occurred_at: "2026-01-02T09:00:00Z",
      is_shared: false,
    }),
    identity: ["organization_id", "subject"],
  },
  update: { rule: "activity.log", columns: interactionColumns, change: { notes: "Changed by the tests" } },
};

const trainingColumns = [
  "title",
  "person_name",
  "partner_member_id",
  "status",
  "due_on",
  "completed_at",
  "expires_on",
  "score",
  "certificate_url",
];

const trainingLine: RelationLine = {
  organization: "organization_id",
  select: "partners.read",
  insert: {
    rule: "training.manage",
    columns: ["organization_id", "partner_id", ...trainingColumns, "client_key"],
    row: (organization) => ({
      ...belongs(organization),
      title: "Added by the tests",
      person_name: "Pat",
      status: "assigned",
    }),
    identity: ["organization_id", "title"],
  },
  update: {
    rule: "training.manage",
    columns: trainingColumns,
    change: { certificate_url: "https://changed.example/by/the/tests" },
  },
};

const fieldColumns = ["label", "help", "field_type", "options", "is_required", "position"];

const fieldsLine: RelationLine = {
  organization: "organization_id",
  select: "partners.read",
  insert: {
    rule: "custom_fields.manage",
    columns: ["organization_id", "entity", "key", ...fieldColumns],
    row: ({ id }) => ({
      organization_id: id,
      entity: "partners",
      key: "added_by_the_tests",
      label: "Added by the tests",
      field_type: "text",
      options: {},
      is_required: false,
      position: 1,
    }),
    identity: ["organization_id", "key"],
  },
  update: {
    rule: "custom_fields.manage",
    columns: [...fieldColumns, "archived_at"],
    change: { help: "Changed by the tests" },
  },
};

const viewColumns = ["name", "definition", "is_shared", "position"];

// The world's views are shared: what is one's own is a behaviour.
const viewsLine: RelationLine = {
  organization: "organization_id",
  select: "partners.read",
  insert: {
    rule: "partners.read",
    membersOnly: true,
    columns: ["organization_id", "surface", ...viewColumns, "client_key"],
    row: ({ id }) => ({
      organization_id: id,
      surface: "partners",
      name: "Added by the tests",
      definition: {},
      is_shared: false,
      position: 1,
    }),
    identity: ["organization_id", "name"],
  },
  update: { rule: "views.share", columns: viewColumns, change: { position: 7 } },
  delete: "views.share",
};

export const workLines: Record<string, RelationLine> = {
  partner_tasks: tasksLine,
  partner_task_comments: commentsLine,
  partner_interactions: interactionsLine,
  partner_training: trainingLine,
  custom_field_definitions: fieldsLine,
  saved_views: viewsLine,
};
