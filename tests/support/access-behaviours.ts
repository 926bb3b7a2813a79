// What grants and policies alone do not say: seats, administrators, invitations, versions, what triggers keep. Each is one small
// scene that is taken back afterwards.
import { auditBehaviours } from "./audit-behaviours.ts";
import { exposedFunctions } from "./catalogue.ts";
import { dealBehaviours } from "./deal-behaviours.ts";
import { documentBehaviours } from "./document-behaviours.ts";
import { ownFieldAndViewBehaviours } from "./field-behaviours.ts";
import { invitationBehaviours } from "./invitation-behaviours.ts";
import { raisingBehaviours } from "./live-raising-behaviours.ts";
import { tellingBehaviours } from "./live-telling-behaviours.ts";
import { memberBehaviours } from "./member-behaviours.ts";
import { opportunityBehaviours } from "./opportunity-behaviours.ts";
import { organizationBehaviours } from "./organization-behaviours.ts";
import { partnerBehaviours } from "./partner-behaviours.ts";
import { personBehaviours } from "./person-behaviours.ts";
import { portalBehaviours } from "./portal-behaviours.ts";
import { portalDocumentBehaviours } from "./portal-document-behaviours.ts";
import { portalReadingBehaviours } from "./portal-reading-behaviours.ts";
import { portalWritingBehaviours } from "./portal-writing-behaviours.ts";
import { referralBehaviours } from "./referral-behaviours.ts";
import { type Answer, callOf, codeOf, type Ground } from "./sql-call.ts";
import type { SqlSession } from "./sql-session.ts";
import type { Targets } from "./targets.ts";
import { timelineBehaviours } from "./timeline-behaviours.ts";
import { workBehaviours } from "./work-behaviours.ts";
import { type Organization, type Persona, persona } from "./world.ts";

interface Reply {
  /** Of a refusal; null when the function did its work. */
  code: string | null;
  answer: Record<string, unknown>;
}

export interface Scene extends SqlSession {
  a: Organization;
  b: Organization;
  targets: Targets;
  who(label: string): Persona;
  call(who: Pick<Persona, "id" | "email">, name: string, args?: Record<string, unknown>): Promise<Reply>;
  /** The first column of the first row, as the owner sees it. */
  value(sql: string, values?: unknown[]): Promise<unknown>;
}

/** Throws, or answers false, when it is not so. */
export type Behaviours = Record<string, (scene: Scene) => Promise<boolean>>;

const behaviours: Behaviours = {
  ...organizationBehaviours,
  ...memberBehaviours,
  ...invitationBehaviours,
  ...personBehaviours,
  ...partnerBehaviours,
  ...opportunityBehaviours,
  ...referralBehaviours,
  ...dealBehaviours,
  ...portalBehaviours,
  ...portalReadingBehaviours,
  ...portalWritingBehaviours,
  ...portalDocumentBehaviours,
  ...documentBehaviours,
  ...workBehaviours,
  ...ownFieldAndViewBehaviours,
  ...auditBehaviours,
  ...timelineBehaviours,
  ...raisingBehaviours,
  ...tellingBehaviours,
};

export async function findBehaviour(session: SqlSession, { world, targets }: Ground): Promise<string | null> {
  const routines = new Map((await exposedFunctions(session.ask)).map((routine) => [routine.name, routine]));
  const scene: Scene = {
    ...session,
    a: world.organizations.a,
    b: world.organizations.b,
    targets: targets.a,
    who: (label) => persona(world, label),
    async call(who, name, args = {}) {
      const routine = routines.get(name);
      if (!routine) throw new Error(`There is no function ${name}.`);
      const outcome = await session.as<Answer>(who, ...callOf(routine, args));
      const answer = outcome.rows[0]?.answer;
      return {
        code: codeOf(outcome),
        answer: typeof answer === "object" && answer !== null ? { ...answer } : { value: answer },
      };
    },
    async value(sql, values) {
      const [row] = await session.ask(sql, values);
      return row ? Object.values(row)[0] : undefined;
    },
  };
  for (const [name, holds] of Object.entries(behaviours)) {
    const problem = await session.scene(() =>
      holds(scene).then(
        (held) => (held ? null : name),
        (error) => `${name} (${error instanceof Error ? error.message : error})`,
      ),
    );
    if (problem) return `It does not hold that ${problem}`;
  }
  return null;
}
