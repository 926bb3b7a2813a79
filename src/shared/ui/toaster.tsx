import { Toast } from "@base-ui/react/toast";
import { useEffect } from "react";
import { CircleAlert, CircleCheck, type LucideIcon, TriangleAlert, X } from "./icons";
import { showWaitingToasts, type ToastData, type ToastTone, toastManager } from "./toast";

const marks: Record<ToastTone, { Icon: LucideIcon; look: string } | null> = {
  plain: null,
  good: { Icon: CircleCheck, look: "text-good" },
  warn: { Icon: TriangleAlert, look: "text-warn" },
  bad: { Icon: CircleAlert, look: "text-bad" },
};

/** Where toasts appear: once in the app. F6 brings the focus here and back. */
export function Toaster() {
  useEffect(showWaitingToasts, []);
  return (
    <Toast.Provider toastManager={toastManager} limit={4}>
      <Toast.Portal>
        <Toast.Viewport
          aria-label="Messages"
          className="fixed end-4 bottom-4 z-70 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 outline-none max-sm:bottom-[calc(5rem+env(safe-area-inset-bottom))]"
        >
          <Toasts />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Toasts() {
  const { toasts } = Toast.useToastManager<ToastData>();
  return toasts.map((toast) => {
    const mark = marks[toast.data?.tone ?? "plain"];
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={["down", "right"]}
        className="motion-fade popup-surface translate-x-(--toast-swipe-movement-x) translate-y-(--toast-swipe-movement-y) data-limited:hidden"
      >
        <Toast.Content className="flex items-center gap-2.5 p-3">
          {mark && <mark.Icon aria-hidden="true" className={`size-4 shrink-0 ${mark.look}`} />}
          <div className="min-w-0 flex-1 wrap-anywhere">
            <Toast.Title className="font-medium" render={<p />} />
            <Toast.Description className="text-ink-2" />
          </div>
          <Toast.Action className="-my-1 inline-flex h-control shrink-0 items-center rounded-control px-2 font-medium text-accent-text hover:bg-hover" />
          <Toast.Close
            aria-label="Close"
            className="-my-1 -me-1 grid size-control shrink-0 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" className="size-4" />
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}
