import { expect, test } from "vitest";
import { readEnv } from "./env";

const whole = { VITE_SUPABASE_URL: "https://abc.supabase.co", VITE_SUPABASE_PUBLISHABLE_KEY: "sb_publishable_x" };

test("a whole environment is read, and the mail reader is optional", () => {
  expect(readEnv(whole).env).toEqual({
    supabaseUrl: "https://abc.supabase.co",
    supabasePublishableKey: "sb_publishable_x",
    mailUrl: null,
  });
  expect(readEnv({ ...whole, VITE_MAIL_URL: "http://127.0.0.1:54321/mail" }).env?.mailUrl).toContain("/mail");
});

test("every missing value is named, all at once", () => {
  expect(readEnv({ VITE_SUPABASE_URL: "  " }).problems).toEqual([
    expect.stringContaining("VITE_SUPABASE_URL is missing"),
    expect.stringContaining("VITE_SUPABASE_PUBLISHABLE_KEY is missing"),
  ]);
});

test.each(["abc.supabase.co", "ftp://abc.supabase.co", "not an address"])(
  "%j is not an address, and the sentence says so",
  (url) => {
    expect(readEnv({ ...whole, VITE_SUPABASE_URL: url }).problems).toEqual([expect.stringContaining(`"${url}"`)]);
  },
);

test("a secret key is refused and not repeated", () => {
  const { problems } = readEnv({ ...whole, VITE_SUPABASE_PUBLISHABLE_KEY: "sb_secret_hush" });
  expect(problems).toEqual([expect.stringContaining("holds a secret key")]);
  expect(problems?.join()).not.toContain("hush");
});
