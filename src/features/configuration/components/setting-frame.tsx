import { type ReactNode, useId } from "react";
import { Card } from "@/shared/ui/card";
import { Pill } from "@/shared/ui/pill";
import type { Setting } from "../types";
import { SourcePill } from "./source-pill";

interface SettingFrameProps {
  setting: Setting;
  isDirty?: boolean;
  actions?: ReactNode;
  children: ReactNode;
}

/** What a setting is called and is good for, and where its value comes from; beside it the value. */
export function SettingFrame({ setting, isDirty = false, actions, children }: SettingFrameProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} id={`setting-${setting.key}`} className="scroll-mt-20">
      <Card className="grid grid-cols-[16rem_minmax(0,1fr)] gap-x-8 gap-y-3 p-4 max-xl:grid-cols-1">
        <div className="min-w-0 space-y-1.5">
          <h2 id={id} className="wrap-anywhere">
            {setting.label}
          </h2>
          {setting.help && <p className="text-small text-ink-2">{setting.help}</p>}
          <div className="flex min-h-6 flex-wrap items-center gap-1.5">
            <SourcePill source={setting.source} />
            {isDirty && <Pill tone="warn">Not saved</Pill>}
            {actions}
          </div>
        </div>
        <div className="min-w-0">{children}</div>
      </Card>
    </section>
  );
}
