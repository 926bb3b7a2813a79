import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { organizationFiguresQuery, useActiveOrganization } from "@/features/organizations";
import { Card } from "@/shared/ui/card";
import { TextSkeleton } from "@/shared/ui/skeleton";

/** The organization in a few figures. */
export function OrganizationFacts() {
  const { organization, organizations, can } = useActiveOrganization();
  const { data: figures, error } = useQuery(organizationFiguresQuery(organization.id, can));
  const tenant = organizations.find(({ id }) => id === organization.parentId);
  const rights = Object.keys(organization.permissions).length;
  const invited = figures?.openInvitations;
  const seats = `of ${organization.seatLimit} seats${invited ? `, ${invited} more invited` : ""}`;
  return (
    <Card>
      <dl className="grid grid-cols-3 max-sm:grid-cols-1">
        {can("members.read") !== false && (
          <Fact name="People" note={seats}>
            {figures?.members ?? (error ? "—" : <TextSkeleton className="w-10" />)}
          </Fact>
        )}
        <Fact name="Your role" note={`${rights} ${rights === 1 ? "right" : "rights"}`}>
          {organization.roleName}
        </Fact>
        <Fact name="Subscription" {...(tenant && { note: `Part of ${tenant.name}` })}>
          <span className="capitalize">{organization.subscriptionTier}</span>
        </Fact>
      </dl>
    </Card>
  );
}

function Fact({ name, note, children }: { name: string; note?: string; children: ReactNode }) {
  return (
    <div className="min-w-0 border-line p-4 not-last:border-e max-sm:py-3 max-sm:not-last:border-e-0 max-sm:not-last:border-b">
      <dt className="text-small text-ink-3">{name}</dt>
      <dd className="mt-0.5 text-base font-semibold wrap-anywhere">
        {children}
        {note && <span className="block text-small font-normal text-ink-3">{note}</span>}
      </dd>
    </div>
  );
}
