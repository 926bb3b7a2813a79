import { useState } from "react";
import { useFormat } from "@/shared/lib/format/use-format";
import { Button } from "@/shared/ui/button";
import { Monitor, Smartphone } from "@/shared/ui/icons";
import { Pill } from "@/shared/ui/pill";
import { showToast } from "@/shared/ui/toast";
import { deviceOf } from "../device";
import { useEndSession } from "../hooks/use-security";
import type { SignedInSession } from "../types";

export function SessionRow({ session }: { session: SignedInSession }) {
  const { mutate: end, isPending } = useEndSession();
  const format = useFormat();
  const [now] = useState(() => new Date());
  const { name, isMobile } = deviceOf(session.userAgent);
  const Icon = isMobile ? Smartphone : Monitor;
  return (
    <li className="flex items-start gap-3 border-b border-line px-4 py-3 last:border-0">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {name}
          {session.isCurrent && <Pill tone="good">This device</Pill>}
        </p>
        <p className="text-ink-2 wrap-anywhere">
          {session.ip ?? "Unknown network"} · last used{" "}
          <time dateTime={session.lastUsedAt} title={format.dateTime(session.lastUsedAt)}>
            {format.relative(session.lastUsedAt, now)}
          </time>{" "}
          · signed in {format.dateTime(session.createdAt)}
        </p>
      </div>
      {!session.isCurrent && (
        <Button
          aria-label={`End the session: ${name}`}
          busy={isPending}
          onClick={() =>
            end(session.id, {
              onSuccess: () => showToast({ title: "The session has ended", description: name, tone: "good" }),
              onError: (error) =>
                showToast({ title: "The session could not be ended", description: error.message, tone: "bad" }),
            })
          }
        >
          End
        </Button>
      )}
    </li>
  );
}
