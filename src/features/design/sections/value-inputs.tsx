import { useState } from "react";
import { chooseLocale, useLocale } from "@/shared/lib/locale";
import { DateField } from "@/shared/ui/date-field";
import { type Money, MoneyField } from "@/shared/ui/money-field";
import { NumberField, PercentField } from "@/shared/ui/number-field";
import { Select } from "@/shared/ui/select";
import { FieldStates, Section } from "./show";

const locales = [
  { value: "en-GB", label: "English, 1,234.50" },
  { value: "de-DE", label: "Deutsch, 1.234,50" },
  { value: "fr-CH", label: "Français, 1 234,50" },
  { value: "en-US", label: "American, 1,234.50" },
] as const;

const nothing = () => {};

export function ValueInputs() {
  const locale = useLocale();
  const [days, setDays] = useState("30");
  const [rate, setRate] = useState("18.5");
  const [deal, setDeal] = useState<Money>({ amount: "1234567.5", currency: "EUR" });
  const [fixed, setFixed] = useState<Money>({ amount: "", currency: "CHF" });
  const [date, setDate] = useState("2027-03-14");
  const [due, setDue] = useState("");
  return (
    <Section
      title="Numbers, money, dates"
      about="Typed as you are used to, written out when you leave the field. Arrow keys add and take away."
    >
      <FieldStates of="In the manner of">
        <Select
          label="Numbers and dates"
          value={locales.find(({ value }) => value === locale)?.value ?? null}
          options={locales}
          onChange={chooseLocale}
        />
      </FieldStates>
      <FieldStates of="Number">
        <NumberField label="Days" value={days} onChange={setDays} min="0" places={0} unit="days" />
        <PercentField label="Rate" value={rate} onChange={setRate} step="0.5" help="Between 0 and 100." />
        <NumberField label="Wrong number" value="12a" onChange={nothing} error="This is not a number." />
        <NumberField label="Disabled number" value="12" onChange={nothing} disabled />
        <NumberField label="Locked number" value="12" onChange={nothing} readOnly />
      </FieldStates>
      <FieldStates of="Money">
        <MoneyField
          label="Deal value"
          value={deal}
          onChange={setDeal}
          currencies={["EUR", "USD", "CHF", "JPY", "KWD"]}
        />
        <MoneyField label="Fee" value={fixed} onChange={setFixed} currencies={["CHF"]} required help="Once a year." />
        <MoneyField
          label="Wrong fee"
          value={{ amount: "-5", currency: "EUR" }}
          onChange={nothing}
          currencies={["EUR"]}
          error="A fee is at least 0."
        />
        <MoneyField
          label="Locked fee"
          value={{ amount: "88200", currency: "JPY" }}
          onChange={nothing}
          currencies={["JPY"]}
          readOnly
        />
      </FieldStates>
      <FieldStates of="Date">
        <DateField label="Renewal" value={date} onChange={setDate} min="2026-01-01" help="Try “tomorrow” or “+7”." />
        <DateField label="Due" value={due} onChange={setDue} required />
        <DateField label="Wrong date" value="31 Feb" onChange={nothing} error="This day does not exist." />
        <DateField label="Disabled date" value="2027-03-14" onChange={nothing} disabled />
      </FieldStates>
    </Section>
  );
}
