import { ConfirmDialog } from "@/shared/ui/confirm-dialog";

interface LeaveDialogProps {
  count: number;
  /** There while somebody is about to leave with changes that are not saved. */
  leaving: { leave: () => void; stay: () => void } | null;
}

export function LeaveDialog({ count, leaving }: LeaveDialogProps) {
  return (
    <ConfirmDialog
      open={leaving !== null}
      onOpenChange={(isOpen) => !isOpen && leaving?.stay()}
      title="Leave without saving?"
      description={
        count === 1
          ? "What you changed in one setting is not saved and would be lost."
          : `What you changed in ${count} settings is not saved and would be lost.`
      }
      confirmLabel="Leave"
      cancelLabel="Stay"
      tone="danger"
      onConfirm={() => leaving?.leave()}
    />
  );
}
