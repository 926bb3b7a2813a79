// Which field of the partner a colleague is editing at the moment.
import { createContext, type ReactNode, useContext } from "react";
import { AvatarGroup } from "@/shared/ui/avatar";
import type { PartnerFields, PersonHere } from "../../types";

type FieldName = keyof PartnerFields;

const nobody: readonly PersonHere[] = [];

/** Colleagues who have the same partner open. */
export const PeopleAtPartner = createContext(nobody);

export function EditedBy({ field }: { field: FieldName }) {
  const editors = useContext(PeopleAtPartner).filter((person) => person.field === field);
  if (editors.length === 0) return null;
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-middle text-small text-ink-2">
      <AvatarGroup people={editors} most={2} />
      <span className="min-w-0 truncate">
        <bdi>{editors.map(({ name }) => name).join(", ")}</bdi> {editors.length === 1 ? "is" : "are"} editing this
      </span>
    </span>
  );
}

/** A field of a form, by the name that colleagues are told of; who else is at it stands beside its label. */
export function Cell({ field, children }: { field: FieldName; children: ReactNode }) {
  return (
    <div data-cell={field} className="relative min-w-0">
      {children}
      <span className="absolute end-0 top-0 flex max-w-3/5 justify-end">
        <EditedBy field={field} />
      </span>
    </div>
  );
}

export const cellOf = (element: Element): string | null =>
  element.closest<HTMLElement>("[data-cell]")?.dataset.cell ?? null;
