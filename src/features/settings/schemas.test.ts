import { describe, expect, test } from "vitest";
import { eventKinds, profileSchema, readPreferences } from "./schemas";

describe("notification preferences", () => {
  test.each([{}, null, "nonsense", [], { events: 7, frequency: "hourly", email: "yes" }])(
    "what cannot be read in %j counts as not chosen yet",
    (stored) => {
      const read = readPreferences(stored);
      expect(read).toMatchObject({ email: true, in_app: true, frequency: "immediate" });
      for (const kind of eventKinds) expect(read.events[kind]).toEqual({ email: true, in_app: true });
    },
  );

  test("what was chosen is kept, also what a newer version stored", () => {
    const stored = {
      email: false,
      frequency: "weekly",
      push: true,
      events: { tasks: { email: false }, news: { sms: 1 } },
    };
    expect(readPreferences(stored)).toMatchObject({
      email: false,
      in_app: true,
      frequency: "weekly",
      push: true,
      events: { tasks: { email: false, in_app: true }, partners: { email: true, in_app: true }, news: { sms: 1 } },
    });
  });
});

describe("a profile", () => {
  const whole = { displayName: " Ada Lovelace ", avatarColor: "teal", locale: null, timeZone: "Europe/Zurich" };

  test("is taken with the name's edges trimmed", () => {
    expect(profileSchema.parse(whole).displayName).toBe("Ada Lovelace");
  });

  test.each(["", "   ", "a\u0000b", "two\nlines", "x".repeat(121)])("refuses the name %j", (displayName) => {
    expect(profileSchema.safeParse({ ...whole, displayName }).success).toBe(false);
  });
});
