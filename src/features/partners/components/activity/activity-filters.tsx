import { DateField } from "@/shared/ui/date-field";
import { MultiCombobox } from "@/shared/ui/multi-combobox";
import { actorWord } from "../../event-words";
import type { ActivityFacets, ActivityFilter } from "../../types";

interface ActivityFiltersProps {
  facets: ActivityFacets | undefined;
  filter: ActivityFilter;
  onChange: (changes: Partial<ActivityFilter>) => void;
}

export function ActivityFilters({ facets, filter, onChange }: ActivityFiltersProps) {
  const kinds = (facets?.kinds ?? []).map(({ kind, label }) => ({ value: kind, label }));
  const actors = (facets?.actors ?? []).map(({ actor, name }) => ({
    value: actor,
    label: actorWord({ actor, actorName: name }),
  }));
  return (
    <>
      <MultiCombobox
        label="What"
        placeholder="Everything"
        options={kinds}
        value={filter.kinds}
        onChange={(keys) => onChange({ kinds: [...keys] })}
      />
      <MultiCombobox
        label="Who"
        placeholder="Anybody"
        options={actors}
        value={filter.actors}
        onChange={(keys) => onChange({ actors: [...keys] })}
      />
      <DateField
        label="From"
        placeholder="The beginning"
        value={filter.from}
        max={filter.to}
        onChange={(from) => onChange({ from })}
      />
      <DateField label="To" placeholder="Now" value={filter.to} min={filter.from} onChange={(to) => onChange({ to })} />
    </>
  );
}
