import { Button } from "@/shared/ui/button";
import { SearchField } from "@/shared/ui/search-field";
import { isFiltered } from "../../filter";
import { useChoices } from "../../hooks/use-choices";
import type { PartnerListing } from "../../types";
import { ChoiceFilter, chipLook, filterChip } from "./choice-filter";
import { OwnerFilter } from "./owner-filter";

interface PartnerFiltersProps {
  listing: PartnerListing;
  onChange: (changes: Partial<PartnerListing>) => void;
  typed: string;
  onType: (text: string) => void;
  ownId: string;
  onShowAll: () => void;
}

export function PartnerFilters({ listing, onChange, typed, onType, ownId, onShowAll }: PartnerFiltersProps) {
  const { statuses, tiers, domains, regions, tags } = useChoices();
  return (
    <search className="flex flex-wrap items-center gap-2 border-b border-line p-3 max-sm:px-4">
      <SearchField
        label="Search partners"
        value={typed}
        onChange={onType}
        className="max-w-72 max-sm:max-w-none"
        title="By name, website or primary contact"
      />
      <div className="flex min-w-0 flex-wrap items-center gap-2 max-sm:-mx-4 max-sm:w-[calc(100%+2rem)] max-sm:flex-nowrap max-sm:overflow-x-auto max-sm:px-4 max-sm:py-0.5 max-sm:[scrollbar-width:none]">
        <ChoiceFilter
          label="Status"
          choices={statuses}
          chosen={listing.statuses}
          onChange={(keys) => onChange({ statuses: keys })}
        />
        <ChoiceFilter
          label="Tier"
          choices={tiers}
          chosen={listing.tiers}
          onChange={(keys) => onChange({ tiers: keys })}
        />
        <OwnerFilter owner={listing.owner} ownId={ownId} onChange={(owner) => onChange({ owner })} />
        <ChoiceFilter
          label="Region"
          choices={regions}
          chosen={listing.regions}
          onChange={(keys) => onChange({ regions: keys })}
        />
        <ChoiceFilter
          label="Domain"
          choices={domains}
          chosen={listing.domains}
          onChange={(keys) => onChange({ domains: keys })}
        />
        <ChoiceFilter label="Tags" choices={tags} chosen={listing.tags} onChange={(keys) => onChange({ tags: keys })} />
        <button
          type="button"
          aria-pressed={listing.archived}
          onClick={() => onChange({ archived: !listing.archived })}
          className={`${filterChip} ${listing.archived ? chipLook.on : chipLook.off}`}
        >
          Archived
        </button>
        {isFiltered(listing) && (
          <Button look="quiet" onClick={onShowAll}>
            Clear
          </Button>
        )}
      </div>
    </search>
  );
}
