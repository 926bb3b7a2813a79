// A small world for one test file: organizations that nobody else uses, and one person for each way of belonging to them.
// Everything in an organization carries that organization's canary, so that whatever leaks out of it is recognised.
import { randomBytes } from "node:crypto";
import { addDocuments } from "./document-world.ts";
import { addOpportunities } from "./opportunity-world.ts";
import type { Ask } from "./owner.ts";
import { addPartners } from "./partner-world.ts";
import { addPortalPeople, type PortalSeat, portalPlans } from "./portal-world.ts";
import { addReferrals } from "./referral-world.ts";
import {
  isForPlatformStaff,
  permissionKeys,
  permissionsOf,
  type RoleKey,
  roleKeys,
  type Scope,
} from "./role-matrix.ts";
import { addWork } from "./work-world.ts";

export const organizationLabels = ["a", "b", "tenant", "suspended", "below"] as const;
export type OrganizationLabel = (typeof organizationLabels)[number];
export const WORLD_PASSWORD = "World-of-tests-2026";

export interface Organization {
  label: OrganizationLabel;
  id: string;
  canary: string;
  /** Ids of its roles by key. */
  roles: Record<string, string>;
  /** One of its partners that nobody owns. */
  partner: string;
  /** One of its customers that nobody owns. */
  customer: string;
  /** Of that partner, nobody's. */
  task: string;
  /** Its first administrator. */
  member: string;
}

export interface Persona {
  label: string;
  id: string;
  email: string;
  name: string;
  /** What they may do where they are an active member of an organization that is open. */
  rights: Partial<Record<OrganizationLabel, Map<string, Scope>>>;
  /** Where they belong at all, also where that is over or closed: they know the name of it. */
  places: OrganizationLabel[];
  /** Where they have an access of the platform open. */
  visits: OrganizationLabel[];
  isStaff: boolean;
  /** Which portal they were let into. */
  portal?: PortalSeat;
}

export interface World {
  suffix: string;
  organizations: Record<OrganizationLabel, Organization>;
  personas: Record<string, Persona>;
}

export interface WorldOptions {
  /** For each of these there is a member of A with this permission alone, and one with every other. */
  permissions?: readonly string[];
}

interface Place {
  role: string;
  /** Left out: what the built-in role of that key holds. */
  holds?: Map<string, Scope>;
  deactivated?: boolean;
}

interface Plan {
  label: string;
  places: Partial<Record<OrganizationLabel, Place>>;
  staff?: "closed" | "open" | "ended";
  portal?: PortalSeat;
}

/** Writes what is their own in B, and owns as much in an organization that is suspended. */
export const MIGRANT = "rep of b and of a suspended organization";
const closedOrganizations: OrganizationLabel[] = ["suspended", "below"];
const everything = new Map<string, Scope>(permissionKeys.map((key) => [key, "all"]));
const without = (permission: string) => new Map([...everything].filter(([key]) => key !== permission));

function plansOf(permissions: readonly string[]): Plan[] {
  return [
    ...roleKeys.map((role): Plan => ({ label: role, places: { a: { role } } })),
    ...permissions.flatMap((permission): Plan[] => [
      {
        label: `only ${permission}`,
        places: { a: { role: `only_${permission.replace(".", "_")}`, holds: new Map([[permission, "all"]]) } },
      },
      {
        label: `all but ${permission}`,
        places: { a: { role: `all_but_${permission.replace(".", "_")}`, holds: without(permission) } },
      },
    ]),
    { label: "without rights", places: { a: { role: "nothing", holds: new Map() } } },
    { label: "deactivated", places: { a: { role: "org_admin", deactivated: true } } },
    { label: "in both", places: { a: { role: "org_admin" }, b: { role: "sales_rep" } } },
    { label: "foreign admin", places: { b: { role: "org_admin" } } },
    { label: "foreign rep", places: { b: { role: "sales_rep" } } },
    // What they own in a closed organization stays closed to them, whatever they hold in another.
    { label: MIGRANT, places: { suspended: { role: "sales_rep" }, b: { role: "sales_rep" } } },
    { label: "tenant admin", places: { tenant: { role: "org_admin" } } },
    { label: "suspended admin", places: { suspended: { role: "org_admin" } } },
    { label: "admin below a suspended tenant", places: { below: { role: "org_admin" } } },
    { label: "outsider", places: {} },
    ...portalPlans,
    { label: "staff", places: {}, staff: "closed" },
    { label: "staff with access", places: {}, staff: "open" },
    { label: "staff whose access ended", places: {}, staff: "ended" },
  ];
}

/** Whom a world with these permissions holds. */
export const personaLabels = (permissions: readonly string[] = []): string[] =>
  plansOf(permissions).map(({ label }) => label);

export function persona(world: World, label: string): Persona {
  const found = world.personas[label];
  if (!found) throw new Error(`Nobody in this world is called "${label}".`);
  return found;
}

/** On which rows of that organization they may. */
export function scopeOf(who: Persona, organization: OrganizationLabel, permission: string): Scope | undefined {
  if (who.visits.includes(organization) && isForPlatformStaff(permission)) return "all";
  return who.rights[organization]?.get(permission);
}

/** Whether they may, on all rows of that organization. */
export const may = (who: Persona, organization: OrganizationLabel, permission: string): boolean =>
  scopeOf(who, organization, permission) === "all";

export const belongsTo = (who: Persona, organization: OrganizationLabel): boolean =>
  who.rights[organization] !== undefined || who.visits.includes(organization);

export async function buildWorld(ask: Ask, { permissions = [] }: WorldOptions = {}): Promise<World> {
  const suffix = randomBytes(5).toString("hex");
  const plans = plansOf(permissions);
  const organizations = await addOrganizations(ask, suffix);
  const people = await addPeople(ask, suffix, plans);
  await addRoles(ask, organizations, plans);
  await addMemberships(ask, organizations, people, plans);
  await addPlatformStaff(ask, organizations, people, plans);
  // Suspended only now: nothing else is different about them.
  await ask("update public.organizations set is_active = false where id = $1", [organizations.suspended.id]);
  const personas = plans.map(({ label, places, staff, portal }): [string, Persona] => {
    const { id = "", email = "", name = "" } = people.get(label) ?? {};
    const rights: Persona["rights"] = {};
    for (const organization of organizationLabels) {
      const place = places[organization];
      if (!place || place.deactivated || closedOrganizations.includes(organization)) continue;
      rights[organization] = holdingsOf(place);
    }
    const known = organizationLabels.filter((organization) => places[organization]);
    return [
      label,
      {
        label,
        id,
        email,
        name,
        rights,
        places: known,
        visits: staff === "open" ? ["a"] : [],
        isStaff: staff !== undefined,
        ...(portal && { portal }),
      },
    ];
  });
  const world = { suffix, organizations, personas: Object.fromEntries(personas) };
  await addContent(ask, world);
  return world;
}

const isBuiltIn = (role: string): role is RoleKey => roleKeys.some((key) => key === role);

function holdingsOf({ role, holds }: Place): Map<string, Scope> {
  if (holds) return holds;
  if (isBuiltIn(role)) return permissionsOf(role);
  throw new Error(`What does the role "${role}" hold?`);
}

async function addOrganizations(ask: Ask, suffix: string): Promise<World["organizations"]> {
  const add = async (label: OrganizationLabel, parent: string | null): Promise<Organization> => {
    const canary = `canary-${label}-${suffix}`;
    const [made] = await ask<{ id: string }>(
      `insert into public.organizations (name, slug, parent_id, seat_limit, settings)
       values ($1, $1, $2, 100000, jsonb_build_object('note', $1::text)) returning id`,
      [canary, parent],
    );
    if (!made) throw new Error("The organization was not made.");
    return { label, id: made.id, canary, roles: {}, partner: "", customer: "", task: "", member: "" };
  };
  const tenant = await add("tenant", null);
  const suspended = await add("suspended", null);
  return {
    a: await add("a", tenant.id),
    b: await add("b", null),
    tenant,
    suspended,
    below: await add("below", suspended.id),
  };
}

/** People who can sign in. Their password costs little to check, which is right for nobody but these. */
async function addPeople(
  ask: Ask,
  suffix: string,
  plans: Plan[],
): Promise<Map<string, { id: string; email: string; name: string }>> {
  const given = plans.map(({ label, places }) => {
    const [only, ...others] = organizationLabels.filter((organization) => places[organization]);
    const name = `${only && others.length === 0 ? `canary-${only}-${suffix}` : `person-${suffix}`} ${label}`;
    return { label, name, email: `${name.replaceAll(/[^a-z0-9-]+/g, "-")}@world.test` };
  });
  const made = await ask<{ id: string; email: string }>(
    `with person as (
       select * from jsonb_to_recordset($1::jsonb) as given (name text, email text)
     ), added as (
       insert into auth.users (
         instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
         created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new,
         email_change_token_current, phone_change, phone_change_token, reauthentication_token
       )
       select '00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', person.email,
         (select extensions.crypt($2, extensions.gen_salt('bf', 4))), now(),
         '{"provider": "email", "providers": ["email"]}', jsonb_build_object('display_name', person.name),
         now(), now(), '', '', '', '', '', '', '', ''
       from person
       returning id, email
     ), identified as (
       insert into auth.identities (user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
       select id, id::text, 'email', jsonb_build_object('sub', id, 'email', email, 'email_verified', true), now(), now(), now()
       from added
     )
     select id, email from added`,
    [JSON.stringify(given), WORLD_PASSWORD],
  );
  return new Map(
    given.map(({ label, email, name }) => {
      const found = made.find((row) => row.email === email);
      if (!found) throw new Error(`${email} was not made.`);
      return [label, { ...found, name }];
    }),
  );
}

async function addRoles(ask: Ask, organizations: World["organizations"], plans: Plan[]): Promise<void> {
  const wanted = plans.flatMap(({ places }) =>
    organizationLabels.flatMap((label) => {
      const place = places[label];
      const { id, canary } = organizations[label];
      return place?.holds
        ? [
            {
              organization_id: id,
              key: place.role,
              name: `${canary} ${place.role}`,
              holds: Object.fromEntries(place.holds),
            },
          ]
        : [];
    }),
  );
  await ask(
    `with wanted as (
       select * from jsonb_to_recordset($1::jsonb) as given (organization_id uuid, key text, name text, holds jsonb)
     ), added as (
       insert into public.roles (organization_id, key, name) select organization_id, key, left(name, 60) from wanted returning id, organization_id, key
     )
     insert into public.role_permissions (organization_id, role_id, permission, scope)
     select added.organization_id, added.id, held.key, held.value
     from added
     join wanted using (organization_id, key)
     cross join jsonb_each_text(wanted.holds) as held`,
    [JSON.stringify(wanted)],
  );
  const ids = Object.values(organizations).map(({ id }) => id);
  const roles = await ask<{ id: string; key: string; organization_id: string }>(
    "select id, key, organization_id from public.roles where organization_id = any ($1)",
    [ids],
  );
  for (const organization of Object.values(organizations))
    organization.roles = Object.fromEntries(
      roles.filter(({ organization_id }) => organization_id === organization.id).map(({ key, id }) => [key, id]),
    );
}

async function addMemberships(
  ask: Ask,
  organizations: World["organizations"],
  people: Map<string, { id: string }>,
  plans: Plan[],
): Promise<void> {
  const wanted = plans.flatMap(({ label: person, places }) =>
    organizationLabels.flatMap((label) => {
      const place = places[label];
      if (!place) return [];
      const { id, roles } = organizations[label];
      const status = place.deactivated ? "deactivated" : "active";
      return [{ organization_id: id, user_id: people.get(person)?.id, role_id: roles[place.role], status }];
    }),
  );
  await ask(
    `insert into public.memberships (organization_id, user_id, role_id, status, deactivated_at, display_name, email, avatar_color)
     select given.organization_id, p.user_id, given.role_id, given.status,
       case given.status when 'deactivated' then now() end, p.display_name, p.email, p.avatar_color
     from jsonb_to_recordset($1::jsonb) as given (organization_id uuid, user_id uuid, role_id uuid, status text)
     join public.profiles as p on p.user_id = given.user_id`,
    [JSON.stringify(wanted)],
  );
}

async function addPlatformStaff(
  ask: Ask,
  organizations: World["organizations"],
  people: Map<string, { id: string }>,
  plans: Plan[],
): Promise<void> {
  for (const { label, staff } of plans) {
    if (!staff) continue;
    const id = people.get(label)?.id;
    await ask("insert into private.platform_staff (user_id, note) values ($1, 'A person of the tests.')", [id]);
    if (staff === "closed") continue;
    await ask(
      `insert into private.platform_access (organization_id, user_id, reason, opened_at, expires_at)
       values ($1, $2, 'Asked for by the tests.', now() - interval '1 hour', now() + $3::interval)`,
      [organizations.a.id, id, staff === "open" ? "1 hour" : "-1 minute"],
    );
  }
}

/** Who works there and may only write what is their own. */
function repsIn(world: World, label: OrganizationLabel): string[] {
  const reps = { a: ["sales_rep"], b: ["foreign rep", MIGRANT], tenant: [], suspended: [MIGRANT], below: [] };
  return reps[label].map((rep) => persona(world, rep).id);
}

/** A row of everything that an organization can have, so that there is something to leak. */
async function addContent(ask: Ask, world: World): Promise<void> {
  for (const organization of Object.values(world.organizations)) {
    const { label, id, canary, roles } = organization;
    const reps = repsIn(world, label);
    organization.member = Object.values(world.personas).find(({ places }) => places.join() === label)?.id ?? "";
    organization.partner = await addPartners(ask, organization, reps);
    organization.customer = await addOpportunities(ask, organization, reps);
    await addReferrals(ask, organization, reps);
    await addDocuments(ask, organization, reps);
    organization.task = await addWork(ask, organization, reps);
    await ask(
      `insert into public.invitations (organization_id, email, role_id, token_hash, invited_by, expires_at)
       values ($1, $2, $3, sha256(gen_random_uuid()::text::bytea), $4, now() + interval '3 days')`,
      [id, `${canary}.invited@world.test`, roles.sales_rep, organization.member],
    );
    await ask(
      `insert into public.configurations (organization_id, category, key, value)
       select $1, category, key, to_jsonb(array[$2::text, 'world.test']) from public.configuration_definitions where key = 'allowed_domains'`,
      [id, `${canary}.world.test`],
    );
  }
  await addPortalPeople(ask, world);
}
