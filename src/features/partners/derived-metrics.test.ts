import { expect, test } from "vitest";
import { derivedFrom } from "./derived-metrics";
import type { PartnerFigures } from "./types";

const figures: PartnerFigures = {
  pipeline: [
    { currency: "EUR", deals: 2, value: "300.5" },
    { currency: "USD", deals: 1, value: "700" },
    { currency: null, deals: 3, value: null },
  ],
  won: [],
  referrals: { open: 4, won: 2, lost: 6 },
  tasks: { open: 1, overdue: 0 },
  documents: 0,
};

test("currencies stay apart, and deals without an amount count as deals", () => {
  expect(derivedFrom(figures).pipeline).toEqual({
    deals: 6,
    amounts: [
      { currency: "EUR", value: "300.5" },
      { currency: "USD", value: "700" },
    ],
  });
});

test("the win rate is of what was decided, and none without", () => {
  expect(derivedFrom(figures)).toMatchObject({ winRate: 0.25, decided: 8 });
  expect(derivedFrom({ ...figures, referrals: { open: 4, won: 0, lost: 0 } }).winRate).toBeNull();
});

test("what may not be seen is not nothing", () => {
  expect(derivedFrom({ ...figures, pipeline: null, referrals: null })).toMatchObject({ pipeline: null, winRate: null });
});
