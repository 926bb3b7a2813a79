import type { Json } from "@/shared/types/database.types";
import { keyFrom, objectOf, sameJson, textOf } from "./schema";

interface NamedEntry {
  /** As it is after its name was changed. */
  entry: { [key: string]: Json | undefined };
  keyField: string;
  /** The list as it is stored. */
  saved: readonly Json[];
  siblings: readonly Json[];
  index: number;
}

/**
 * The key that rows will remember. An entry that is stored keeps its own, whatever it is called now; a new one is given
 * one made of its name, also where the name has no Latin letters.
 */
export function entryKey({ entry, keyField, saved, siblings, index }: NamedEntry): string {
  const own = textOf(entry[keyField]);
  if (own !== "" && saved.some((other) => sameJson(objectOf(other)[keyField], own))) return own;
  const taken = new Set(
    [...siblings.filter((_, place) => place !== index), ...saved].map((other) => textOf(objectOf(other)[keyField])),
  );
  const wished = keyFrom(textOf(entry.label)) || "entry";
  let key = wished;
  for (let number = 2; taken.has(key); number += 1) key = `${wished.slice(0, 36)}_${number}`;
  return key;
}
