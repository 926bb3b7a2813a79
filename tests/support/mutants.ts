// Ways to make the rights of a database worse, generated from its catalogue: a policy that lets everybody in, a permission too many,
// a trigger that is gone, a function that no longer asks. A set of tests is worth as much as it notices of them.
import { decisivePermissions } from "./access-matrix.ts";
import type { CheckName } from "./access-suite.ts";
import { documentQuestions } from "./document-questions.ts";
import { liveQuestions } from "./live-questions.ts";
import type { Ask } from "./owner.ts";
import { portalEquivalents, portalQuestions } from "./portal-mutants.ts";

export interface Mutant {
  name: string;
  /** Mutants of what keeps organizations apart are told separately: not one may survive. */
  kind: "tenant" | "other";
  sql: string;
  /** The check that should notice, asked first. */
  likely: CheckName;
  /** The table whose rows it is about, looked at before everything else. */
  about?: string;
}

type Plain = Omit<Mutant, "likely">;

interface Policy {
  policyname: string;
  table: string;
  cmd: string;
  qual: string | null;
  with_check: string | null;
}

export async function generateMutants(ask: Ask): Promise<Mutant[]> {
  const named = (likely: CheckName, mutants: Plain[]) => mutants.map((mutant) => ({ ...mutant, likely }));
  const policies = await policyMutants(ask);
  const functions = await functionMutants(ask);
  const isOfFiles = ({ name }: Plain) => name.includes("storage.objects");
  const isLive = ({ name }: Plain) => /realtime\.messages|may_join_topic|changes_since/.test(name);
  return [
    ...named(
      "reads",
      policies.filter((mutant) => !isOfFiles(mutant) && !isLive(mutant)),
    ),
    ...named("behaviours", policies.filter(isOfFiles)),
    ...named("listeners", policies.filter(isLive)),
    ...named("grants", await grantMutants(ask)),
    ...named("behaviours", await triggerMutants(ask)),
    ...named(
      "behaviours",
      functions.filter((mutant) => !isLive(mutant)),
    ),
    ...named("listeners", functions.filter(isLive)),
  ].filter(({ name }) => !equivalents.some(({ mutant }) => mutant.test(name)));
}

async function policyMutants(ask: Ask): Promise<Plain[]> {
  const policies = await ask<Policy & Record<string, unknown>>(
    `select policyname, format('%I.%I', schemaname, tablename) as table, cmd, qual, with_check
     from pg_policies where schemaname in ('public', 'private', 'storage', 'realtime') order by 2, 1`,
  );
  const tables = await ask<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where (n.nspname in ('public', 'private') or c.oid = 'realtime.messages'::regclass) and c.relkind in ('r', 'p') and c.relrowsecurity
     order by 1`,
  );
  return [
    ...policies.flatMap((policy) =>
      mutantsOf(policy).map((mutant) => ({ ...mutant, about: withoutSchema(policy.table) })),
    ),
    ...tables.map(
      ({ name }): Plain => ({
        name: `row level security of ${name} switched off`,
        kind: "tenant",
        about: withoutSchema(name),
        sql: `alter table ${name} disable row level security`,
      }),
    ),
  ];
}

const withoutSchema = (table: string) => table.replace("public.", "");

function mutantsOf({ policyname, table, cmd, qual, with_check: check }: Policy): Plain[] {
  const alter = `alter policy ${policyname} on ${table}`;
  const parts = [qual !== null && "using", check !== null && "with check"].filter((part) => part !== false);
  const mutants: Plain[] = parts.map((part) => ({
    name: `${part} (true): ${policyname} on ${table}`,
    kind: "tenant",
    sql: `${alter} ${part} (true)`,
  }));
  for (const [part, expression] of [
    ["using", qual],
    ["with check", check],
  ] as const) {
    if (expression === null) continue;
    // The tenant's part alone is lost: whoever has the permission somewhere has it everywhere.
    const anywhere: string = expression.replace(
      /\(?[\w.]+ = ANY \((\( SELECT .*?\))(::\w+\[\])?\)\)?/i,
      "cardinality($1$2) > 0",
    );
    if (anywhere !== expression)
      mutants.push({
        name: `${part} anywhere: ${policyname} on ${table}`,
        kind: "tenant",
        sql: `${alter} ${part} (${anywhere})`,
      });
    for (const permission of decisivePermissions) {
      const other: string = expression.replaceAll(/'[a-z_]+\.[a-z_]+'/g, `'${permission}'`);
      if (other !== expression)
        mutants.push({
          name: `${part} asks for ${permission}: ${policyname} on ${table}`,
          kind: "other",
          sql: `${alter} ${part} (${other})`,
        });
    }
    const member: string = expression.replace(
      /private\.organizations_where_i_can\('[^']*'(::text)?\)/,
      "private.my_organization_ids()",
    );
    if (member !== expression)
      mutants.push({
        name: `${part} asks for membership only: ${policyname} on ${table}`,
        kind: "other",
        sql: `${alter} ${part} (${member})`,
      });
  }
  return [
    ...mutants,
    { name: `to public: ${policyname} on ${table}`, kind: "other", sql: `${alter} to public` },
    { name: `dropped: ${policyname} on ${table}`, kind: "other", sql: `drop policy ${policyname} on ${table}` },
    {
      name: `another policy beside ${policyname} on ${table}`,
      kind: "tenant",
      sql: `create policy planted on ${table} for ${cmd === "ALL" ? "all" : cmd.toLowerCase()} to authenticated ${
        cmd === "INSERT" ? "with check (true)" : cmd === "UPDATE" ? "using (true) with check (true)" : "using (true)"
      }`,
    },
  ];
}

async function grantMutants(ask: Ask): Promise<Plain[]> {
  const grants = await ask<{ sql: string }>(
    `with client as (select unnest(array['anon', 'authenticated']) as grantee),
     relation as (
       select c.oid, format('%I.%I', n.nspname, c.relname) as name from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
       where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm')
     )
     select format('grant %s on %s to %s', lower(privilege), name, grantee) as sql
     from client cross join relation cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) as privilege
     where not has_table_privilege(grantee, oid, privilege)
     union all
     select format('grant %s (%I) on %s to %s', lower(privilege), a.attname, name, grantee)
     from client cross join relation cross join unnest(array['SELECT', 'INSERT', 'UPDATE']) as privilege
     join pg_attribute as a on a.attrelid = relation.oid and a.attnum > 0 and not a.attisdropped
     where name like 'public.%' and not has_column_privilege(grantee, relation.oid, a.attnum, privilege)
     union all
     select format('grant execute on function %s to %s', p.oid::regprocedure, grantee)
     from client cross join pg_proc as p
     where p.pronamespace in ('public'::regnamespace, 'private'::regnamespace) and p.prokind = 'f'
       and p.prorettype <> 'trigger'::regtype and not has_function_privilege(grantee, p.oid, 'execute')
       -- What only looks at what it is given tells nobody anything, and checks of columns need it.
       and not (grantee = 'authenticated' and p.pronamespace = 'private'::regnamespace and p.provolatile = 'i' and not p.prosecdef)
     order by 1`,
  );
  return grants.map(({ sql }): Plain => ({ name: sql, kind: "other", sql }));
}

async function triggerMutants(ask: Ask): Promise<Plain[]> {
  const triggers = await ask<{ name: string; table: string }>(
    `select t.tgname as name, format('%I.%I', n.nspname, c.relname) as table
     from pg_trigger as t join pg_class as c on c.oid = t.tgrelid join pg_namespace as n on n.oid = c.relnamespace
     join pg_proc as p on p.oid = t.tgfoid
     where not t.tgisinternal and p.pronamespace = 'private'::regnamespace
       and c.oid <> all (array['private.schedules'::regclass]) order by 2, 1`,
  );
  return triggers.map(
    ({ name, table }): Plain => ({
      name: `trigger dropped: ${name} on ${table}`,
      kind: "other",
      sql: `drop trigger ${name} on ${table}`,
    }),
  );
}

/** What a function asks before it answers, and what is left when it no longer does. */
export interface Question {
  asks: RegExp;
  instead: string;
  kind: Mutant["kind"];
  what: string;
  /** Names of the functions that it is about; left out where it is about all. */
  of?: RegExp;
}

const questions: Question[] = [
  ...portalQuestions,
  ...documentQuestions,
  ...liveQuestions,
  { asks: /not private\.can\([^()]*\)/g, instead: "false", kind: "other", what: "asks for no right" },
  { asks: /not private\.may_write_referral\([^()]*\)/g, instead: "false", kind: "other", what: "asks for no right" },
  { asks: /\w+\.owner_id = \(select auth\.uid\(\)\)/g, instead: "true", kind: "other", what: "takes what others own" },
  { asks: /own_only is null/g, instead: "false", kind: "other", what: "asks for no right" },
  {
    asks: /not own_only or \w+\.owner_id = \(select auth\.uid\(\)\)/g,
    instead: "true",
    kind: "other",
    what: "takes what others own",
  },
  {
    asks: /case when own_only then \(select auth\.uid\(\)\) end/g,
    instead: "null",
    kind: "other",
    what: "shows what others own",
  },
  { asks: /not private\.i_am_platform_staff\(\)/g, instead: "false", kind: "other", what: "asks for no staff" },
  { asks: /\(select private\.i_am_platform_staff\(\)\)/g, instead: "true", kind: "other", what: "asks for no staff" },
  {
    asks: /private\.exceeds_my_rights\(organization, (?:wanted|private\.permissions_of\([\w.]+\))\)/g,
    instead: "false",
    kind: "other",
    what: "gives more than one holds",
  },
  {
    asks: /\w+\.organization_id = organization(?=\W)/g,
    instead: "true",
    kind: "tenant",
    what: "takes any organization",
  },
  {
    asks: /\w+\.user_id = (?:\(select auth\.uid\(\)\)|me)(?=\W)/g,
    instead: "true",
    kind: "tenant",
    what: "takes anybody",
  },
  { asks: /\w+\.status = 'active'/g, instead: "true", kind: "other", what: "takes the deactivated" },
  {
    asks: /not exists \(select from private\.suspended_organizations as s where s\.id = [\w.]+\)/g,
    instead: "true",
    kind: "other",
    what: "takes the suspended",
  },
  {
    asks: /not private\.organization_is_open\([\w.]+\)/g,
    instead: "false",
    kind: "other",
    what: "takes the suspended",
  },
  { asks: /o\.is_active(?= *(?:\n|\)))/g, instead: "true", kind: "other", what: "takes the suspended" },
  { asks: /not tenant\.is_active/g, instead: "false", kind: "other", what: "forgets the tenant" },
  { asks: /\w+\.expires_at > now\(\)(?! -)/g, instead: "true", kind: "other", what: "forgets the time" },
  { asks: /\w+\.revoked_at is (?:not )?null/g, instead: "true", kind: "other", what: "forgets what was withdrawn" },
  {
    asks: /invitation\.email is distinct from private\.my_confirmed_address\(\)/g,
    instead: "false",
    kind: "tenant",
    what: "takes any address",
  },
  { asks: /i\.email = private\.my_confirmed_address\(\)/g, instead: "true", kind: "tenant", what: "takes any address" },
  {
    asks: /(?:held|p)\.(?:permission|key) = (?:\$1|asked\.permission)/g,
    instead: "true",
    kind: "other",
    what: "takes any permission",
  },
  { asks: /held\.scope = '(?:all|own)'(?! or)/g, instead: "true", kind: "other", what: "takes any scope" },
  { asks: /p\.for_platform_staff/g, instead: "true", kind: "other", what: "opens more to staff" },
  {
    asks: /target\.version is distinct from seen_version/g,
    instead: "false",
    kind: "other",
    what: "forgets the version",
  },
];

/** What changes nothing that anybody could notice, and why: what was asked is asked elsewhere as well. */
const equivalents: { mutant: RegExp; why: string }[] = [
  ...portalEquivalents,
  {
    mutant: /^using anywhere: select_opportunity_reader on public\.opportunity_stage_history/,
    why: "It is the condition of the index. The rest names the organization, or finds the deal under the deal's own policy.",
  },
  {
    mutant: /^private\.delete_role\(.*i\.organization_id = organization/,
    why: "The role was found in the organization, and an invitation's role is of its own organization by its foreign key.",
  },
  {
    mutant: /^private\.exceeds_my_rights\(.*m\.status = 'active'/,
    why: "Whoever asks has just passed private.can, which takes active members only.",
  },
  {
    mutant: /^private\.may_invite_as\(.*held\.scope/,
    why: "Managing members cannot be limited to one's own: it is held on all rows or not at all.",
  },
  {
    mutant:
      /^private\.(?:accept_my_invitation\(.*\(1: i\.email|leave_organization\(.*\(1: m\.status|lock_before_joining\()/,
    why: "It only says what is locked. What is done is asked again, and a lock too many gives nobody anything.",
  },
  {
    mutant: /^private\.finish_document_version\(.*v\.organization_id = organization/,
    why: "The version's document is looked for in the organization right afterwards, and refused in the same words.",
  },
  {
    mutant: /^private\.partner_timeline\(.*\((?:1|2|6|8): \w+\.organization_id = organization/,
    why: "Events, deals and partners are found by an id that no other organization has, and what is found is asked for its organization once more.",
  },
  {
    mutant: /^private\.archive_partners\(.*\(2: p\.organization_id = organization/,
    why: "All of them were found in the organization by the statement before, which locked them.",
  },
  {
    mutant: /^private\.add_deal_request\(.*\(2: d\.organization_id = organization/,
    why: "It is found by a referral that was looked for in the organization.",
  },
  {
    mutant: /^private\.activity_statement\(/,
    why: "It writes the functions of the timeline's triggers when a table is switched on: those are tried themselves.",
  },
  {
    mutant: /^private\.timeline_facets\(.*\(4: l\.organization_id = organization/,
    why: "It is what the same person was called elsewhere, who acted here as well.",
  },
];

// The log's, the configuration's and the scheduler's own functions have tests of their own, which know what they compute.
async function functionMutants(ask: Ask): Promise<Plain[]> {
  const sources = await ask<{ name: string; definition: string }>(
    `select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as definition
     from pg_proc as p where p.pronamespace = 'private'::regnamespace and p.prokind = 'f'
       and p.proname !~ '(audit|json|configuration_|schedule|people_outside)' order by 1`,
  );
  return sources.flatMap(({ name, definition }) =>
    questions.flatMap(({ asks, instead, kind, what, of }) =>
      [...(of?.test(name) === false ? [] : definition.matchAll(asks))].map(
        (found, place): Plain => ({
          name: `${name} ${what} (${place + 1}: ${found[0]})`,
          kind,
          sql: definition.slice(0, found.index) + instead + definition.slice(found.index + found[0].length),
        }),
      ),
    ),
  );
}
