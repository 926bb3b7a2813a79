import { describe, expect, it } from "vitest";
import { csvCell, csvRows } from "./csv";

describe("csv", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["+cmd", "'+cmd"],
    ["-2+3", "'-2+3"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ["\n=1+1", `"'\n=1+1"`],
    ["＝1+1", "'＝1+1"],
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ])("keeps %j from being a formula", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it.each([
    [-12.5, "-12.5"],
    ["-12.50", "-12.50"],
    ["+3", "+3"],
    ["plain", "plain"],
    ['said "yes", twice', '"said ""yes"", twice"'],
    ["two\nlines", '"two\nlines"'],
    [null, ""],
  ])("writes %j as it is", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it("ends every row as spreadsheets expect", () => {
    expect(
      csvRows([
        ["a", 1],
        ["b", null],
      ]),
    ).toBe("a,1\r\nb,\r\n");
  });
});
