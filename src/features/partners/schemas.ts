// What the forms about a partner hold; the database checks the same once more.
import { fromIsoDate } from "@/shared/lib/calendar-date";
import { z } from "@/shared/lib/zod";
import type { Partner, PartnerFields } from "./types";

// What an address may hold is the database's rule, which takes no address that leads into somebody's own network.
const webAddress =
  /^https?:\/\/(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{0,61}[\p{L}\p{N}](?::\d{1,5})?(?:[/?#][^\s\\<>"]*)?$/u;
const mailAddress =
  /^[^@\s<>",;:\\()[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const phoneNumber = /^\+?[0-9(][0-9 ()./-]{2,38}(?:[0-9]|(?: ?(?:ext\.?|x) ?[0-9]{1,6}))$/;

const line = (most: number, what: string) =>
  z
    .string()
    .trim()
    .max(most, `${what} is too long. Use at most ${most} characters.`)
    .regex(/^\P{Cc}*$/u, `${what} cannot hold line breaks or control characters.`);

const prose = (what: string) => z.string().trim().max(20_000, `${what} is too long. Use at most 20,000 characters.`);

const day = z
  .string()
  .refine(
    (text) => text === "" || fromIsoDate(text) !== null,
    "This is not a date. Pick one, or write it like 2027-03-14.",
  );

const emptyOr = (pattern: RegExp) => (text: string) => text === "" || pattern.test(text);

const website = z
  .string()
  .trim()
  .max(2000, "This address is too long.")
  // People leave out what every browser adds.
  .transform((text) => (text === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`))
  .refine(emptyOr(webAddress), "This is not a web address. It should look like https://company.com.");

const emailAddress = z
  .string()
  .trim()
  .max(254, "This address is too long.")
  .refine(emptyOr(mailAddress), "This is not an e-mail address. It should look like name@company.com.");

const phone = z
  .string()
  .trim()
  .refine(emptyOr(phoneNumber), "This is not a phone number. It should look like +41 44 123 45 67.");

export const partnerSchema = z
  .object({
    name: line(200, "A name").min(1, "Enter the partner's name."),
    website,
    domain: z.string().nullable(),
    status: z.string(),
    tier: z.string().nullable(),
    region: z.string().nullable(),
    ownerId: z.string().nullable(),
    tags: z.array(z.string()).max(30, "At most 30 tags."),
    contactName: line(200, "A name"),
    contactEmail: emailAddress,
    contactPhone: phone,
    contactRole: line(120, "A role"),
    agreementStartsOn: day,
    agreementEndsOn: day,
    agreementRenewsOn: day,
    agreementTerms: prose("This text"),
    notes: prose("This text"),
  })
  .superRefine(({ agreementStartsOn: start, agreementEndsOn: end, agreementRenewsOn: renewal }, context) => {
    if (start && end && end < start)
      context.addIssue({
        code: "custom",
        path: ["agreementEndsOn"],
        message: "An agreement cannot end before it starts.",
      });
    if (start && renewal && renewal < start)
      context.addIssue({
        code: "custom",
        path: ["agreementRenewsOn"],
        message: "The renewal cannot be before the start.",
      });
  });

/** As a form holds them: what is empty is an empty text. */
export type PartnerValues = z.input<typeof partnerSchema>;

export function valuesOf(partner: Partner): PartnerValues {
  return {
    name: partner.name,
    website: partner.website ?? "",
    domain: partner.domain,
    status: partner.status,
    tier: partner.tier,
    region: partner.region,
    ownerId: partner.owner?.id ?? null,
    tags: partner.tags,
    contactName: partner.contactName ?? "",
    contactEmail: partner.contactEmail ?? "",
    contactPhone: partner.contactPhone ?? "",
    contactRole: partner.contactRole ?? "",
    agreementStartsOn: partner.agreementStartsOn ?? "",
    agreementEndsOn: partner.agreementEndsOn ?? "",
    agreementRenewsOn: partner.agreementRenewsOn ?? "",
    agreementTerms: partner.agreementTerms ?? "",
    notes: partner.notes ?? "",
  };
}

/** Nothing rather than an empty text, as the database keeps it. */
export function fieldsOf(values: z.output<typeof partnerSchema>): PartnerFields {
  return {
    ...values,
    website: values.website || null,
    contactName: values.contactName || null,
    contactEmail: values.contactEmail || null,
    contactPhone: values.contactPhone || null,
    contactRole: values.contactRole || null,
    agreementStartsOn: values.agreementStartsOn || null,
    agreementEndsOn: values.agreementEndsOn || null,
    agreementRenewsOn: values.agreementRenewsOn || null,
    agreementTerms: values.agreementTerms || null,
    notes: values.notes || null,
  };
}
