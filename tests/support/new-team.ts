// Two colleagues in an organization of their own, for tests of what one sees while the other works.
import { createClient } from "@supabase/supabase-js";
import { createPartners, signedIn } from "./new-partner.ts";
import { createMember, createPerson } from "./new-person.ts";
import { stack } from "./stack.ts";

type Signed = Awaited<ReturnType<typeof signedIn>>;

interface Colleague {
  email: string;
  password: string;
  userId: string;
}

export interface Team {
  organizationId: string;
  admin: Colleague;
  colleague: Colleague;
  /** Acts as the administrator, past any screen. */
  asAdmin: Signed["client"];
  partner: { id: string; name: string };
}

/** An administrator and somebody with the role, both active, and a partner to work with. */
export async function createTeam(roleKey: string, partnerName: string): Promise<Team> {
  const admin = await createMember();
  const colleague = await createPerson();
  const { client, userId, organizationId } = await signedIn(admin);
  const role = await client
    .from("roles")
    .select("id")
    .eq("organization_id", organizationId)
    .eq("key", roleKey)
    .single();
  if (role.error) throw role.error;
  const invitation = await client.rpc("invite_member", {
    organization: organizationId,
    address: colleague.email,
    role: role.data.id,
  });
  if (invitation.error) throw invitation.error;
  const theirs = await signedInOutside(colleague);
  const entered = await theirs.client.rpc("accept_my_invitation", { invitation: invitation.data.id });
  if (entered.error) throw entered.error;
  const [partner] = await createPartners({ client, userId, organizationId }, [{ name: partnerName }]);
  if (!partner) throw new Error("The partner was not made.");
  return {
    organizationId,
    admin: { ...admin, userId },
    colleague: { ...colleague, userId: theirs.userId },
    asAdmin: client,
    partner,
  };
}

async function signedInOutside({ email, password }: { email: string; password: string }) {
  const { apiUrl, publishableKey } = stack();
  const client = createClient(apiUrl, publishableKey, { auth: { persistSession: false, autoRefreshToken: false } });
  const { data, error } = await client.auth.signInWithPassword({ email, password });
  if (error) throw error;
  return { client, userId: data.user.id };
}
