import { chooseTheme, type Theme, useTheme } from "@/shared/lib/theme";
import { type LucideIcon, Monitor, Moon, Sun } from "./icons";
import { SegmentedControl } from "./segmented-control";

const themes: readonly { value: Theme; label: string; Icon: LucideIcon }[] = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "System", Icon: Monitor },
];

export function ThemeChoice() {
  return <SegmentedControl label="Theme" showLabel options={themes} value={useTheme()} onChange={chooseTheme} />;
}
