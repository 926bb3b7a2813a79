import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { useActiveOrganization } from "@/features/organizations";
import { Button } from "@/shared/ui/button";
import { ChevronDown } from "@/shared/ui/icons";
import { Popover } from "@/shared/ui/popover";
import { Skeleton } from "@/shared/ui/skeleton";
import { NOBODY } from "../../constants";
import { personQuery } from "../../queries";
import { chipLook, filterChip } from "./choice-filter";

const PersonField = lazy(async () => ({ default: (await import("../shared/person-field")).PersonField }));

interface OwnerFilterProps {
  owner: string | null;
  /** Of the person who looks. */
  ownId: string;
  onChange: (owner: string | null) => void;
}

export function OwnerFilter({ owner, ownId, onChange }: OwnerFilterProps) {
  const { organization } = useActiveOrganization();
  const [isOpen, setOpen] = useState(false);
  const isPerson = owner !== null && owner !== NOBODY;
  const { data: person } = useQuery({ ...personQuery(organization.id, owner ?? ""), enabled: isPerson });
  const name = owner === NOBODY ? "nobody" : owner === ownId ? "me" : (person?.name ?? "…");

  function choose(next: string | null) {
    setOpen(false);
    onChange(next);
  }

  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Filter by owner"
      trigger={
        <button type="button" className={`${filterChip} ${owner ? chipLook.on : chipLook.off}`}>
          <span className="truncate">{owner ? `Owner: ${name}` : "Owner"}</span>
          <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
        </button>
      }
    >
      <div className="w-64 max-w-full space-y-3">
        <div className="flex flex-wrap gap-2">
          <Button look={owner === ownId ? "active" : "secondary"} onClick={() => choose(ownId)}>
            Me
          </Button>
          <Button look={owner === NOBODY ? "active" : "secondary"} onClick={() => choose(NOBODY)}>
            Nobody
          </Button>
          {owner && (
            <Button look="quiet" onClick={() => choose(null)}>
              Anybody
            </Button>
          )}
        </div>
        <Suspense fallback={<Skeleton className="h-14" />}>
          <PersonField
            label="A colleague"
            placeholder="Type a name"
            value={isPerson ? owner : null}
            known={person ? [person] : []}
            onChange={choose}
          />
        </Suspense>
      </div>
    </Popover>
  );
}
