import { AvatarGroup } from "@/shared/ui/avatar";
import { Tooltip } from "@/shared/ui/tooltip";
import { fieldLabels } from "../../field-labels";
import type { PersonHere } from "../../types";

interface PeopleHereProps {
  people: readonly PersonHere[];
  /** What to call the partner that somebody has open, where that is known. */
  nameOf?: (partnerId: string) => string | undefined;
}

/** Who else looks at this at the same time. */
export function PeopleHere({ people, nameOf }: PeopleHereProps) {
  if (people.length === 0) return null;
  return (
    <Tooltip
      side="bottom"
      label={
        <ul className="space-y-0.5">
          {people.map(({ id, name, partnerId, field }) => (
            <li key={id}>
              <bdi>{name}</bdi>
              {nameOf && partnerId && ` · at ${nameOf(partnerId) ?? "another partner"}`}
              {field && ` · editing ${fieldLabels[field]}`}
            </li>
          ))}
        </ul>
      }
    >
      <button
        type="button"
        aria-label={`Also here: ${people.map(({ name }) => name).join(", ")}`}
        className="inline-flex h-control items-center rounded-full outline-offset-2"
      >
        <AvatarGroup people={people} size="medium" />
      </button>
    </Tooltip>
  );
}
