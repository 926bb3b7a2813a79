// Who may do what with people of partners, and what those may do themselves: lines of the access matrix.
import type { FunctionLine, RelationLine } from "./access-matrix.ts";
import type { Targets } from "./targets.ts";

/** Read by colleagues, and by nobody of a partner. Written by functions only. */
export const partnerMembersLine: RelationLine = { organization: "organization_id", select: "partners.read" };

const partnerOnly = ({ portal }: Targets) => ({ partner: portal.partner });
const ofPortal = (args: (targets: Targets) => Record<string, unknown> = () => ({})): FunctionLine => ({
  allowed: "portal",
  args: (targets) => ({ ...partnerOnly(targets), ...args(targets) }),
});

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
  portal_partner: ofPortal(),
  portal_referrals: ofPortal(),
  portal_submit_referral: ofPortal(({ word }) => ({ client_name: `Client ${word}` })),
  portal_registrations: ofPortal(),
  portal_request_registration: ofPortal(({ portal, word }) => ({
    referral: portal.referral,
    product: "platform",
    account: `${word}.example`,
  })),
  portal_tasks: ofPortal(),
  portal_answer_task: ofPortal(({ portal }) => ({ task: portal.task, comment: "Done.", complete: true })),
  portal_training: ofPortal(),
  portal_activity: ofPortal(),
  portal_documents: ofPortal(),
  portal_add_document: ofPortal(({ word }) => ({
    title: `Document ${word}`,
    document_type: "plan",
    file_name: "plan.pdf",
    mime_type: "application/pdf",
    size_bytes: 1000,
  })),
  // Announced by somebody of ours, so that it is no file of theirs; but they may ask.
  portal_finish_document: ofPortal(({ announcedPath }) => ({ path: announcedPath })),
  portal_resources: ofPortal(),
  portal_choices: ofPortal(),
};
