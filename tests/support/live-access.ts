// Who may listen where, as the specification wants it, tried person by person against the function that the policies ask, against the
// policies themselves, and against what changes_since tells those who were not listening.
import type { Ground } from "./sql-call.ts";
import type { SqlSession } from "./sql-session.ts";
import {
  belongsTo,
  may,
  type OrganizationLabel,
  organizationLabels,
  type Persona,
  persona,
  scopeOf,
  type World,
} from "./world.ts";

type Breach = string | null;
type Listens = (who: Persona) => boolean;

/** What listening takes, by area; "member" where belonging is enough, "own" where the permission on one's own rows is. */
export const liveAreas: Record<string, "member" | { permission: string; own?: true }> = {
  notices: "member",
  configuration: { permission: "config.read" },
  members: { permission: "members.read" },
  "members:invitations": { permission: "members.manage" },
  partners: { permission: "partners.read" },
  "partners:activity": { permission: "activity.read" },
  "partners:commissions": { permission: "commissions.read" },
  "partners:customers": { permission: "opportunities.read", own: true },
  "partners:documents": { permission: "documents.read" },
  "partners:opportunities": { permission: "opportunities.read" },
  "partners:referrals": { permission: "referrals.read" },
  "partners:tasks": { permission: "tasks.read" },
};

function mayListen(who: Persona, organization: OrganizationLabel, area: string): boolean {
  const rule = liveAreas[area];
  if (!rule) return false;
  if (rule === "member") return belongsTo(who, organization);
  return rule.own ? scopeOf(who, organization, rule.permission) !== undefined : may(who, organization, rule.permission);
}

const nobody: Listens = () => false;
const ofPartner = (area: string, partner: string) => area.replace(/^partners/, `partner:${partner}`);

/** Every topic that there is, and many that there are not, with who listens there. */
async function liveTopics({ ask }: SqlSession, { organizations, personas }: World): Promise<[string, Listens][]> {
  const rows = await ask<{ id: string; epoch: string; other: string }>(
    `select o.id, private.live_epoch_of(o.id) as epoch,
       (select p.id from public.partners as p where p.organization_id = o.id order by p.name desc limit 1) as other
     from public.organizations as o where o.id = any ($1)`,
    [Object.values(organizations).map(({ id }) => id)],
  );
  const people = Object.values(personas);
  const topics: [string, Listens][] = people.slice(0, 3).map(({ id }) => [`user:${id}`, (who) => who.id === id]);
  for (const label of organizationLabels) {
    const { id, partner } = organizations[label];
    const epoch = Number(rows.find((row) => row.id === id)?.epoch);
    const topic = (subject: string, of = id, at: number | string = epoch) => `org:${of}:${subject}#${at}`;
    const guests: Listens = ({ portal }) =>
      portal?.of === label && portal.partner === "its" && !portal.removed && label !== "suspended";
    for (const area of Object.keys(liveAreas)) {
      const listens: Listens = (who) => mayListen(who, label, area);
      topics.push([topic(area), listens], [topic(area, id, epoch - 1), nobody], [topic(area, id, epoch + 1), nobody]);
      if (area.startsWith("partners")) topics.push([topic(ofPartner(area, partner)), listens]);
    }
    topics.push([topic(`partner:${partner}:portal`), guests]);
    for (const other of organizationLabels.filter((each) => each !== label)) {
      const foreign = organizations[other];
      const foreignEpoch = Number(rows.find((row) => row.id === foreign.id)?.epoch);
      topics.push(
        [topic(`partner:${foreign.partner}`), nobody],
        [topic(`partner:${partner}`, foreign.id, foreignEpoch), nobody],
        [topic(`partner:${partner}:portal`, foreign.id, foreignEpoch), nobody],
      );
    }
    for (const wrong of ["partners:portal", "partners:", "secrets", "members:tasks", "partner", `partner:${partner}:`])
      topics.push([topic(wrong), nobody]);
    topics.push(
      [topic("partners").toUpperCase(), nobody],
      [topic("partners", id, `0${epoch}`), nobody],
      [`${topic("partners")}\n`, nobody],
      [`org:${id}:partners`, nobody],
    );
  }
  return topics;
}

/** The function that the policies ask. */
async function findWrongTopic(session: SqlSession, { world }: Ground): Promise<Breach> {
  const topics = await liveTopics(session, world);
  for (const who of Object.values(world.personas)) {
    const { rows, error } = await session.as<{ topic: string; joins: boolean }>(
      who,
      "select given.topic, private.may_join_topic(given.topic) as joins from unnest($1::text[]) as given (topic)",
      [topics.map(([topic]) => topic)],
    );
    if (error) return `${who.label} asks for topics and gets ${error.message}`;
    const answers = new Map(rows.map(({ topic, joins }) => [topic, joins]));
    const wrong = topics.find(([topic, listens]) => answers.get(topic) !== listens(who));
    if (wrong) return `${who.label} ${answers.get(wrong[0]) ? "may" : "may not"} listen to ${wrong[0]}`;
  }
  return null;
}

const asking = [
  "org_admin",
  "without rights",
  "in both",
  "foreign admin",
  "partner user",
  "outsider",
  "staff with access",
];

/** The policies themselves, as the server asks them: what is received, and what may be sent. */
async function findWrongPolicy(session: SqlSession, { world }: Ground): Promise<Breach> {
  const { a, b } = world.organizations;
  const wanted = [a, b].flatMap(({ id, partner }) => [
    `org:${id}:partners#`,
    `org:${id}:partner:${partner}#`,
    `org:${id}:partner:${partner}:tasks#`,
    `org:${id}:notices#`,
    `org:${id}:partner:${partner}:portal#`,
  ]);
  const topics = (await liveTopics(session, world)).filter(([topic, listens]) => {
    const subject = topic.replace(/\d+$/, "");
    return listens !== nobody && wanted.includes(subject);
  });
  const isOfColleagues = (topic: string) => /:(?:partners|partner:[^:]+)#\d+$/.test(topic);
  for (const [topic, listens] of topics) {
    await session.ask(
      "insert into realtime.messages (topic, extension, private) values ($1, 'broadcast', true), ($1, 'presence', true)",
      [topic],
    );
    await session.ask("select set_config('realtime.topic', $1, true)", [topic]);
    for (const label of asking) {
      const who = persona(world, label);
      const { rows } = await session.as<{ extension: string }>(
        who,
        "select m.extension from realtime.messages as m where m.topic = $1 group by 1",
        [topic],
      );
      if (rows.length !== (listens(who) ? 2 : 0)) return `${label} receives ${rows.length} of 2 kinds on ${topic}`;
      for (const extension of ["broadcast", "presence"]) {
        const { error } = await session.scene(() =>
          session.as(who, "insert into realtime.messages (topic, extension, private) values ($1, $2, true)", [
            topic,
            extension,
          ]),
        );
        const isAllowed = extension === "presence" && isOfColleagues(topic) && listens(who);
        if (isAllowed === (error !== null)) return `${label} ${error ? "cannot" : "can"} send ${extension} on ${topic}`;
      }
    }
  }
  return null;
}

/** What those hear who come back: of each area what they may listen to, of their own rows what is theirs, and that there was much. */
async function findWrongChange(session: SqlSession, { world }: Ground): Promise<Breach> {
  const { a, b } = world.organizations;
  const [{ since } = { since: "" }] = await session.ask<{ since: string }>(
    "select pg_snapshot_xmin(pg_current_snapshot())::text as since",
  );
  const keep = (organization: string, area: string, table: string, ids: boolean, person: string | null = null) =>
    session.ask(
      `insert into private.live_changes (organization_id, area, table_name, op, ids, person_id)
       values ($1, $2, $3, 'update', case when $4 then array[gen_random_uuid()] end, $5)`,
      [organization, area, table, ids, person],
    );
  const own = "partners:opportunities";
  for (const area of Object.keys(liveAreas)) {
    await keep(a.id, area, `a ${area}`, true);
    await keep(b.id, area, `b ${area}`, true);
  }
  await keep(a.id, own, "a many", false);
  for (const { id } of Object.values(world.personas)) await keep(a.id, own, `a of ${id}`, true, id);
  for (const who of Object.values(world.personas).filter((each) => belongsTo(each, "a"))) {
    const { rows, error } = await session.as<{ told: { refetch: boolean; changes: { table: string }[] } }>(
      who,
      "select public.changes_since($1, $2) as told",
      [a.id, since],
    );
    if (error || rows[0]?.told.refetch !== false) return `${who.label} cannot ask for changes: ${error?.message}`;
    const told = new Set(rows[0].told.changes.map(({ table }) => table).filter((table) => /^[ab] /.test(table)));
    const expected = [
      "a many",
      ...Object.keys(liveAreas)
        .filter((area) => mayListen(who, "a", area))
        .map((area) => `a ${area}`),
      ...(scopeOf(who, "a", "opportunities.read") ? [`a of ${who.id}`] : []),
    ];
    const missing = expected.find((table) => !told.has(table));
    if (missing) return `${who.label} is not told of what is ${missing}`;
    if (told.size > expected.length)
      return `${who.label} is told of ${[...told].filter((table) => !expected.includes(table))}`;
  }
  return null;
}

export async function findWrongListener(session: SqlSession, ground: Ground): Promise<Breach> {
  for (const find of [findWrongTopic, findWrongPolicy, findWrongChange]) {
    const breach = await session.scene(() => find(session, ground));
    if (breach) return breach;
  }
  return null;
}
