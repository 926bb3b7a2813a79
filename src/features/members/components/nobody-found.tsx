import { Button } from "@/shared/ui/button";
import { EmptyState } from "@/shared/ui/empty-state";
import { Search, Users } from "@/shared/ui/icons";

/** `onShowAll` is there when a filter is the reason. */
export function NobodyFound({ onShowAll }: { onShowAll: (() => void) | null }) {
  if (!onShowAll)
    return (
      <EmptyState Icon={Users} title="Nobody here yet">
        Colleagues appear here as soon as they accept an invitation.
      </EmptyState>
    );
  return (
    <EmptyState Icon={Search} title="Nobody matches" action={<Button onClick={onShowAll}>Show everybody</Button>}>
      No member has this name, address, role or status.
    </EmptyState>
  );
}
