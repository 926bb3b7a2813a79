import { useState } from "react";
import { csvRows, downloadCsv } from "@/shared/lib/csv";
import { toAppError } from "@/shared/lib/errors";
import { useFormat } from "@/shared/lib/format/use-format";
import { showToast } from "@/shared/ui/toast";
import { EXPORT_LIMIT } from "../constants";
import { partnerDirectoryService } from "../services/partner-directory-service";
import type { Choice, Choices, Partner, PartnerListing } from "../types";
import { choiceOf } from "./use-choices";

const PAGE = 1000;

const header = [
  "Name",
  "Status",
  "Tier",
  "Owner",
  "Domain",
  "Region",
  "Tags",
  "Health",
  "Website",
  "Contact",
  "Contact's role",
  "Contact's e-mail address",
  "Contact's phone",
  "Agreement starts",
  "Agreement ends",
  "Agreement renews",
  "Updated (UTC)",
];

/** All partners that the filters leave, in the order of the list, page by page into one file. */
export function useExport(organizationId: string, listing: PartnerListing, choices: Choices) {
  const format = useFormat();
  const [done, setDone] = useState<number | null>(null);

  async function run() {
    setDone(0);
    try {
      const parts = [csvRows([header])];
      let after: string | null = null;
      let count = 0;
      while (count < EXPORT_LIMIT) {
        const page = await partnerDirectoryService.listPartnersAfter(organizationId, listing, after);
        parts.push(csvRows(page.map((partner) => rowOf(partner, choices))));
        count += page.length;
        setDone(count);
        if (page.length < PAGE) break;
        after = page.at(-1)?.id ?? null;
      }
      downloadCsv(`partners-${new Date().toISOString().slice(0, 10)}.csv`, parts);
      const isCut = count >= EXPORT_LIMIT;
      showToast({
        tone: isCut ? "warn" : "good",
        title: `${format.number(count)} partners exported`,
        ...(isCut && { description: "More than this does not fit into one file: filter for the rest." }),
      });
    } catch (error) {
      showToast({ tone: "bad", title: "The export stopped", description: toAppError(error).message });
    } finally {
      setDone(null);
    }
  }

  return { run: () => void run(), done };
}

function rowOf(partner: Partner, choices: Choices) {
  const label = (list: readonly Choice[], key: string | null) => (key === null ? null : choiceOf(list, key).label);
  return [
    partner.name,
    label(choices.statuses, partner.status),
    label(choices.tiers, partner.tier),
    partner.owner?.name ?? null,
    label(choices.domains, partner.domain),
    label(choices.regions, partner.region),
    partner.tags.map((tag) => choiceOf(choices.tags, tag).label).join("; "),
    partner.health,
    partner.website,
    partner.contactName,
    partner.contactRole,
    partner.contactEmail,
    partner.contactPhone,
    partner.agreementStartsOn,
    partner.agreementEndsOn,
    partner.agreementRenewsOn,
    partner.updatedAt,
  ];
}
