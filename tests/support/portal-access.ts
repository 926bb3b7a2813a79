// Who may do what with people of partners, and what those may do themselves: lines of the access matrix.
import type { FunctionLine, RelationLine } from "./access-matrix.ts";

/** Read by colleagues, and by nobody of a partner. Written by functions only. */
export const partnerMembersLine: RelationLine = { organization: "organization_id", select: "partners.read" };

export const portalFunctions: Record<string, FunctionLine> = {
  invite_partner_member: {
    allowed: "partners.write",
    args: ({ organization, partner, word }) => ({
      organization,
      partner: partner.id,
      address: `${word}.guest@world.test`,
      name: `Guest ${word}`,
    }),
  },
  remove_partner_member: {
    allowed: "partners.write",
    args: ({ organization, partnerMember }) => ({ organization, member: partnerMember.id }),
  },
  // It lists what is open to whoever asks, which may be nothing.
  portal_context: { allowed: "everybody", args: () => ({}) },
  portal_partner: { allowed: "portal", args: ({ portal }) => ({ partner: portal.partner }) },
};
