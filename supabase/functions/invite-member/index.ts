import { clientFor, projectAddress } from "../_shared/clients.ts";
import { createSendMail, mailSettings } from "../_shared/mail.ts";
import { createInviteHandler } from "./handler.ts";

const project = projectAddress(Deno.env);

Deno.serve(
  createInviteHandler({
    issue: async (caller, asked) =>
      "invitation" in asked
        ? await clientFor(caller, project).rpc("renew_invitation", { ...asked })
        : await clientFor(caller, project).rpc("invite_member", { ...asked }),
    readInvitation: async (caller, organization, invitation) => {
      const { data, error, status } = await clientFor(caller, project)
        .from("invitations")
        .select(
          "address:email, expires_at, organization:organizations!inner(name), role:roles!inner(name), inviter:memberships!inner(display_name)",
        )
        .eq("organization_id", organization)
        .eq("id", invitation)
        .maybeSingle<Described>();
      const described = data && {
        address: data.address,
        organizationName: data.organization.name,
        roleName: data.role.name,
        inviterName: data.inviter.display_name,
        expiresAt: data.expires_at,
      };
      return { data: described, error, status };
    },
    sendMail: createSendMail(mailSettings(Deno.env)),
    siteUrl: Deno.env.get("SITE_URL"),
  }),
);

interface Described {
  address: string;
  expires_at: string;
  organization: { name: string };
  role: { name: string };
  inviter: { display_name: string };
}
