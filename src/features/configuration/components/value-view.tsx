import { formatDate } from "@/shared/lib/calendar-date";
import { formatDecimal, isDecimal } from "@/shared/lib/decimal";
import { useLocale } from "@/shared/lib/locale";
import type { Json } from "@/shared/types/database.types";
import { isColourName } from "@/shared/ui/colour-names";
import { Tag } from "@/shared/ui/tag";
import { localeOptions } from "../lib/option-lists";
import { referenceOptions } from "../lib/references";
import { entryName, enumLabel, fieldsOf, isObject, listOf, objectOf, textOf, titleOf } from "../lib/schema";
import { widgetKind } from "../lib/widget-kind";
import type { Setting, SettingSchema } from "../types";

interface ValueViewProps {
  schema: SettingSchema;
  value: Json;
  settings: readonly Setting[];
}

/** A value as it is read: for those who may not change it, and for what others have stored meanwhile. */
export function ValueView({ schema, value, settings }: ValueViewProps) {
  const locale = useLocale();
  if (Array.isArray(value)) return <ListView schema={schema} value={value} settings={settings} />;
  if (isObject(value) && schema.properties) return <GroupView schema={schema} value={value} settings={settings} />;
  return (
    <span dir="auto" className="wrap-anywhere whitespace-pre-line">
      {inWords(schema, value, locale, settings)}
    </span>
  );
}

function GroupView({ schema, value, settings }: ValueViewProps) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,auto)_1fr] gap-x-4 gap-y-1">
      {fieldsOf(schema).map(([key, field]) => (
        <div key={key} className="contents">
          <dt className="text-ink-2">{titleOf(field, key)}</dt>
          <dd className="min-w-0">
            <ValueView schema={field} value={objectOf(value)[key] ?? null} settings={settings} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function ListView({ schema, value, settings }: ValueViewProps) {
  const locale = useLocale();
  const items = schema.items;
  const entries = listOf(value);
  if (entries.length === 0 || !items) return <span className="text-ink-3">None</span>;
  if (!items.properties)
    return (
      <ul className="flex flex-wrap gap-1.5">
        {entries.map((entry) => (
          <li key={String(entry)} className="max-w-full">
            <Tag>{inWords(items, entry, locale, settings)}</Tag>
          </li>
        ))}
      </ul>
    );
  return (
    <ol className="divide-y divide-line rounded-control border border-line">
      {entries.map((entry, index) => (
        <li key={entryName(items, entry, index)} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5">
          <EntryView schema={items} value={entry} index={index} settings={settings} />
        </li>
      ))}
    </ol>
  );
}

function EntryView({ schema, value, index, settings }: ValueViewProps & { index: number }) {
  const locale = useLocale();
  const entry = objectOf(value);
  const named = schema["x-label"];
  const colour = textOf(entry.color);
  const nameField = named ? schema.properties?.[named] : undefined;
  const name = nameField ? inWords(nameField, entry[named ?? ""] ?? null, locale, settings) : null;
  const rest = fieldsOf(schema).filter(
    ([key, field]) => key !== named && !["color", "key"].includes(widgetKind(field)),
  );
  return (
    <>
      {name && <span dir="auto">{isColourName(colour) ? <Tag colour={colour}>{name}</Tag> : name}</span>}
      {rest.map(([key, field]) =>
        entry[key] === null || entry[key] === "" ? null : (
          <span key={key} className="text-ink-2">
            {widgetKind(field) !== "long-text" && `${titleOf(field, key)}: `}
            <span dir="auto" className="text-ink">
              {inWords(field, entry[key] ?? null, locale, settings)}
            </span>
          </span>
        ),
      )}
      {!name && rest.length === 0 && `Entry ${index + 1}`}
    </>
  );
}

function inWords(schema: SettingSchema, value: Json, locale: string, settings: readonly Setting[]): string {
  if (value === null || value === "") return "Not set";
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (schema.enum) return enumLabel(schema, value);
  if (schema["x-references"]) {
    const option = referenceOptions(schema["x-references"], settings, null).find((found) => found.value === value);
    return option?.label ?? String(value);
  }
  if (isObject(value)) {
    const amount = textOf(value.amount);
    return `${isDecimal(amount) ? formatDecimal(amount, { locale }) : amount} ${textOf(value.currency)}`;
  }
  if (typeof value === "number") {
    const unit = schema.format === "percent" ? "%" : schema["x-unit"];
    return [formatDecimal(String(value), { locale }), unit].filter(Boolean).join(" ");
  }
  if (schema.format === "locale")
    return localeOptions().find((option) => option.value === value)?.label ?? String(value);
  if (schema.format === "date") return formatDate(textOf(value), locale);
  return String(value).replaceAll("_", schema.format === "time-zone" ? " " : "_");
}
