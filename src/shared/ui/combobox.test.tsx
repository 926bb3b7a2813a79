import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test, vi } from "vitest";
import { Combobox } from "./combobox";
import { MultiCombobox } from "./multi-combobox";

const cities = [
  { value: "zurich", label: "Zürich", description: "Switzerland" },
  { value: "berlin", label: "Berlin", description: "Germany" },
  { value: "paris", label: "Paris", description: "France" },
];

const type = (field: HTMLElement, text: string) => {
  field.focus();
  fireEvent.click(field);
  fireEvent.input(field, { target: { value: text }, inputType: "insertText" });
};
const shown = () => screen.queryAllByRole("option").map((option) => option.textContent);

function One({ seen }: { seen: (value: unknown) => void }) {
  const [value, setValue] = useState<string | null>(null);
  seen(value);
  return <Combobox label="City" value={value} onChange={setValue} options={cities} />;
}

function Several({ seen }: { seen: (value: unknown) => void }) {
  const [value, setValue] = useState<readonly string[]>(["paris"]);
  seen(value);
  return <MultiCombobox label="Cities" value={value} onChange={setValue} options={cities} />;
}

test("finds by name without accents and by the second line, and takes the first with Enter", async () => {
  const seen = vi.fn();
  render(<One seen={seen} />);
  const field = screen.getByRole<HTMLInputElement>("combobox", { name: "City" });
  type(field, "zur");
  await waitFor(() => expect(shown()).toEqual(["ZürichSwitzerland"]));
  type(field, "germ");
  await waitFor(() => expect(shown()).toEqual(["BerlinGermany"]));
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(seen).toHaveBeenLastCalledWith("berlin"));
  expect(field.value).toBe("Berlin");
  type(field, "nowhere");
  expect(await screen.findByText("Nothing here matches what you typed.")).toBeDefined();
});

test("several are chosen, and Backspace in the empty field takes the last away", async () => {
  const seen = vi.fn();
  render(<Several seen={seen} />);
  const field = screen.getByRole("combobox", { name: "Cities" });
  type(field, "ber");
  await waitFor(() => expect(shown()).toEqual(["BerlinGermany"]));
  fireEvent.keyDown(field, { key: "Enter" });
  await waitFor(() => expect(seen).toHaveBeenLastCalledWith(["paris", "berlin"]));
  fireEvent.keyDown(field, { key: "Backspace" });
  await waitFor(() => expect(seen).toHaveBeenLastCalledWith(["paris"]));
  expect(screen.getByText("Paris")).toBeDefined();
});

test("a search that fails says so, one that is overtaken is called off", async () => {
  const signals: AbortSignal[] = [];
  const loadOptions = vi.fn(async (query: string, signal: AbortSignal) => {
    signals.push(signal);
    if (query === "fail") throw new Error("The server cannot be reached.");
    return cities;
  });
  render(<Combobox label="City" value="berlin" onChange={() => {}} loadOptions={loadOptions} known={cities} />);
  const field = screen.getByRole<HTMLInputElement>("combobox", { name: "City" });
  expect(field.value).toBe("Berlin");
  type(field, "fail");
  expect(await screen.findByText("The server cannot be reached.")).toBeDefined();
  type(field, "pa");
  await waitFor(() => expect(loadOptions).toHaveBeenLastCalledWith("pa", expect.anything()));
  expect(signals.slice(0, -1).every((signal) => signal.aborted)).toBe(true);
  await waitFor(() => expect(shown()).toHaveLength(3));
});
