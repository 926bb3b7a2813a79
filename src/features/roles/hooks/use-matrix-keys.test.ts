import { expect, test } from "vitest";
import { placeAfter } from "./use-matrix-keys";

const size = { rows: 38, columns: 6 };

test.each([
  ["ArrowDown", false, { row: 1, column: 0 }],
  ["ArrowRight", false, { row: 0, column: 1 }],
  ["ArrowUp", false, { row: 0, column: 0 }],
  ["ArrowDown", true, { row: 37, column: 0 }],
  ["End", false, { row: 0, column: 5 }],
  ["End", true, { row: 37, column: 5 }],
  ["PageDown", false, { row: 8, column: 0 }],
])("%s (with control: %s) goes where a grid's keys go", (key, control, place) => {
  expect(placeAfter(key, control, { row: 0, column: 0 }, size)).toEqual(place);
});

test("nothing leads out of the grid, and other keys are not taken", () => {
  expect(placeAfter("ArrowRight", false, { row: 37, column: 5 }, size)).toEqual({ row: 37, column: 5 });
  expect(placeAfter("a", false, { row: 0, column: 0 }, size)).toBeNull();
});
