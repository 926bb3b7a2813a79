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

test("a mail reader that is no web address is named, for it becomes a link", () => {
  expect(readEnv({ ...whole, VITE_MAIL_URL: "javascript:alert(1)" }).problems).toEqual([
    expect.stringContaining("VITE_MAIL_URL"),
  ]);
});

const oldKey = (role: string) => `e30.${btoa(JSON.stringify({ role }))}.hush`;

test.each(["sb_secret_hush", oldKey("service_role")])("the secret key %s is refused and not repeated", (key) => {
  const { problems } = readEnv({ ...whole, VITE_SUPABASE_PUBLISHABLE_KEY: key });
  expect(problems).toEqual([expect.stringContaining("holds a secret key")]);
  expect(problems?.join()).not.toContain("hush");
});

test("the older kind of public key is taken", () => {
  expect(readEnv({ ...whole, VITE_SUPABASE_PUBLISHABLE_KEY: oldKey("anon") }).problems).toBeNull();
});
