import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chooseLocale } from "@/shared/lib/locale";
import { DateField } from "./date-field";
import { type Money, MoneyField } from "./money-field";
import { PercentField } from "./number-field";
import { TextField } from "./text-field";

beforeEach(() => chooseLocale("en-GB"));
afterEach(() => chooseLocale(null));

const type = (field: HTMLElement, text: string) => fireEvent.change(field, { target: { value: text } });

type Seen = (value: unknown) => void;

function Fee({ start, seen }: { start: Money; seen: Seen }) {
  const [value, setValue] = useState(start);
  seen(value);
  return <MoneyField label="Fee" value={value} onChange={setValue} currencies={["EUR", "JPY"]} />;
}

function Rate() {
  const [value, setValue] = useState("99.75");
  return <PercentField label="Rate" value={value} onChange={setValue} step="0.25" />;
}

function Renewal({ seen }: { seen: Seen }) {
  const [value, setValue] = useState("");
  seen(value);
  return <DateField label="Renewal" value={value} onChange={setValue} max="2027-12-31" />;
}

function Form({ submitted }: { submitted: (values: unknown) => void }) {
  const { register, control, handleSubmit, formState } = useForm({ defaultValues: { name: "", fee: "" } });
  return (
    <form onSubmit={handleSubmit(submitted)}>
      <TextField
        label="Name"
        {...register("name", { required: "Enter a name." })}
        error={formState.errors.name?.message}
      />
      <Controller control={control} name="fee" render={({ field }) => <PercentField label="Fee" {...field} />} />
      <button type="submit">Save</button>
    </form>
  );
}

function showMoney(start: Money) {
  const seen = vi.fn();
  render(<Fee start={start} seen={seen} />);
  return { field: screen.getByLabelText<HTMLInputElement>("Fee"), last: () => seen.mock.lastCall?.[0] as Money };
}

describe("the money field", () => {
  test("keeps what is typed while it is typed, and writes it out when it is left", () => {
    const { field, last } = showMoney({ amount: "", currency: "EUR" });
    type(field, "1234,5");
    expect(field.value).toBe("1234,5");
    expect(last()).toEqual({ amount: "1234.5", currency: "EUR" });
    fireEvent.blur(field);
    expect(field.value).toBe("1,234.50");
  });

  test("rounds nothing away: it says how many places the currency has", () => {
    const { field, last } = showMoney({ amount: "", currency: "EUR" });
    type(field, "1.005");
    fireEvent.blur(field);
    expect(last().amount).toBe("1.005");
    expect(screen.getByText("At most 2 decimal places are possible here.")).toBeDefined();
    fireEvent.change(screen.getByLabelText("Fee: currency"), { target: { value: "JPY" } });
    expect(screen.getByText("Only whole numbers are possible here.")).toBeDefined();
  });

  test("hands on what is no number, says so, and keeps it", () => {
    const { field, last } = showMoney({ amount: "5", currency: "EUR" });
    type(field, "5 apples");
    fireEvent.blur(field);
    expect(last().amount).toBe("5 apples");
    expect(field.value).toBe("5 apples");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("This is not a number. Write it like 1,234.5.")).toBeDefined();
  });
});

test("a percentage is stepped with the arrow keys and never beyond its ends", () => {
  render(<Rate />);
  const field = screen.getByLabelText<HTMLInputElement>("Rate");
  fireEvent.keyDown(field, { key: "ArrowUp" });
  fireEvent.keyDown(field, { key: "ArrowUp" });
  expect(field.value).toBe("100");
  fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(field.value).toBe("99.75");
});

test("a date is typed, written out, and stepped by days", () => {
  const seen = vi.fn();
  render(<Renewal seen={seen} />);
  const field = screen.getByLabelText<HTMLInputElement>("Renewal");
  type(field, "14/3/27");
  expect(seen).toHaveBeenLastCalledWith("2027-03-14");
  fireEvent.blur(field);
  expect(field.value).toBe("14 Mar 2027");
  fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(seen).toHaveBeenLastCalledWith("2027-03-13");
  type(field, "31 Feb");
  fireEvent.blur(field);
  expect(field.value).toBe("31 Feb");
  expect(screen.getByText("This is not a date. Write it like 14 Mar 2027.")).toBeDefined();
  type(field, "1.1.2030");
  fireEvent.blur(field);
  expect(screen.getByText("Not after 31 Dec 2027.")).toBeDefined();
});

test("a form keeps text fields itself and is handed the values of the others", async () => {
  const submitted = vi.fn();
  render(<Form submitted={submitted} />);
  fireEvent.click(screen.getByText("Save"));
  expect(await screen.findByText("Enter a name.")).toBeDefined();
  const name = screen.getByLabelText("Name");
  expect(document.activeElement).toBe(name);
  expect(name.getAttribute("aria-describedby")).toBe(screen.getByText("Enter a name.").closest("p")?.id);
  type(name, "Alpine");
  type(screen.getByLabelText("Fee"), "12,5");
  fireEvent.click(screen.getByText("Save"));
  await vi.waitFor(() => expect(submitted.mock.lastCall?.[0]).toEqual({ name: "Alpine", fee: "12.5" }));
});
