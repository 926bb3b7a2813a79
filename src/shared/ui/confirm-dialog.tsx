import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactElement, type ReactNode, useRef, useState } from "react";
import { Button } from "./button";
import { Notice } from "./notice";
import { TextField } from "./text-field";

interface ConfirmDialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactElement;
  /** The question, naming what it is about. */
  title: string;
  /** What will happen, and whether it can be undone. */
  description: ReactNode;
  /** The deed as a verb: "Remove the role", never "OK". */
  confirmLabel: string;
  cancelLabel?: string;
  tone?: "plain" | "danger";
  /** For what cannot be undone: these letters have to be typed first. */
  typeToConfirm?: string;
  /** Closes when done. A refusal is shown here and the dialog stays. */
  onConfirm: () => unknown;
}

export function ConfirmDialog({ open, onOpenChange, trigger, ...question }: ConfirmDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const shown = open ?? ownOpen;
  const cancel = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);

  function change(next: boolean) {
    if (isBusy) return;
    setOwnOpen(next);
    onOpenChange?.(next);
  }

  return (
    <Base.Root open={shown} onOpenChange={change}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Base.Viewport className="fixed inset-0 z-40 flex p-4">
          <Base.Popup
            // The harmless button has the focus: a hasty Enter destroys nothing.
            initialFocus={question.typeToConfirm ? field : cancel}
            className="motion-popup m-auto w-full max-w-md rounded-card border border-line bg-raised p-5 text-ink shadow-high outline-none"
          >
            <Question
              {...question}
              cancel={cancel}
              field={field}
              isBusy={isBusy}
              setBusy={setBusy}
              done={() => {
                setOwnOpen(false);
                onOpenChange?.(false);
              }}
            />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

interface QuestionProps extends Omit<ConfirmDialogProps, "open" | "onOpenChange" | "trigger"> {
  cancel: React.RefObject<HTMLButtonElement | null>;
  field: React.RefObject<HTMLInputElement | null>;
  isBusy: boolean;
  setBusy: (busy: boolean) => void;
  done: () => void;
}

/** Mounted with each opening, so that no error and no typed letters of the last time are left. */
function Question({
  title,
  description,
  confirmLabel,
  cancelLabel = "Cancel",
  tone = "plain",
  typeToConfirm,
  onConfirm,
  cancel,
  field,
  isBusy,
  setBusy,
  done,
}: QuestionProps) {
  const [problem, setProblem] = useState<string>();
  const [typed, setTyped] = useState("");

  async function confirm() {
    if (isBusy) return;
    if (typeToConfirm && typed.trim() !== typeToConfirm) {
      setProblem(`Type ${typeToConfirm} to confirm.`);
      field.current?.focus();
      return;
    }
    setProblem(undefined);
    setBusy(true);
    try {
      await onConfirm();
      done();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : "That did not work. Try again.");
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void confirm();
      }}
      className="space-y-4"
    >
      <div className="space-y-1">
        <Base.Title className="text-base leading-6 font-semibold wrap-anywhere">{title}</Base.Title>
        <Base.Description render={<div />} className="text-ink-2 wrap-anywhere">
          {description}
        </Base.Description>
      </div>
      {typeToConfirm && (
        <TextField
          ref={field}
          label={`Type ${typeToConfirm} to confirm`}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      )}
      {problem && <Notice>{problem}</Notice>}
      <div className="flex justify-end gap-2 max-sm:flex-col-reverse">
        <Base.Close disabled={isBusy} render={<Button ref={cancel}>{cancelLabel}</Button>} />
        <Button type="submit" look={tone === "danger" ? "danger" : "primary"} busy={isBusy}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  );
}
