import { type KeyboardEvent, lazy, type Ref, Suspense, useState } from "react";
import { addDays, formatDate, fromIsoDate, type IsoDate, parseDate, toIsoDate } from "@/shared/lib/calendar-date";
import { useLocale } from "@/shared/lib/locale";
import type { ValueFieldProps } from "./decimal-field";
import { Calendar as CalendarIcon } from "./icons";
import { Popover } from "./popover";
import { Skeleton } from "./skeleton";
import { TextField } from "./text-field";

const Calendar = lazy(async () => ({ default: (await import("./calendar")).Calendar }));

interface DateFieldProps extends ValueFieldProps<IsoDate> {
  min?: IsoDate;
  max?: IsoDate;
  /** What stands in the empty field; else how a day may be written. */
  placeholder?: string;
}

/**
 * A day as "2027-03-14", or "" for none: typed in any usual manner, stepped with the arrow keys, or picked. What is no
 * date is handed on as it was typed, so that nothing is lost and the form can refuse it.
 */
export function DateField({ value, onChange, onBlur, min, max, placeholder, error, ref, ...rest }: DateFieldProps) {
  const locale = useLocale();
  const [typed, setTyped] = useState<string | null>(null);
  const [wasLeft, setLeft] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const today = toIsoDate(new Date());
  const isDate = fromIsoDate(value) !== null;

  function set(next: IsoDate) {
    setTyped(null);
    onChange(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (rest.readOnly || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
    event.preventDefault();
    if (event.altKey) setOpen(event.key === "ArrowDown");
    else if (isDate || value === "") set(isDate ? addDays(value, event.key === "ArrowUp" ? 1 : -1) : today);
  }

  return (
    <TextField
      {...rest}
      ref={ref as Ref<HTMLInputElement>}
      error={error ?? (wasLeft && typed === null ? problemOf(value, { min, max, locale }) : undefined)}
      value={typed ?? (isDate ? formatDate(value, locale) : value)}
      placeholder={placeholder ?? `Such as ${formatDate(today, locale)}`}
      autoComplete="off"
      spellCheck={false}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(target.value.trim() === "" ? "" : (parseDate(target.value, locale, today) ?? target.value));
      }}
      onKeyDown={onKeyDown}
      onBlur={() => {
        setTyped(null);
        setLeft(true);
        onBlur?.();
      }}
      end={
        <Popover
          open={isOpen}
          onOpenChange={(next) => setOpen(next && !rest.readOnly)}
          label={`Pick a date: ${rest.label}`}
          align="end"
          trigger={
            <button
              type="button"
              disabled={rest.disabled || rest.readOnly}
              aria-label={`Open the calendar: ${rest.label}`}
              className="grid h-field-inner w-8 place-items-center rounded-control text-ink-3 hover:text-ink disabled:opacity-50 max-sm:w-11"
            >
              <CalendarIcon aria-hidden="true" className="size-4" />
            </button>
          }
        >
          <Suspense fallback={<Skeleton className="h-64 w-56" />}>
            <Calendar
              value={isDate ? value : null}
              min={min}
              max={max}
              onPick={(date) => {
                set(date);
                setOpen(false);
              }}
            />
          </Suspense>
        </Popover>
      }
    />
  );
}

interface Limits {
  min: IsoDate | undefined;
  max: IsoDate | undefined;
  locale: string;
}

function problemOf(value: string, { min, max, locale }: Limits): string | undefined {
  if (value === "") return undefined;
  if (!fromIsoDate(value)) return `This is not a date. Write it like ${formatDate("2027-03-14", locale)}.`;
  // Written this way, earlier dates are smaller texts.
  if (min && value < min) return `Not before ${formatDate(min, locale)}.`;
  if (max && value > max) return `Not after ${formatDate(max, locale)}.`;
  return undefined;
}
