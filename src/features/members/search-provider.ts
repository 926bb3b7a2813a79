// How the command palette finds colleagues.

import { paths } from "@/shared/lib/paths";
import type { SearchProvider } from "@/shared/lib/search-providers";

export const memberSearch: SearchProvider = {
  key: "members",
  label: "Members",
  permission: "members.read",
  async search(text, { organizationId, signal }) {
    // Loaded with the first search: nobody who does not look for colleagues downloads it.
    const { findMembers } = await import("./services/member-service");
    const found = await findMembers(organizationId, text, signal);
    return found.map(({ id, name, email, roleName, status }) => ({
      id,
      label: name,
      detail: [email, roleName, status === "deactivated" && "deactivated"].filter(Boolean).join(" · "),
      to: `${paths.members}?${new URLSearchParams({ q: email ?? name })}`,
    }));
  },
};
