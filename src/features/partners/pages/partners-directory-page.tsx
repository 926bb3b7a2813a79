import { lazy, Suspense, useCallback, useState } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { useIsNarrow } from "@/shared/lib/media-query";
import { usePageTitle } from "@/shared/lib/page-title";
import { partnerPath } from "@/shared/lib/paths";
import { useNavigate } from "@/shared/lib/router";
import { Button } from "@/shared/ui/button";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Download, Plus } from "@/shared/ui/icons";
import { PageHeader } from "@/shared/ui/page-header";
import { showToast } from "@/shared/ui/toast";
import { PeopleHere } from "../components/shared/people-here";
import { DirectoryFigures } from "../components/table/directory-figures";
import { NoPartners } from "../components/table/no-partners";
import { Pager } from "../components/table/pager";
import { PartnerCards } from "../components/table/partner-cards";
import { PartnerFilters } from "../components/table/partner-filters";
import { PartnerTable } from "../components/table/partner-table";
import { PresentPeopleProvider } from "../components/table/present-people";
import { SelectionProvider } from "../components/table/selection";
import { everyPartner } from "../filter";
import { useChoices, useChoicesSettled } from "../hooks/use-choices";
import { useExport } from "../hooks/use-export";
import { useListing } from "../hooks/use-listing";
import { useMe } from "../hooks/use-me";
import { usePartnerRights } from "../hooks/use-partner-rights";
import { usePartnersDirectory } from "../hooks/use-partners-directory";
import { usePartnersLive } from "../hooks/use-partners-live";
import { usePeopleHere } from "../hooks/use-people-here";
import { useSelectedPartners } from "../hooks/use-selection";
import type { Partner } from "../types";

const NewPartnerSheet = lazy(async () => ({
  default: (await import("../components/shared/new-partner-sheet")).NewPartnerSheet,
}));

// For those who select something.
const BulkBar = lazy(async () => ({ default: (await import("../components/table/bulk-bar")).BulkBar }));

const none: Partner[] = [];

export function PartnersDirectoryPage() {
  usePageTitle("Partners");
  const { organization } = useActiveOrganization();
  const me = useMe();
  const navigate = useNavigate();
  const isNarrow = useIsNarrow();
  const rights = usePartnerRights();
  const { listing, change, typed, setTyped } = useListing();
  const { data, summary, summaryError, error, retry, isFetching, mutations } = usePartnersDirectory(
    organization.id,
    listing,
  );
  usePartnersLive(null);
  const people = usePeopleHere(null);
  const exporting = useExport(organization.id, listing, useChoices());
  const isSettled = useChoicesSettled();
  const [isCreating, setCreating] = useState(false);
  // What is archived is brought back by whoever may archive; the rest can be given something by whoever may edit it.
  const maySelect = useCallback(
    (partner: Partner) => (listing.archived ? rights.mayArchive : rights.mayEdit(partner)),
    [listing.archived, rights],
  );
  const { selection, ids, clear } = useSelectedPartners(data?.partners ?? none, maySelect);
  const isSelectable = listing.archived ? rights.mayArchive : rights.mayCreate;

  const changeListing = useCallback(
    (changes: Parameters<typeof change>[0]) => {
      // Other partners are shown then: nothing stays selected that is no longer seen.
      if (!("place" in changes) && !("sort" in changes)) clear();
      change(changes);
    },
    [change, clear],
  );
  const showAll = () => {
    setTyped("");
    changeListing({ ...everyPartner, archived: listing.archived });
  };
  const isEmpty = data?.partners.length === 0 && !data.hasPrevious;

  return (
    <div className="space-y-4">
      <PageHeader
        title="Partners"
        description={`The companies that ${organization.name} works with, and who looks after them.`}
        actions={
          <>
            <PeopleHere people={people} nameOf={(id) => data?.partners.find((partner) => partner.id === id)?.name} />
            {rights.can("exports.run") === "all" && (
              <Button onClick={exporting.run} busy={exporting.done !== null} className="max-sm:flex-1">
                {exporting.done === null && <Download aria-hidden="true" className="size-4" />}
                {exporting.done ? `${exporting.done} partners` : "Export CSV"}
              </Button>
            )}
            {rights.mayCreate && (
              <Button look="primary" onClick={() => setCreating(true)} className="max-sm:flex-1">
                <Plus aria-hidden="true" className="size-4" />
                New partner
              </Button>
            )}
          </>
        }
      />
      <DirectoryFigures
        summary={summary}
        summaryError={summaryError}
        seesDeals={rights.can("opportunities.read") !== false}
        seesReferrals={rights.can("referrals.read") === "all"}
      />
      <PresentPeopleProvider people={people}>
        <SelectionProvider value={selection}>
          <Card className="overflow-clip">
            <PartnerFilters
              listing={listing}
              onChange={changeListing}
              typed={typed}
              onType={setTyped}
              ownId={rights.ownId}
              onShowAll={showAll}
            />
            {error && !data ? (
              <ErrorState
                title="The partners could not be loaded"
                message={error.message}
                retry={retry}
                busy={isFetching}
              />
            ) : isEmpty ? (
              <NoPartners
                listing={listing}
                onShowAll={showAll}
                onCreate={rights.mayCreate ? () => setCreating(true) : null}
              />
            ) : isNarrow ? (
              <PartnerCards partners={isSettled ? data?.partners : undefined} />
            ) : (
              <PartnerTable
                partners={isSettled ? data?.partners : undefined}
                listing={listing}
                isSelectable={isSelectable}
                onChange={changeListing}
              />
            )}
            {data && <Pager page={data} total={data.total} onPlace={(place) => change({ place })} />}
          </Card>
        </SelectionProvider>
      </PresentPeopleProvider>
      {ids.length > 0 && (
        <Suspense>
          <BulkBar ids={ids} archived={listing.archived} rights={rights} mutations={mutations} onClear={clear} />
        </Suspense>
      )}
      {isCreating && (
        <Suspense>
          <NewPartnerSheet
            organizationId={organization.id}
            me={me}
            onClose={() => setCreating(false)}
            onCreated={(partner) => {
              showToast({ tone: "good", title: `${partner.name} is in the directory` });
              void navigate(partnerPath(partner.id));
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
