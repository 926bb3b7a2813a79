import { type ReactNode, useId, useState } from "react";
import { Button } from "@/shared/ui/button";
import { ConfirmDialog } from "@/shared/ui/confirm-dialog";
import { Sheet } from "@/shared/ui/dialog";
import { Notice } from "@/shared/ui/notice";

interface FormSheetProps {
  title: string;
  description?: ReactNode;
  submitLabel: string;
  isBusy: boolean;
  isDirty: boolean;
  /** What is wrong with the whole of it. */
  problem?: ReactNode;
  /** Somebody else changed what is edited here, as far as that is known. */
  meanwhile?: ReactNode;
  onFocus?: (control: Element) => void;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form beside the page. Nothing typed goes away by a slip: closing it asks first. */
export function FormSheet({
  title,
  description,
  submitLabel,
  isBusy,
  isDirty,
  problem,
  meanwhile,
  onFocus,
  onSubmit,
  onClose,
  children,
}: FormSheetProps) {
  const id = useId();
  const [isLeaving, setLeaving] = useState(false);
  const leave = () => (isDirty ? setLeaving(true) : onClose());
  return (
    <Sheet
      open
      keepOpen
      onOpenChange={(open) => !open && !isBusy && leave()}
      title={title}
      description={description}
      footer={
        <>
          <Button onClick={leave} disabled={isBusy}>
            Cancel
          </Button>
          <Button type="submit" form={id} look="primary" busy={isBusy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // React hands events on to the page that the sheet was opened from.
          event.stopPropagation();
          if (!isBusy) onSubmit();
        }}
        // Also what is drawn elsewhere, such as a list of choices, hands its events on to here.
        onFocus={({ target, currentTarget }) => currentTarget.contains(target) && onFocus?.(target)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isBusy) onSubmit();
        }}
        className="space-y-4"
      >
        {/* Above the fields and not in their way: what was typed stays, and saving explains a conflict. */}
        {meanwhile && !problem && !isBusy && <Notice tone="info">{meanwhile}</Notice>}
        {children}
        {problem && (typeof problem === "string" ? <Notice>{problem}</Notice> : problem)}
      </form>
      <ConfirmDialog
        open={isLeaving}
        onOpenChange={setLeaving}
        title="Close without saving?"
        description="What you entered here is lost then."
        confirmLabel="Close without saving"
        cancelLabel="Keep editing"
        tone="danger"
        onConfirm={onClose}
      />
    </Sheet>
  );
}
