// The colours that people and things may carry. Their values stand in src/app/styles.css, one pair for both themes.
export const colourNames = ["violet", "teal", "amber", "rose", "sky", "green", "orange", "slate"] as const;

export type ColourName = (typeof colourNames)[number];

export const solidColours: Record<ColourName, string> = {
  violet: "bg-violet",
  teal: "bg-teal",
  amber: "bg-amber",
  rose: "bg-rose",
  sky: "bg-sky",
  green: "bg-green",
  orange: "bg-orange",
  slate: "bg-slate",
};

/** A quiet ground with letters of its own. */
export const tintedColours: Record<ColourName, string> = {
  violet: "tint-violet",
  teal: "tint-teal",
  amber: "tint-amber",
  rose: "tint-rose",
  sky: "tint-sky",
  green: "tint-green",
  orange: "tint-orange",
  slate: "tint-slate",
};

export function isColourName(name: string | null | undefined): name is ColourName {
  return colourNames.some((known) => known === name);
}
