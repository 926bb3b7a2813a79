// People of partners in the world of tests: outsiders to every table, each let into the portal of one partner, or no longer.
import type { Ask } from "./owner.ts";
import type { Organization, OrganizationLabel, Persona, World } from "./world.ts";

/** Where somebody is a guest. "its": the partner that functions are tried on; "another": a second one of the same organization. */
export interface PortalSeat {
  of: OrganizationLabel;
  partner: "its" | "another";
  removed?: true;
}

export const portalPlans: { label: string; places: Record<string, never>; portal: PortalSeat }[] = [
  { label: "partner user", places: {}, portal: { of: "a", partner: "its" } },
  { label: "user of another partner", places: {}, portal: { of: "a", partner: "another" } },
  { label: "removed partner user", places: {}, portal: { of: "a", partner: "its", removed: true } },
  { label: "foreign partner user", places: {}, portal: { of: "b", partner: "its" } },
  { label: "partner user of a suspended organization", places: {}, portal: { of: "suspended", partner: "its" } },
];

/** Whether the portal of some partner of the organization is open to them. */
export const isGuestOf = ({ portal }: Persona, organization: OrganizationLabel): boolean =>
  portal?.of === organization && !portal.removed && organization !== "suspended";

/** Whether the portal of its own partner, the one that functions are tried on, is. */
export const opensPortal = (who: Persona, organization: OrganizationLabel): boolean =>
  isGuestOf(who, organization) && who.portal?.partner === "its";

/** Each of them was invited and has joined; and in each organization somebody is invited who has not. */
export async function addPortalPeople(ask: Ask, { organizations, personas }: World): Promise<void> {
  const add = (organization: Organization, partner: string, person: { email: string; name: string; id?: string }) =>
    ask<{ id: string }>(
      `insert into public.partner_members (organization_id, partner_id, email, display_name, user_id, status, joined_at)
       values ($1, $2, $3, $4, $5, case when $5::uuid is null then 'invited' else 'active' end, case when $5::uuid is not null then now() end)
       returning id`,
      [organization.id, partner, person.email, person.name, person.id],
    );
  for (const organization of Object.values(organizations)) {
    const { canary, partner } = organization;
    await add(organization, partner, { email: `${canary}.guest@world.test`, name: `${canary} guest` });
  }
  for (const { portal, id, email, name } of Object.values(personas)) {
    if (!portal) continue;
    const organization = organizations[portal.of];
    const [seat] = await add(organization, await partnerOf(ask, organization, portal), { id, email, name });
    if (portal.removed)
      await ask("update public.partner_members set status = 'removed', removed_at = now() where id = $1", [seat?.id]);
  }
}

async function partnerOf(ask: Ask, { id, partner }: Organization, seat: PortalSeat): Promise<string> {
  if (seat.partner === "its") return partner;
  const [other] = await ask<{ id: string }>(
    "select id from public.partners where organization_id = $1 and id <> $2 order by name desc limit 1",
    [id, partner],
  );
  if (!other) throw new Error("There is no other partner.");
  return other.id;
}
