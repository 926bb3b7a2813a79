import { categoryOf } from "../constants";
import type { Setting, SettingSchema } from "../types";
import { fieldsOf, titleOf } from "./schema";

/** Every word of the text stands somewhere in what the setting says of itself, its fields and its choices. */
export function findSettings(settings: readonly Setting[], text: string): Setting[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return settings.filter((setting) => {
    const said = [
      setting.label,
      setting.help,
      setting.key,
      categoryOf(setting.category).label,
      ...wordsOf(setting.schema),
    ]
      .join(" ")
      .toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

function wordsOf(schema: SettingSchema): string[] {
  return [
    ...Object.values(schema["x-enum-labels"] ?? {}),
    ...(schema.items ? wordsOf(schema.items) : []),
    ...fieldsOf(schema).flatMap(([key, field]) => [titleOf(field, key), ...wordsOf(field)]),
  ];
}
