import type { ReactNode } from "react";
import { Info, TriangleAlert } from "./icons";

const tones = {
  bad: { look: "bg-bad-soft text-bad", Icon: TriangleAlert },
  warn: { look: "bg-warn-soft text-warn", Icon: TriangleAlert },
  info: { look: "bg-info-soft text-info", Icon: Info },
} as const;

/** What happened and what to do, read out as soon as it appears. */
export function Notice({ tone = "bad", children }: { tone?: keyof typeof tones; children: ReactNode }) {
  const { look, Icon } = tones[tone];
  return (
    <div role={tone === "bad" ? "alert" : "status"} className={`flex gap-2 rounded-control px-3 py-2 ${look}`}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
