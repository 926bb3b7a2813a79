import { Button } from "@/shared/ui/button";
import { CircleAlert } from "@/shared/ui/icons";
import type { Preview } from "../types";
import { ChangeSummary } from "./change-summary";

interface SaveBarProps {
  label: string;
  problemCount: number;
  failure: string | undefined;
  preview: Preview | undefined;
  isPreviewing: boolean;
  isSaving: boolean;
  canSave: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Stays in sight while a long setting is edited: the two ways on, where no toast covers them, and what would change. */
export function SaveBar({
  label,
  problemCount,
  failure,
  preview,
  isPreviewing,
  isSaving,
  canSave,
  onSave,
  onDiscard,
}: SaveBarProps) {
  return (
    <div className="sticky bottom-2 z-10 mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line-strong bg-raised px-3 py-2 shadow-high max-sm:bottom-[calc(5rem+env(safe-area-inset-bottom))]">
      <div className="flex gap-2 max-sm:w-full max-sm:*:flex-1">
        <Button look="primary" onClick={onSave} busy={isSaving} disabled={!canSave} aria-label={`Save ${label}`}>
          Save
        </Button>
        <Button onClick={onDiscard} disabled={isSaving}>
          Discard
        </Button>
      </div>
      <div className="min-w-0 flex-1 basis-56 text-small" aria-live="polite">
        {failure ? (
          <p className="font-medium text-bad">{failure}</p>
        ) : problemCount > 0 ? (
          <p className="flex items-center gap-1 font-medium text-bad">
            <CircleAlert aria-hidden="true" className="size-3.5 shrink-0" />
            {problemCount === 1 ? "One thing has to be corrected." : `${problemCount} things have to be corrected.`}
          </p>
        ) : preview ? (
          <ChangeSummary preview={preview} />
        ) : (
          <p className="text-ink-2">{isPreviewing ? "Looking at what this changes …" : "Not saved yet."}</p>
        )}
      </div>
    </div>
  );
}
