import { type FormEvent, type ReactNode, useId, useState } from "react";
import { toAppError } from "@/shared/lib/errors";
import { Button } from "@/shared/ui/button";
import { Dialog, OverlayClose } from "@/shared/ui/dialog";
import { Notice } from "@/shared/ui/notice";

interface FormDialogProps {
  title: string;
  description: string;
  submitLabel: string;
  tone?: "primary" | "danger";
  /** Closes when done; a refusal is shown and what was typed stays. Answers false where a field says what is missing. */
  onSubmit: () => Promise<false | undefined>;
  onClose: () => void;
  children: ReactNode;
}

export function FormDialog({
  title,
  description,
  submitLabel,
  tone = "primary",
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const formId = useId();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isBusy) return;
    setProblem(undefined);
    setBusy(true);
    try {
      if ((await onSubmit()) !== false) onClose();
    } catch (cause) {
      setProblem(toAppError(cause).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !isBusy && onClose()}
      keepOpen
      size="small"
      title={title}
      description={description}
      footer={
        <>
          <OverlayClose>
            <Button>Cancel</Button>
          </OverlayClose>
          <Button type="submit" form={formId} look={tone} busy={isBusy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={(event) => void submit(event)} className="space-y-4">
        {children}
        {problem && <Notice>{problem}</Notice>}
      </form>
    </Dialog>
  );
}
