import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";

interface SaveBarProps {
  error: Error | null;
  /** The same was changed elsewhere while this was being typed. */
  conflict: boolean;
  isPending: boolean;
  isChanged: boolean;
  /** Drops what was typed and shows what is stored. */
  onReset: () => void;
}

export function SaveBar({ error, conflict, isPending, isChanged, onReset }: SaveBarProps) {
  return (
    <div className="space-y-3">
      {conflict ? (
        <Notice tone="warn">
          This was changed in another window or on another device meanwhile. What you entered is still here: save again
          to keep yours, or discard it to see what is stored.
        </Notice>
      ) : (
        error && <Notice>{error.message}</Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" busy={isPending}>
          {isPending ? "Saving …" : "Save changes"}
        </Button>
        {isChanged && !isPending && (
          <Button look="quiet" onClick={onReset}>
            Discard
          </Button>
        )}
        {isChanged && <span className="text-ink-2">Not saved yet</span>}
      </div>
    </div>
  );
}
