import { usePageTitle } from "@/shared/lib/page-title";
import { ThemeChoice } from "@/shared/ui/theme-choice";
import { Buttons } from "../sections/buttons";
import { Charts } from "../sections/charts";
import { Choices } from "../sections/choices";
import { LayoutParts } from "../sections/layout-parts";
import { Marks } from "../sections/marks";
import { Overlays } from "../sections/overlays";
import { Tables } from "../sections/tables";
import { TextInputs } from "../sections/text-inputs";
import { ValueInputs } from "../sections/value-inputs";

export function DesignPage() {
  usePageTitle("Design");
  return (
    <div className="space-y-10">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h1>Design</h1>
          <p className="text-ink-2">Every component in every state. Change the theme, the width, the letter size.</p>
        </div>
        <ThemeChoice />
      </div>
      <Buttons />
      <Marks />
      <Overlays />
      <TextInputs />
      <ValueInputs />
      <Choices />
      <LayoutParts />
      <Tables />
      <Charts />
    </div>
  );
}
