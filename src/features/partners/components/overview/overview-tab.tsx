import { lazy, type ReactNode, Suspense, useState } from "react";
import { useFormat } from "@/shared/lib/format/use-format";
import { Button } from "@/shared/ui/button";
import { Pencil } from "@/shared/ui/icons";
import { KeyValueList } from "@/shared/ui/key-value-list";
import { Section } from "@/shared/ui/section";
import { useChoices } from "../../hooks/use-choices";
import { usePartnerRights } from "../../hooks/use-partner-rights";
import type { PartnerMutations } from "../../hooks/use-partner-workspace";
import type { Partner, PartnerFields } from "../../types";
import { ChoicePill, ChoiceTag } from "../shared/choice-pill";
import type { PartnerSection } from "../shared/edit-partner-sheet";
import { EditedBy } from "../shared/edited-by";
import { Health } from "../shared/health";
import { Owner } from "../shared/owner";
import { CommissionSection } from "./commission-section";
import { Renewal } from "./renewal";

const EditPartnerSheet = lazy(async () => ({
  default: (await import("../shared/edit-partner-sheet")).EditPartnerSheet,
}));

interface OverviewTabProps {
  partner: Partner;
  mayEdit: boolean;
  update: PartnerMutations["update"];
}

export function OverviewTab({ partner, mayEdit, update }: OverviewTabProps) {
  const choices = useChoices();
  const format = useFormat();
  const rights = usePartnerRights();
  const [editing, setEditing] = useState<PartnerSection | null>(null);
  const edit = (section: PartnerSection, what: string) =>
    mayEdit && (
      <Button look="quiet" aria-label={`Edit ${what}`} onClick={() => setEditing(section)} className="-me-2">
        <Pencil aria-hidden="true" className="size-3.5" />
        Edit
      </Button>
    );
  const day = (value: string | null) => value && format.date(value);
  return (
    <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
      <div className="grid gap-4">
        <Section title="Profile" actions={edit("profile", "the profile")}>
          <Facts
            items={[
              { field: "name", label: "Name", value: partner.name },
              { field: "website", label: "Website", value: partner.website && <Outside href={partner.website} /> },
              {
                field: "status",
                label: "Status",
                value: <ChoicePill choices={choices.statuses} value={partner.status} dot />,
              },
              {
                field: "tier",
                label: "Tier",
                value: partner.tier && <ChoicePill choices={choices.tiers} value={partner.tier} />,
              },
              { field: "ownerId", label: "Owner", value: partner.owner && <Owner person={partner.owner} /> },
              {
                field: "domain",
                label: "Domain",
                value: partner.domain && <ChoiceTag choices={choices.domains} value={partner.domain} />,
              },
              {
                field: "region",
                label: "Region",
                value: partner.region && <ChoiceTag choices={choices.regions} value={partner.region} />,
              },
              {
                field: "tags",
                label: "Tags",
                value: partner.tags.length > 0 && (
                  <span className="flex flex-wrap gap-1">
                    {partner.tags.map((tag) => (
                      <ChoiceTag key={tag} choices={choices.tags} value={tag} />
                    ))}
                  </span>
                ),
              },
              { label: "Health", value: <Health value={partner.health} /> },
              { label: "In the directory since", value: format.date(partner.createdAt) },
              { label: "Last changed", value: format.dateTime(partner.updatedAt) },
            ]}
          />
        </Section>
        <Section title="Notes" actions={edit("notes", "the notes")}>
          <Prose text={partner.notes} none="Nothing is noted yet." />
          <EditedBy field="notes" />
        </Section>
      </div>
      <div className="grid gap-4">
        <Section title="Agreement" actions={edit("agreement", "the agreement")}>
          <Facts
            items={[
              { field: "agreementStartsOn", label: "Starts", value: day(partner.agreementStartsOn) },
              {
                field: "agreementEndsOn",
                label: "Ends",
                value: partner.agreementEndsOn && <Renewal day={partner.agreementEndsOn} />,
              },
              {
                field: "agreementRenewsOn",
                label: "Renews",
                value: partner.agreementRenewsOn && <Renewal day={partner.agreementRenewsOn} />,
              },
            ]}
          />
          <h3 className="mt-3 mb-0.5 text-ink-2">Terms</h3>
          <Prose text={partner.agreementTerms} none="No terms are written down here yet." />
          <EditedBy field="agreementTerms" />
        </Section>
        <Section title="Primary contact" actions={edit("contact", "the primary contact")}>
          <Facts
            items={[
              { field: "contactName", label: "Name", value: partner.contactName },
              { field: "contactRole", label: "Role", value: partner.contactRole },
              {
                field: "contactEmail",
                label: "E-mail address",
                value: partner.contactEmail && (
                  <a href={`mailto:${encodeURIComponent(partner.contactEmail)}`} className={link}>
                    {partner.contactEmail}
                  </a>
                ),
              },
              {
                field: "contactPhone",
                label: "Phone",
                value: partner.contactPhone && (
                  <a href={`tel:${partner.contactPhone.replace(/[^\d+]/g, "")}`} className={link}>
                    {partner.contactPhone}
                  </a>
                ),
              },
            ]}
          />
        </Section>
        {rights.can("commissions.read") === "all" && <CommissionSection partnerId={partner.id} />}
      </div>
      {editing && (
        <Suspense>
          <EditPartnerSheet partner={partner} section={editing} update={update} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </div>
  );
}

interface Fact {
  label: string;
  value: ReactNode;
  /** Set where it can be edited. */
  field?: keyof PartnerFields;
}

function Facts({ items }: { items: readonly Fact[] }) {
  return (
    <KeyValueList
      items={items.map(({ label, value, field }) => ({
        label,
        value: value || null,
        ...(field && { aside: <EditedBy field={field} /> }),
      }))}
    />
  );
}

const link = "rounded-control text-accent-text hover:underline";

function Outside({ href }: { href: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className={link}>
      {href.replace(/^https?:\/\//, "").replace(/\/$/, "")}
      <span className="sr-only">, opens in a new window</span>
    </a>
  );
}

function Prose({ text, none }: { text: string | null; none: string }) {
  return text ? (
    <p dir="auto" className="whitespace-pre-wrap wrap-anywhere">
      {text}
    </p>
  ) : (
    <p className="text-ink-3">{none}</p>
  );
}
