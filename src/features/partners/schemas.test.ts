import { expect, test } from "vitest";
import { AppError, toAppError } from "@/shared/lib/errors";
import { fieldProblemsIn } from "./field-problems";
import { partnerSchema, referralFieldsOf, referralSchema, valuesOf } from "./schemas";
import { partnerFieldOf, partnerOf } from "./services/partner-rows";
import { partnerRow } from "./test-client";

const values = valuesOf(partnerOf(partnerRow()));
const problemsOf = (changes: Partial<typeof values>) =>
  partnerSchema.safeParse({ ...values, ...changes }).error?.issues.map(({ path }) => path.join(".")) ?? [];

test("a bare company.com is a website, and what leads elsewhere is none", () => {
  expect(partnerSchema.parse({ ...values, website: "alpine.example/about" }).website).toBe(
    "https://alpine.example/about",
  );
  for (const website of ["javascript:alert(1)", "ftp://alpine.example", "http://localhost", "https://a b.example"])
    expect(problemsOf({ website })).toEqual(["website"]);
});

test.each([
  ["contactEmail", "nobody"],
  ["contactPhone", "call me"],
  ["name", "  "],
  ["name", "a\u0000b"],
] as const)("%s cannot be “%s”", (field, value) => {
  expect(problemsOf({ [field]: value })).toEqual([field]);
});

test("an agreement does not end or renew before it starts", () => {
  expect(
    problemsOf({ agreementStartsOn: "2026-02-01", agreementEndsOn: "2026-01-01", agreementRenewsOn: "2026-01-01" }),
  ).toEqual(["agreementEndsOn", "agreementRenewsOn"]);
});

test("a referral has an amount with its currency, or neither", () => {
  const referral = {
    clientName: "Ines",
    clientEmail: "",
    clientCompany: "",
    clientWebsite: "",
    value: { amount: "", currency: "EUR" },
    ownerId: null,
    notes: "",
  };
  expect(referralFieldsOf(referralSchema.parse(referral))).toMatchObject({ estimatedValue: null, currency: null });
  const priced = { ...referral, value: { amount: "12.5", currency: "EUR" } };
  expect(referralFieldsOf(referralSchema.parse(priced))).toMatchObject({ estimatedValue: "12.5", currency: "EUR" });
  for (const amount of ["-1", "twelve"])
    expect(referralSchema.safeParse({ ...referral, value: { amount, currency: "EUR" } }).success).toBe(false);
});

test("what the database finds wrong is said beside the field", () => {
  const listed = new AppError("invalid", {
    code: "PW050",
    details: '[{"path": "tier", "message": "None of the tiers."}]',
  });
  expect(fieldProblemsIn(listed)).toEqual([{ column: "tier", message: "None of the tiers." }]);
  const broken = toAppError({
    code: "23514",
    message: 'new row for relation "partners" violates check constraint "partners_primary_contact_phone_check"',
  });
  expect(fieldProblemsIn(broken).map(({ column }) => partnerFieldOf(column))).toEqual(["contactPhone"]);
  expect(fieldProblemsIn(new AppError("invalid", { details: "not a list" }))).toEqual([]);
});
