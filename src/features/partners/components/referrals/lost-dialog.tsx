import { useRef, useState } from "react";
import { toAppError } from "@/shared/lib/errors";
import { Button } from "@/shared/ui/button";
import { Dialog } from "@/shared/ui/dialog";
import { Notice } from "@/shared/ui/notice";
import { TextArea } from "@/shared/ui/text-area";

interface LostDialogProps {
  clientName: string;
  stageLabel: string;
  onConfirm: (reason: string) => Promise<unknown>;
  onClose: () => void;
}

/** A referral is not lost without a reason: the next one is judged by it. */
export function LostDialog({ clientName, stageLabel, onConfirm, onClose }: LostDialogProps) {
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);

  async function confirm() {
    if (isBusy) return;
    const text = reason.trim();
    setError(text ? undefined : "Say in a few words why.");
    if (!text) return field.current?.focus();
    setBusy(true);
    setProblem(undefined);
    try {
      await onConfirm(text);
      onClose();
    } catch (cause) {
      setProblem(toAppError(cause).message);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      keepOpen
      size="small"
      onOpenChange={(open) => !open && !isBusy && onClose()}
      title={`${clientName}: ${stageLabel}`}
      description="The partner sees the reason, too."
      initialFocus={field}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            Cancel
          </Button>
          <Button look="primary" busy={isBusy} onClick={() => void confirm()}>
            Save
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <TextArea
          ref={field}
          label="Reason"
          required
          error={error}
          value={reason}
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
        />
        {problem && <Notice>{problem}</Notice>}
      </div>
    </Dialog>
  );
}
