// Fresh rows for functions to act upon, so that whoever is allowed to call one really can, and again.
import { randomUUID } from "node:crypto";
import { type DocumentTargets, prepareDocumentTargets } from "./document-targets.ts";
import { type OpportunityTargets, prepareOpportunityTargets } from "./opportunity-targets.ts";
import type { Ask } from "./owner.ts";
import { type PartnerTargets, preparePartnerTargets } from "./partner-targets.ts";
import { type PortalTargets, preparePortalTargets } from "./portal-targets.ts";
import type { Organization } from "./world.ts";

export interface Versioned {
  id: string;
  version: number;
}

export interface Targets extends PartnerTargets, DocumentTargets, OpportunityTargets, PortalTargets {
  organization: string;
  /** Names nothing, anywhere. */
  unknown: string;
  /** Never used before. */
  word: string;
  member: Versioned;
  formerMember: Versioned;
  /** Roles of the organization's own that hold nothing: whoever may give roles at all may give these. */
  emptyRole: Versioned;
  otherEmptyRole: Versioned;
  builtInRole: Versioned;
  invitation: string;
}

/** The two members are people of no other organization; they are who the functions act on, never who acts. */
export async function prepareTargets(ask: Ask, place: Organization): Promise<Targets> {
  const { id: organization, canary } = place;
  // Tests invite more often than anybody should.
  await ask("delete from private.invitation_mails where organization_id = $1", [organization]);
  const word = `target-${randomUUID().slice(0, 13)}`;
  const [made] = await ask<Record<string, string>>(
    `with person as (
       insert into public.profiles (user_id, display_name, email, avatar_color)
       select gen_random_uuid(), $3 || ' ' || n, $2 || n || '@world.test', 'slate' from generate_series(1, 2) as n
       returning user_id, email, display_name
     ), role as (
       insert into public.roles (organization_id, key, name)
       select $1, 'custom_' || replace($2, '-', '_') || n, $2 || ' ' || n from generate_series(1, 2) as n
       returning id, name
     )
     select (select user_id from person where email = $2 || '1@world.test') as member,
       (select user_id from person where email = $2 || '2@world.test') as former,
       (select id from role where name = $2 || ' 1') as empty_role,
       (select id from role where name = $2 || ' 2') as other_empty_role`,
    [organization, word, canary],
  );
  const [built] = await ask<{ invitation: string; built_in: string; built_in_version: string }>(
    `with placed as (
       insert into public.memberships (organization_id, user_id, role_id, status, deactivated_at, display_name, avatar_color)
       values ($1, $2, $4, 'active', null, $6, 'slate'), ($1, $3, $4, 'deactivated', now(), $6, 'slate')
     ), invited as (
       insert into public.invitations (organization_id, email, role_id, token_hash, invited_by, expires_at)
       values ($1, $5 || '3@world.test', $4, sha256($5::bytea), $7, now() + interval '1 day')
       returning id
     )
     select (select id from invited) as invitation, r.id as built_in, r.version as built_in_version
     from public.roles as r where r.organization_id = $1 and r.key = 'data_team'`,
    [organization, made?.member, made?.former, made?.empty_role, word, canary, await anInviter(ask, organization)],
  );
  if (!made || !built) throw new Error("The targets were not made.");
  return {
    organization,
    unknown: randomUUID(),
    word,
    member: { id: made.member ?? "", version: 1 },
    formerMember: { id: made.former ?? "", version: 1 },
    emptyRole: { id: made.empty_role ?? "", version: 1 },
    otherEmptyRole: { id: made.other_empty_role ?? "", version: 1 },
    builtInRole: { id: built.built_in, version: Number(built.built_in_version) },
    invitation: built.invitation,
    ...(await preparePartnerTargets(ask, organization, word)),
    ...(await prepareOpportunityTargets(ask, organization, word)),
    ...(await preparePortalTargets(ask, place, word)),
    ...(await prepareDocumentTargets(ask, place, word)),
  };
}

async function anInviter(ask: Ask, organization: string): Promise<string | undefined> {
  const [inviter] = await ask<{ user_id: string }>(
    `select m.user_id from public.memberships as m join public.roles as r on r.id = m.role_id
     where m.organization_id = $1 and r.key = 'org_admin' and m.status = 'active' order by m.joined_at limit 1`,
    [organization],
  );
  return inviter?.user_id;
}
