import { useQuery } from "@tanstack/react-query";
import { DateField } from "@/shared/ui/date-field";
import { MultiCombobox } from "@/shared/ui/multi-combobox";
import { auditFacetsQuery } from "../queries";
import type { AuditFilters } from "../types";
import { actionWord, actorWord, tableWord } from "../words";

interface AuditFilterFieldsProps {
  organizationId: string;
  filters: AuditFilters;
  onChange: (changed: Partial<AuditFilters>) => void;
}

export function AuditFilterFields({ organizationId, filters, onChange }: AuditFilterFieldsProps) {
  const { data } = useQuery(auditFacetsQuery(organizationId));
  const people = (data?.actors ?? []).map(({ actor, name }) => ({
    value: actor,
    label: actorWord({ actor, actorName: name }),
  }));
  const kinds = (data?.tables ?? []).map((table) => ({ value: table, label: capitalized(tableWord(table)) }));
  const deeds = (data?.actions ?? []).map((action) => ({ value: action, label: actionWord(action) }));
  return (
    <>
      <MultiCombobox
        label="Who"
        placeholder="Anybody"
        options={people}
        value={filters.actors}
        onChange={(actors) => onChange({ actors })}
      />
      <MultiCombobox
        label="What"
        placeholder="Everything"
        options={kinds}
        value={filters.tables}
        onChange={(tables) => onChange({ tables })}
      />
      <MultiCombobox
        label="Action"
        placeholder="Any"
        options={deeds}
        value={filters.actions}
        onChange={(actions) => onChange({ actions })}
      />
      <DateField
        label="From"
        placeholder="The beginning"
        value={filters.from}
        max={filters.to}
        onChange={(from) => onChange({ from })}
      />
      <DateField
        label="To"
        placeholder="Now"
        value={filters.to}
        min={filters.from}
        onChange={(to) => onChange({ to })}
      />
    </>
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase("en") + text.slice(1);
}
