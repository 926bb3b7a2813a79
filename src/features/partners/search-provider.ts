// How the command palette finds partners.
import { partnerPath } from "@/shared/lib/paths";
import type { SearchProvider } from "@/shared/lib/search-providers";

export const partnerSearch: SearchProvider = {
  key: "partners",
  label: "Partners",
  permission: "partners.read",
  async search(text, { organizationId, signal }) {
    // Loaded with the first search: nobody who does not look for partners downloads it.
    const { partnerDirectoryService } = await import("./services/partner-directory-service");
    const found = await partnerDirectoryService.findPartners(organizationId, text, signal);
    return found.map(({ id, name, website, owner }) => ({
      id,
      label: name,
      detail: [website?.replace(/^https?:\/\/(www\.)?/, ""), owner?.name].filter(Boolean).join(" · "),
      to: partnerPath(id),
    }));
  },
};
