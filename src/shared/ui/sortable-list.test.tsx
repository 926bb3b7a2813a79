import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { SortableList } from "./sortable-list";
import { placeAfter } from "./use-sortable-row";

const first = ["New", "Qualified", "Won"].map((label) => ({ id: label, label }));

function Host() {
  const [items, setItems] = useState(first);
  return (
    <SortableList label="Stages" items={items} onReorder={setItems}>
      {(item) => <span data-testid="item">{item.label}</span>}
    </SortableList>
  );
}

const order = () => screen.getAllByTestId("item").map((item) => item.textContent);

test("rows are moved with buttons, the focus stays, and the new place is read out", async () => {
  render(<Host />);
  const down = screen.getByRole("button", { name: "Move New down" });
  down.focus();
  fireEvent.click(down);
  expect(order()).toEqual(["Qualified", "New", "Won"]);
  expect(screen.getByRole("status").textContent).toBe("New is now 2 of 3.");
  await waitFor(() => expect(document.activeElement).toBe(down));
  fireEvent.click(down);
  expect(order()).toEqual(["Qualified", "Won", "New"]);
  expect(down.getAttribute("aria-disabled")).toBe("true");
  fireEvent.click(down);
  expect(order()).toEqual(["Qualified", "Won", "New"]);
  fireEvent.click(screen.getByRole("button", { name: "Move New up" }));
  expect(order()).toEqual(["Qualified", "New", "Won"]);
});

test("a dropped row stands where the line was shown", () => {
  // Four rows: what is dragged, on which row, at which edge, and where it then stands.
  expect(placeAfter(0, 2, "bottom")).toBe(2);
  expect(placeAfter(0, 2, "top")).toBe(1);
  expect(placeAfter(3, 1, "top")).toBe(1);
  expect(placeAfter(3, 1, "bottom")).toBe(2);
  expect(placeAfter(1, 0, "bottom")).toBe(1);
  expect(placeAfter(1, 2, "top")).toBe(1);
});
