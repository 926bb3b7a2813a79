import { describe, expect, it } from "vitest";
import { createRedirects, globPattern } from "./redirects.ts";

describe("the globs of allowed addresses", () => {
  it.each([
    ["http://localhost:5173/*", "http://localhost:5173/a", true],
    ["http://localhost:5173/*", "http://localhost:5173/a/b", false],
    ["http://localhost:5173/*", "http://localhost:5173/a.b", false],
    ["http://localhost:5173/**", "http://localhost:5173/a/b.c?d=e", true],
    ["https://*.example.com/", "https://one.example.com/", true],
    ["https://*.example.com/", "https://one.two.example.com/", false],
    ["https://example.com/?", "https://example.com/a", true],
    ["https://example.com/?", "https://example.com//", false],
    ["https://example.com/[ab]", "https://example.com/b", true],
    ["https://example.com/[!ab]", "https://example.com/b", false],
    ["https://{one,two}.example.com/", "https://two.example.com/", true],
    ["https://{one,two}.example.com/", "https://three.example.com/", false],
    ["https://example.com/\\*", "https://example.com/*", true],
    ["https://example.com/\\*", "https://example.com/a", false],
    ["https://example.com", "https://exampleXcom", false],
    ["https://example.com", "https://example.com.evil.test", false],
  ])("%s and %s: %s", (glob, address, expected) => {
    expect(globPattern(glob).test(address)).toBe(expected);
  });
});

describe("where a link may lead", () => {
  const redirects = createRedirects("https://app.example.com", ["https://*.preview.test/**", "http://other.test"]);

  it.each([
    "https://app.example.com",
    "https://app.example.com:8443/anywhere",
    "https://one.preview.test/path",
    "http://other.test",
    "http://other.test/#fragment",
  ])("to %s", (address) => {
    expect(redirects.isAllowed(address)).toBe(true);
  });

  it.each([
    "",
    "/relative",
    "//evil.test",
    "https://evil.test",
    "https://app.example.com.evil.test",
    "https://app.example.com@evil.test",
    "https://evil.test/https://app.example.com",
    "https://evil.test#.preview.test/",
    "https://evil\\.preview.test/",
    "javascript://app.example.com/%0aalert(1)",
    "ftp://app.example.com/",
  ])("never to %j", (address) => {
    expect(redirects.isAllowed(address)).toBe(false);
  });

  it("falls back to the page that asked, and then to the site", () => {
    const chosen = (asked: string, referer?: string) => {
      const url = new URL(`http://api.test/auth/v1/otp?redirect_to=${encodeURIComponent(asked)}`);
      return redirects.forRequest(new Request(url, { headers: referer ? { referer } : {} }), url);
    };
    expect(chosen("https://one.preview.test/a")).toBe("https://one.preview.test/a");
    expect(chosen("https://evil.test", "https://one.preview.test/b")).toBe("https://one.preview.test/b");
    expect(chosen("https://evil.test", "https://evil.test/b")).toBe("https://app.example.com");
  });
});
