import { Pill } from "@/shared/ui/pill";
import { sourceLabels } from "../constants";
import type { Source } from "../types";

const tones = { organization: "accent", tenant: "info", global: "mute" } as const;

/** Where a value comes from. */
export function SourcePill({ source }: { source: Source }) {
  return (
    <Pill tone={tones[source]}>
      <span className="sr-only">Set by: </span>
      {sourceLabels[source]}
    </Pill>
  );
}
