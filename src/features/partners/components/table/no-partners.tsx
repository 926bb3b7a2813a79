import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { Archive, Handshake, Plus, Search } from "@/shared/ui/icons";
import { isFiltered } from "../../filter";
import type { PartnerListing } from "../../types";

interface NoPartnersProps {
  listing: PartnerListing;
  onShowAll: () => void;
  /** There for those who may. */
  onCreate: (() => void) | null;
}

export function NoPartners({ listing, onShowAll, onCreate }: NoPartnersProps) {
  if (isFiltered(listing))
    return (
      <EmptyState
        Icon={Search}
        title="No partner matches"
        action={<Button onClick={onShowAll}>Show all partners</Button>}
      >
        Nothing in the directory has these filters in common. Take one away, or search for something else.
      </EmptyState>
    );
  if (listing.archived)
    return (
      <EmptyState Icon={Archive} title="Nothing is archived">
        Partners that you no longer work with can be put away here. Their history stays, and they can be brought back.
      </EmptyState>
    );
  return (
    <EmptyState
      Icon={Handshake}
      title="Your directory begins here"
      action={
        onCreate && (
          <Button look="primary" onClick={onCreate}>
            <Plus aria-hidden="true" className="size-4" />
            New partner
          </Button>
        )
      }
    >
      A partner is a company that you work with: who looks after it, what you agreed on, and everything that happens
      with it stands in one place.
    </EmptyState>
  );
}
