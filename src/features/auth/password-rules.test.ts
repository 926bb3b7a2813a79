import { expect, test } from "vitest";
import { passwordProblem } from "./password-rules";

test.each([
  ["", "Choose a password."],
  ["short1A", "This password still needs: at least 8 characters."],
  ["ALLUPPER", "This password still needs: a lower case letter, a digit."],
  ["Ünïcödé-only", "This password still needs: an upper case letter, a digit."],
  [`Aa1${"x".repeat(70)}`, "This password is too long. Use at most 72 characters."],
  [`Aa1${"é".repeat(40)}`, "This password is too long. Use at most 72 characters."],
])("%j is refused", (password, sentence) => {
  expect(passwordProblem(password)).toBe(sentence);
});

test.each(["Abcdefg1", "with Spaces 1", `Aa1${"x".repeat(69)}`])("%j is taken", (password) => {
  expect(passwordProblem(password)).toBeUndefined();
});
