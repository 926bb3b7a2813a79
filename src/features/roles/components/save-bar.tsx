import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import { showToast } from "@/shared/ui/toast";
import { type Conflict, countChanges, type RoleDraft } from "../draft";
import type { RoleDrafts } from "../hooks/use-role-drafts";
import { type CellScope, scopeWords } from "../rights";
import type { CatalogueEntry, Role } from "../types";

interface SaveBarProps {
  drafts: RoleDrafts;
  /** As they are stored now. */
  roles: readonly Role[];
  catalogue: CatalogueEntry[];
}

/** There while something is not saved. */
export function SaveBar({ drafts, roles, catalogue }: SaveBarProps) {
  const open = Object.values(drafts.drafts);
  if (open.length === 0) return null;

  async function save() {
    if (await drafts.save())
      showToast({ tone: "good", title: "Roles saved", description: "They hold from the next request on." });
  }

  return (
    <section
      aria-label="Unsaved changes"
      className="sticky bottom-4 z-10 space-y-3 rounded-card border border-line bg-raised p-3 ps-4 shadow-high max-sm:bottom-[calc(4.5rem+env(safe-area-inset-bottom)+0.5rem)]"
    >
      {open.map((draft) => {
        const problem = drafts.problems[draft.base.id];
        const stored = roles.find(({ id }) => id === draft.base.id);
        if (!problem && !drafts.isSaving && stored && stored.version > draft.base.version)
          return (
            <Notice key={draft.base.id} tone="info">
              <strong className="font-semibold">{draft.name}:</strong> somebody else changed this role meanwhile. Your
              changes are kept: saving puts them on top and shows where both of you changed the same.
            </Notice>
          );
        return (
          problem && (
            <Notice key={draft.base.id} tone={draft.conflicts.length > 0 ? "warn" : "bad"}>
              <p>
                <strong className="font-semibold">{draft.name}:</strong> {problem}
              </p>
              <Conflicts draft={draft} catalogue={catalogue} />
            </Notice>
          )
        );
      })}
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-48 wrap-anywhere">
          <strong className="font-semibold">Not saved yet: </strong>
          {open.map((draft) => `${draft.base.name} (${changesIn(draft)})`).join(", ")}
        </p>
        <Button onClick={drafts.discard} disabled={drafts.isSaving}>
          Discard
        </Button>
        <Button look="primary" busy={drafts.isSaving} onClick={() => void save()}>
          Save changes
        </Button>
      </div>
    </section>
  );
}

function Conflicts({ draft, catalogue }: { draft: RoleDraft; catalogue: CatalogueEntry[] }) {
  if (draft.conflicts.length === 0) return null;
  return (
    <ul className="mt-1 list-disc ps-5">
      {draft.conflicts.map((conflict) => {
        const { what, show } = wordsFor(conflict, catalogue);
        return (
          <li key={what}>
            {what}: theirs is “{show(conflict.theirs)}”, yours is “{show(conflict.mine)}”.
          </li>
        );
      })}
    </ul>
  );
}

function wordsFor({ field }: Conflict, catalogue: CatalogueEntry[]) {
  if (typeof field === "string")
    return { what: field === "name" ? "Name" : "Description", show: (value: string) => value };
  return {
    what: catalogue.find(({ key }) => key === field.permission)?.label ?? field.permission,
    show: (value: string) => scopeWords[value as CellScope].long,
  };
}

function changesIn(draft: RoleDraft): string {
  const count = countChanges(draft);
  return count === 1 ? "1 change" : `${count} changes`;
}
