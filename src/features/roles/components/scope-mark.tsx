import { Check } from "@/shared/ui/icons";
import type { CellScope } from "../rights";

/** How far a right reaches: told by shape and letters, not by colour alone. */
export function ScopeMark({ scope }: { scope: CellScope }) {
  if (scope === "all")
    return (
      <span aria-hidden="true" className="grid size-5 place-items-center rounded-[5px] bg-accent-soft text-accent-text">
        <Check className="size-3.5 stroke-[2.5]" />
      </span>
    );
  if (scope === "own")
    return (
      <span
        aria-hidden="true"
        className="grid h-5 place-items-center rounded-[5px] border border-dashed border-line-control px-1 text-[0.6875rem] font-medium text-ink-2"
      >
        own
      </span>
    );
  return <span aria-hidden="true" className="h-0.5 w-2 rounded-full bg-line-strong" />;
}

/** The list on a narrow screen says it in words, of which one needs to be explained. */
export function Legend({ canManage }: { canManage: boolean }) {
  return (
    <>
      <p className="text-small text-ink-2 md:hidden">“Own” is only what they own or are assigned to.</p>
      <ul
        aria-label="Legend"
        className="flex flex-wrap items-center gap-x-5 gap-y-1 text-small text-ink-2 max-md:hidden"
      >
        <li className="flex items-center gap-1.5">
          <ScopeMark scope="all" /> everything
        </li>
        <li className="flex items-center gap-1.5">
          <ScopeMark scope="own" /> only what they own or are assigned to
        </li>
        <li className="flex h-5 items-center gap-1.5">
          <ScopeMark scope="none" /> nothing
        </li>
        {canManage && <li>Arrows move, Space changes.</li>}
      </ul>
    </>
  );
}
