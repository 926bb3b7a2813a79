import type { Json } from "@/shared/types/database.types";
import { isColourName } from "@/shared/ui/colour-names";
import type { Option } from "@/shared/ui/option";
import type { Reference, Setting } from "../types";
import { listOf, objectOf, textOf } from "./schema";

/** The entries that a field may name, by what they are called in their own list. */
export function referenceOptions(reference: Reference | undefined, settings: readonly Setting[], root: Json): Option[] {
  if (!reference) return [];
  const { list, category, key, property } = reference;
  const source = list
    ? objectOf(root)[list]
    : settings.find((setting) => setting.category === category && setting.key === key)?.value;
  return listOf(source).flatMap((entry) => {
    if (property === undefined) return textOf(entry) ? [{ value: textOf(entry), label: textOf(entry) }] : [];
    const { [property]: value, label, color } = objectOf(entry);
    const colour = textOf(color);
    return textOf(value)
      ? [{ value: textOf(value), label: textOf(label) || textOf(value), ...(isColourName(colour) && { colour }) }]
      : [];
  });
}
