import { useRef, useState } from "react";
import { Button } from "@/shared/ui/button";
import { Plus } from "@/shared/ui/icons";
import { Tag } from "@/shared/ui/tag";
import { TextField } from "@/shared/ui/text-field";
import { problemsWithin } from "../lib/pointer";
import { listOf, textOf } from "../lib/schema";
import { useEditor, type WidgetProps } from "./widget-props";

/** Single words, such as domains: typed or pasted, several at once. */
export function TextsField({ schema, value, onChange, path, label, hideLabel, help }: WidgetProps) {
  const { problems } = useEditor();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const texts = listOf(value).map(textOf);
  const item = schema["x-item"] ?? "entry";
  const isDomain = schema.items?.format === "domain";

  function add() {
    const added = typed
      .split(/[\s,;]+/)
      .map((text) => (isDomain ? domainIn(text) : text.trim()))
      .filter((text, index, all) => text !== "" && all.indexOf(text) === index && !texts.includes(text));
    setTyped("");
    if (added.length > 0) onChange([...texts, ...added]);
  }

  return (
    <div className="max-w-md space-y-2">
      {texts.length > 0 && (
        <ul aria-label={label} className="flex flex-wrap gap-1.5">
          {texts.map((text, index) => (
            <li key={text} className="max-w-full">
              <Tag
                onRemove={{
                  label: `Remove ${text}`,
                  run: () => {
                    onChange(texts.toSpliced(index, 1));
                    input.current?.focus();
                  },
                }}
              >
                {text}
              </Tag>
            </li>
          ))}
        </ul>
      )}
      <TextField
        ref={input}
        label={hideLabel ? `Add a ${item} to ${label}` : label}
        hideLabel={hideLabel}
        help={help}
        error={problemsWithin(problems, path, label)}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || (event.key !== "Enter" && event.key !== ",")) return;
          event.preventDefault();
          add();
        }}
        onBlur={add}
        placeholder={isDomain ? "example.com" : `New ${item}`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        end={
          <Button look="quiet" onClick={add}>
            <Plus aria-hidden="true" className="size-4" />
            Add
          </Button>
        }
      />
    </div>
  );
}

/** People paste addresses where a domain is meant: "@Example.com", "anna@example.com", "https://example.com/". */
function domainIn(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .replace(/^.*@/, "")
    .replace(/[/?#].*$/, "");
}
