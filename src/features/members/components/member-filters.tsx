import type { Role } from "@/features/roles";
import { SearchField } from "@/shared/ui/search-field";
import { Select } from "@/shared/ui/select";
import type { MemberFilter } from "../types";

interface MemberFiltersProps {
  filter: MemberFilter;
  onChange: (changes: Partial<MemberFilter>) => void;
  typed: string;
  onType: (text: string) => void;
  roles: Role[];
}

const EVERY = "every";

const statuses = [
  { value: EVERY, label: "Every status" },
  { value: "active", label: "Active" },
  { value: "deactivated", label: "Deactivated" },
] as const;

export function MemberFilters({ filter, onChange, typed, onType, roles }: MemberFiltersProps) {
  return (
    <search className="flex flex-wrap gap-2 border-b border-line p-3 max-sm:px-4">
      <SearchField
        label="Search by name or address"
        value={typed}
        onChange={onType}
        className="max-w-72 max-sm:max-w-none"
      />
      <Select<string>
        label="Role"
        hideLabel
        className="w-44 max-sm:w-[calc(50%-0.25rem)] max-[22rem]:w-full"
        value={filter.role ?? EVERY}
        onChange={(role) => onChange({ role: role === EVERY ? null : role })}
        options={[{ value: EVERY, label: "Every role" }, ...roles.map(({ id, name }) => ({ value: id, label: name }))]}
      />
      <Select
        label="Status"
        hideLabel
        className="w-40 max-sm:w-[calc(50%-0.25rem)] max-[22rem]:w-full"
        value={filter.status ?? EVERY}
        onChange={(status) => onChange({ status: status === EVERY ? null : status })}
        options={statuses}
      />
    </search>
  );
}
