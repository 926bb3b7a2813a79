import { useState } from "react";
import type { Json } from "@/shared/types/database.types";
import { Button } from "@/shared/ui/button";
import { Plus } from "@/shared/ui/icons";
import { Notice } from "@/shared/ui/notice";
import { SortableList } from "@/shared/ui/sortable-list";
import { columnsOf } from "../lib/columns";
import { joinPointer, problemsOutside } from "../lib/pointer";
import { emptyValue, entryName, listOf } from "../lib/schema";
import { ListEntry } from "./list-entry";
import { ListHeader } from "./list-header";
import { useEditor, type WidgetProps } from "./widget-props";

/** Entries in an order that means something: dragged, or moved with the keyboard; added at the end. */
export function ListField({ schema, value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const { problems } = useEditor();
  const entries = listOf(value);
  const [ids, setIds] = useEntryIds(entries.length);
  const items = schema.items;
  if (!items) return null;
  const word = schema["x-item"] ?? "entry";
  const error = problemsOutside(
    problems,
    path,
    entries.map((_, index) => index),
    label,
  );
  const isFull = schema.maxItems !== undefined && entries.length >= schema.maxItems;

  function change(next: Json[], nextIds: string[]) {
    setIds(nextIds);
    onChange(next);
  }

  return (
    <div className="space-y-2">
      {!hideLabel && <p className="font-medium">{label}</p>}
      {help && <p className="text-small text-ink-2">{help}</p>}
      {error && <Notice>{error}</Notice>}
      {entries.length > 0 && (
        <div>
          <ListHeader schema={items} />
          <SortableList
            label={label}
            items={entries.map((entry, index) => ({
              id: ids[index] ?? String(index),
              label: entryName(items, entry, index),
              entry,
              index,
            }))}
            onReorder={(moved) =>
              change(
                moved.map(({ entry }) => entry),
                moved.map(({ id }) => id),
              )
            }
          >
            {({ id, entry, index }) => (
              <ListEntry
                schema={items}
                columns={columnsOf(items)}
                value={entry}
                path={joinPointer(path, index)}
                label={label}
                index={index}
                siblings={entries}
                onChange={(next) => onChange(entries.with(index, next))}
                onRemove={() =>
                  change(
                    entries.toSpliced(index, 1),
                    ids.filter((other) => other !== id),
                  )
                }
              />
            )}
          </SortableList>
        </div>
      )}
      {entries.length === 0 && <p className="text-ink-3">There is no {word} yet.</p>}
      <Button disabled={isFull} onClick={() => change([...entries, emptyValue(items)], [...ids, crypto.randomUUID()])}>
        <Plus aria-hidden="true" className="size-4" />
        Add {/^[aeiou]/.test(word) ? "an" : "a"} {word}
      </Button>
    </div>
  );
}

/** Entries have no id of their own, but a row that moves has to be known again. A value from elsewhere begins anew. */
function useEntryIds(count: number): [string[], (ids: string[]) => void] {
  const [ids, setIds] = useState<string[]>([]);
  if (ids.length === count) return [ids, setIds];
  const fresh = Array.from({ length: count }, (_, index) => ids[index] ?? crypto.randomUUID());
  setIds(fresh);
  return [fresh, setIds];
}
