import { createContext, type ReactNode, useContext } from "react";
import { AvatarGroup } from "@/shared/ui/avatar";
import type { PersonHere } from "../../types";

const Present = createContext<readonly PersonHere[]>([]);

export function PresentPeopleProvider({ people, children }: { people: readonly PersonHere[]; children: ReactNode }) {
  return <Present value={people}>{children}</Present>;
}

/** Who has a partner of the list open right now. Beside the table and not in its rows: their coming and going draws no row again. */
export function OpenedBy({ partnerId }: { partnerId: string }) {
  const people = useContext(Present).filter((person) => person.partnerId === partnerId);
  if (people.length === 0) return null;
  return (
    <span className="inline-flex shrink-0" title={`${people.map(({ name }) => name).join(", ")} has this open`}>
      <span className="sr-only">Open with </span>
      <AvatarGroup people={people} most={2} />
    </span>
  );
}
