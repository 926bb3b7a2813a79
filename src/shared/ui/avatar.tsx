import { type ColourName, isColourName, solidColours } from "./colour-names";

const sizes = {
  small: "size-[1.375rem] text-[0.625rem]",
  medium: "size-7 text-[0.6875rem]",
  large: "size-10 text-[0.9375rem]",
  huge: "size-14 text-xl",
} as const;

export interface AvatarProps {
  name: string;
  /** One of the colour names; anything else is shown in slate. */
  colour?: ColourName | (string & {}) | null;
  size?: keyof typeof sizes;
  /** People are round, things are square. */
  shape?: "round" | "square";
  /** Where the name does not stand beside it. */
  named?: boolean;
}

export function Avatar({ name, colour, size = "small", shape = "round", named = false }: AvatarProps) {
  const ground = solidColours[isColourName(colour) ? colour : "slate"];
  return (
    <span
      {...(named ? { role: "img", "aria-label": name, title: name } : { "aria-hidden": true })}
      className={`inline-grid shrink-0 place-items-center font-semibold text-white select-none ${sizes[size]} ${ground} ${shape === "round" ? "rounded-full" : "rounded-[27%]"}`}
    >
      {initialsOf(name)}
    </span>
  );
}

interface AvatarGroupProps {
  people: readonly Pick<AvatarProps, "name" | "colour">[];
  /** How many are shown before the rest becomes a number. */
  most?: number;
  size?: keyof typeof sizes;
}

export function AvatarGroup({ people, most = 4, size = "small" }: AvatarGroupProps) {
  const rest = people.length - most;
  const shown = rest > 0 ? people.slice(0, most) : people;
  return (
    <span role="img" aria-label={people.map(({ name }) => name).join(", ")} className="inline-flex items-center">
      {shown.map((person, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two people may share a name, and the order is all that tells them apart.
        <span key={index} className="-ms-1 rounded-full ring-2 ring-surface first:ms-0">
          <Avatar {...person} size={size} />
        </span>
      ))}
      {rest > 0 && <span className="ms-1.5 text-small text-ink-2">+{rest}</span>}
    </span>
  );
}

/** "Anna Lindqvist" is AL, "Cher" is C, "admin@northwind.test" is A. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => Array.from(word ?? "")[0] ?? "");
  return letters.join("").toLocaleUpperCase() || "?";
}
