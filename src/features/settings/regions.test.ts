import { expect, test } from "vitest";
import { localeOptions, timeZoneOptions } from "./regions";

const winter = new Date("2026-01-15T12:00:00Z");

test("every zone that the platform knows can be found by its name, its offset and what it is called", () => {
  const options = timeZoneOptions(null, winter);
  for (const zone of Intl.supportedValuesOf("timeZone")) expect(options.some(({ value }) => value === zone)).toBe(true);
  const zurich = options.find(({ value }) => value === "Europe/Zurich");
  expect(zurich).toEqual({
    value: "Europe/Zurich",
    label: "Europe/Zurich",
    description: "UTC+01:00, Central European Standard Time",
  });
  expect(options[0]).toMatchObject({ value: "UTC", description: expect.stringContaining("UTC+00:00") });
});

test("a zone or locale that was stored elsewhere is offered, once", () => {
  const zones = timeZoneOptions("US/Odd_Zone", winter).filter(({ value }) => value === "US/Odd_Zone");
  expect(zones).toEqual([{ value: "US/Odd_Zone", label: "US/Odd Zone", description: "" }]);
  expect(timeZoneOptions("UTC", winter).filter(({ value }) => value === "UTC")).toHaveLength(1);
  expect(localeOptions("rm-CH").some(({ value }) => value === "rm-CH")).toBe(true);
  expect(localeOptions("de-CH").filter(({ value }) => value === "de-CH")).toHaveLength(1);
});

test("every locale fits what the database takes", () => {
  for (const { value } of localeOptions(null))
    expect(value).toMatch(/^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/);
});
