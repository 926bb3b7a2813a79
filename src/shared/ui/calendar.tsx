import { DayPicker } from "react-day-picker";
import { fromIsoDate, type IsoDate, toIsoDate } from "@/shared/lib/calendar-date";
import { useLocale } from "@/shared/lib/locale";
import { ChevronLeft, ChevronRight } from "./icons";

interface CalendarProps {
  value: IsoDate | null;
  onPick: (date: IsoDate) => void;
  min?: IsoDate | undefined;
  max?: IsoDate | undefined;
}

const arrow =
  "grid size-control place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink aria-disabled:opacity-40";

/** Some browsers do not know it yet; the week then begins on Monday. */
type WithWeek = Intl.Locale & { getWeekInfo?: () => { firstDay: number } };

/** A month of days. Arrow keys move by a day or a week, Page Up and Down by a month. */
export function Calendar({ value, onPick, min, max }: CalendarProps) {
  const locale = useLocale();
  const selected = (value && fromIsoDate(value)) || undefined;
  const [first, last] = [min && fromIsoDate(min), max && fromIsoDate(max)];
  const write = (options: Intl.DateTimeFormatOptions) => (date: Date) =>
    new Intl.DateTimeFormat(locale, options).format(date);
  return (
    <DayPicker
      mode="single"
      required
      autoFocus
      showOutsideDays
      fixedWeeks
      selected={selected}
      {...(selected && { defaultMonth: selected })}
      onSelect={(date) => onPick(toIsoDate(date))}
      weekStartsOn={firstDayOfWeek(locale)}
      disabled={[...(first ? [{ before: first }] : []), ...(last ? [{ after: last }] : [])]}
      formatters={{
        formatCaption: write({ month: "long", year: "numeric" }),
        formatWeekdayName: write({ weekday: "short" }),
      }}
      // In the person's own manner too, and with the number as it is seen.
      labels={{ labelDayButton: write({ dateStyle: "full" }) }}
      components={{ Chevron }}
      classNames={{
        root: "w-fit select-none",
        months: "relative",
        nav: "absolute inset-x-0 top-0 flex justify-between",
        button_previous: arrow,
        button_next: arrow,
        month_caption: "flex h-control items-center justify-center font-medium",
        month_grid: "mt-1 border-collapse",
        weekday: "h-7 w-control text-small font-normal text-ink-3",
        day: "p-0 text-center",
        day_button:
          "grid size-control place-items-center rounded-control hover:bg-hover disabled:pointer-events-none disabled:text-ink-3 disabled:opacity-50",
        today: "font-semibold text-accent-text",
        selected: "*:bg-accent *:text-accent-ink *:hover:bg-accent-hover",
        outside: "text-ink-3",
        disabled: "",
      }}
    />
  );
}

function Chevron({ orientation }: { orientation?: "left" | "right" | "up" | "down" }) {
  const Icon = orientation === "left" ? ChevronLeft : ChevronRight;
  return <Icon aria-hidden="true" className="size-4 rtl:rotate-180" />;
}

function firstDayOfWeek(locale: string): 0 | 1 | 6 {
  const day = (new Intl.Locale(locale) as WithWeek).getWeekInfo?.().firstDay ?? 1;
  return day === 7 ? 0 : day === 6 ? 6 : 1;
}
