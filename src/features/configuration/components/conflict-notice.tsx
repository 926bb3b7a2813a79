import { Button } from "@/shared/ui/button";
import { Notice } from "@/shared/ui/notice";
import type { Setting } from "../types";
import { ValueView } from "./value-view";

interface ConflictNoticeProps {
  setting: Setting;
  settings: readonly Setting[];
  onTakeTheirs: () => void;
  onKeepMine: () => void;
}

/** Somebody else stored another value meanwhile: theirs is shown, what was typed stays below it. */
export function ConflictNotice({ setting, settings, onTakeTheirs, onKeepMine }: ConflictNoticeProps) {
  return (
    <Notice tone="warn">
      <div className="space-y-2">
        <p>Somebody else changed {setting.label} in the meantime. What you entered is still below. This holds now:</p>
        <div className="rounded-control border border-line bg-surface p-2 text-ink">
          <ValueView schema={setting.schema} value={setting.value} settings={settings} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={onTakeTheirs}>Use theirs</Button>
          <Button onClick={onKeepMine}>Go on with mine</Button>
        </div>
      </div>
    </Notice>
  );
}
