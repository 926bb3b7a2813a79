import { expect, test } from "vitest";
import { AppError } from "./errors";
import { shouldRetry } from "./query-client";

test("a refusal is not asked for twice, a passing trouble is, at most twice", () => {
  expect(shouldRetry(0, new AppError("forbidden"))).toBe(false);
  expect(shouldRetry(0, new AppError("invalid"))).toBe(false);
  expect(shouldRetry(0, new AppError("unavailable"))).toBe(true);
  expect(shouldRetry(1, new AppError("offline"))).toBe(true);
  expect(shouldRetry(2, new AppError("offline"))).toBe(false);
});
