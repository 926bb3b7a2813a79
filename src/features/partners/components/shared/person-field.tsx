import { useActiveOrganization } from "@/features/organizations";
import { Combobox } from "@/shared/ui/combobox";
import type { ValueFieldProps } from "@/shared/ui/decimal-field";
import { findPeople } from "../../services/people-service";
import type { Person } from "../../types";

interface PersonFieldProps extends ValueFieldProps<string | null> {
  /** Who is chosen already, for the name. */
  known?: readonly Person[];
  placeholder?: string;
}

/** One of the colleagues, found by typing: there may be thousands. */
export function PersonField({ known = [], placeholder = "Nobody", ...field }: PersonFieldProps) {
  const { organization } = useActiveOrganization();
  return (
    <Combobox
      {...field}
      placeholder={placeholder}
      known={known.map(optionOf)}
      loadOptions={async (query, signal) => (await findPeople(organization.id, query, signal)).map(optionOf)}
    />
  );
}

const optionOf = ({ id, name }: Person) => ({ value: id, label: name });
