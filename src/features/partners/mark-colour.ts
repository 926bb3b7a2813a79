import { type ColourName, colourNames } from "@/shared/ui/colour-names";

/** The colour of a partner's square: the same everywhere, and told by the id alone. */
export function markColour(id: string): ColourName {
  return colourNames[Number.parseInt(id.slice(0, 8), 16) % colourNames.length] ?? "slate";
}
