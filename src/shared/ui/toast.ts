// Telling what happened, from anywhere: components, hooks and callbacks that outlive the page they began on.
import { Toast } from "@base-ui/react/toast";

export type ToastTone = "plain" | "good" | "warn" | "bad";

interface ToastOptions {
  title: string;
  description?: string;
  tone?: ToastTone;
  /** Takes back what was done. Its own failure is told too. */
  undo?: () => unknown;
  /** Another thing to do about it, such as opening what was made. */
  action?: { label: string; run: () => void };
  /** The same id replaces what stands there instead of adding to it. */
  id?: string;
}

export interface ToastData {
  tone: ToastTone;
}

export const toastManager = Toast.createToastManager<ToastData>();

// What is told before the place for it has been loaded waits here.
let waiting: ToastOptions[] | null = [];

export function showWaitingToasts(): void {
  const late = waiting ?? [];
  waiting = null;
  for (const options of late) showToast(options);
}

export function showToast(options: ToastOptions): void {
  if (waiting) {
    waiting.push(options);
    return;
  }
  const { title, description, tone = "plain", undo, action, id } = options;
  const shownAs = id ?? crypto.randomUUID();
  const deed = undo ? { label: "Undo", run: () => takeBack(undo) } : action;
  toastManager.add({
    id: shownAs,
    title,
    description,
    // What went wrong is read out at once, and stays until it is closed: it may have to be copied.
    priority: tone === "bad" ? "high" : "low",
    timeout: tone === "bad" ? 0 : deed ? 10_000 : 5_000,
    data: { tone },
    ...(deed && {
      actionProps: {
        children: deed.label,
        onClick: () => {
          toastManager.close(shownAs);
          void deed.run();
        },
      },
    }),
  });
}

async function takeBack(undo: () => unknown): Promise<void> {
  try {
    await undo();
  } catch (error) {
    showToast({
      tone: "bad",
      title: "It could not be undone",
      description: error instanceof Error ? error.message : "Try again.",
    });
  }
}
