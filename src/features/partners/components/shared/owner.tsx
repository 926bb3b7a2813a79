import { Avatar } from "@/shared/ui/avatar";
import type { Person } from "../../types";

export function Owner({ person, none = "—" }: { person: Person | null; none?: string }) {
  if (!person) return <span className="text-ink-3">{none}</span>;
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2">
      <Avatar name={person.name} colour={person.colour} />
      <bdi className="min-w-0 truncate">{person.name}</bdi>
    </span>
  );
}
