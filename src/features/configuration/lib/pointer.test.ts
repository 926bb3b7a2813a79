import { expect, test } from "vitest";
import { joinPointer, problemsAt, problemsOutside, problemsWithin } from "./pointer";

const problems = [
  { path: "", message: "Weights: the numbers add up to 90 and must add up to 100" },
  { path: "/0/weight", message: "Weight of Revenue: must be between 0 and 100" },
  { path: "/10/weight", message: "Weight of Training: must be a number" },
  { path: "/0/rate", message: "rate: is not a field here, remove it" },
];

test("a place is named as the database names it", () => {
  expect(joinPointer(joinPointer("", 0), "weight")).toBe("/0/weight");
  expect(joinPointer("", "a/b~c")).toBe("/a~1b~0c");
});

test("each field is told what is wrong with it, and not with its neighbours", () => {
  expect(problemsAt(problems, "/0/weight")).toBe("Weight of Revenue: must be between 0 and 100.");
  expect(problemsAt(problems, "/1/weight")).toBeUndefined();
  expect(problemsAt(problems, "/0")).toBeUndefined();
});

test("beside the field of that name the sentence need not name it again", () => {
  expect(problemsAt(problems, "/0/weight", "Weight of Revenue")).toBe("Must be between 0 and 100.");
  expect(problemsAt(problems, "/0/weight", "Weight")).toBe("Weight of Revenue: must be between 0 and 100.");
});

test("/1 does not begin /10", () => {
  expect(problemsWithin(problems, "/1")).toBeUndefined();
  expect(problemsWithin(problems, "/10")).toContain("Training");
});

test("what no field stands for is told for what is around it", () => {
  expect(problemsOutside(problems, "/0", ["metric", "weight"])).toBe("rate: is not a field here, remove it.");
  expect(problemsOutside(problems, "", [0, 10])).toContain("add up to 90");
  expect(problemsOutside(problems, "", [0])).toContain("Training");
});

test("the same sentence is told once", () => {
  const twice = [...problems, ...problems];
  expect(problemsAt(twice, "/0/weight")).toBe("Weight of Revenue: must be between 0 and 100.");
});
