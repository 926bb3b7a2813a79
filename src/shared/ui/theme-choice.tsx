import { chooseTheme, type Theme, useTheme } from "@/shared/lib/theme";
import { Monitor, Moon, Sun } from "./icons";

const themes: { value: Theme; label: string; Icon: typeof Sun }[] = [
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
  { value: "system", label: "System", Icon: Monitor },
];

export function ThemeChoice() {
  const chosen = useTheme();
  return (
    <fieldset>
      <legend className="mb-1 text-[12px] text-ink-3">Theme</legend>
      <div className="grid grid-cols-3 gap-0.5 rounded-control bg-sunken p-0.5">
        {themes.map(({ value, label, Icon }) => (
          <label
            key={value}
            className="flex h-control cursor-pointer items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-ink-2 has-checked:bg-raised has-checked:text-ink has-checked:shadow-low has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="theme"
              className="sr-only"
              checked={chosen === value}
              onChange={() => chooseTheme(value)}
            />
            <Icon aria-hidden="true" className="size-3.5" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
