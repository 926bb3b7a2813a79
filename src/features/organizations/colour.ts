import { type ColourName, colourNames } from "@/shared/ui/colour-names";

/** An organization keeps its colour everywhere without having chosen one. */
export function organizationColour(organizationId: string): ColourName {
  let sum = 0;
  for (const letter of organizationId) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return colourNames[sum % colourNames.length] ?? "slate";
}
