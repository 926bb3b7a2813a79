// What functions about documents and their files ask: one that no longer does is a mutant that the tests have to notice.
import type { Question } from "./mutants.ts";

const of = /document/;

export const documentQuestions: Question[] = [
  {
    asks: /not coalesce\(organization = any \(private\.organizations_where_i_hold\('documents\.write'(?:::text)?\)\), false\)/g,
    instead: "false",
    kind: "tenant",
    what: "asks for no right",
    of,
  },
  {
    asks: /found\.owner_id is distinct from auth\.uid\(\)/g,
    instead: "false",
    kind: "other",
    what: "takes what others own",
    of,
  },
  { asks: /v\.uploaded_by = me/g, instead: "true", kind: "tenant", what: "takes what others announced", of },
  {
    asks: /v\.organization_id = any \((?:held|allowed)\)/g,
    instead: "true",
    kind: "tenant",
    what: "takes any organization",
    of,
  },
  { asks: /v\.partner_id = any \(visited\)/g, instead: "true", kind: "tenant", what: "takes any partner", of },
  { asks: /d\.owner_id = me/g, instead: "true", kind: "other", what: "takes what others own", of },
  {
    asks: /v\.stored_at is (?:not )?null(?= and v\.created_at| *$)/gm,
    instead: "true",
    kind: "other",
    what: "forgets what is stored",
    // A portal shows the current version, which is stored.
    of: /announce|orphaned/,
  },
  {
    asks: /v\.created_at > now\(\) - interval '1 hour'/g,
    instead: "true",
    kind: "other",
    what: "forgets the time",
    of,
  },
  { asks: /d\.archived_at is null/g, instead: "true", kind: "other", what: "takes the archived", of },
  {
    asks: /d\.is_shared/g,
    instead: "true",
    kind: "other",
    what: "shows what is internal",
    of: /portal_document_paths/,
  },
];
