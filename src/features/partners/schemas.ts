// What the forms about a partner hold; the database checks the same once more.
import { fromIsoDate } from "@/shared/lib/calendar-date";
import { isDecimal } from "@/shared/lib/decimal";
import { z } from "@/shared/lib/zod";
import type { Partner, PartnerFields, ReferralFields, TaskFields } from "./types";

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

const nothingOr = (text: string) => text.trim() || null;

export const taskSchema = z.object({
  title: line(200, "A title").min(1, "Say what is to be done."),
  description: prose("This text").max(10_000, "This text is too long. Use at most 10,000 characters."),
  priority: z.string().nullable(),
  dueOn: day,
  assigneeId: z.string().nullable(),
  isShared: z.boolean(),
});
export type TaskValues = z.infer<typeof taskSchema>;

export const taskFieldsOf = (values: TaskValues): TaskFields => ({
  ...values,
  description: nothingOr(values.description),
  dueOn: nothingOr(values.dueOn),
});

export const referralSchema = z.object({
  clientName: line(200, "A name").min(1, "Enter the client's name."),
  clientEmail: emailAddress,
  clientCompany: line(200, "A name"),
  clientWebsite: website,
  value: z
    .object({ amount: z.string(), currency: z.string() })
    .refine(({ amount }) => amount === "" || isDecimal(amount), "This is not an amount.")
    .refine(({ amount }) => !amount.startsWith("-"), "The value cannot be less than zero."),
  ownerId: z.string().nullable(),
  notes: prose("This text"),
});
export type ReferralValues = z.infer<typeof referralSchema>;

export const referralFieldsOf = ({ value, ...values }: ReferralValues): ReferralFields => ({
  clientName: values.clientName,
  clientEmail: nothingOr(values.clientEmail),
  clientCompany: nothingOr(values.clientCompany),
  clientWebsite: nothingOr(values.clientWebsite),
  estimatedValue: nothingOr(value.amount),
  currency: value.amount ? value.currency : null,
  ownerId: values.ownerId,
  notes: nothingOr(values.notes),
});

export const docSchema = z.object({
  title: line(200, "A title").min(1, "Enter a title."),
  type: z.string().min(1, "Choose what kind of document it is."),
  url: website.refine((text) => text !== "", "Enter the address that it stands at, such as a page in Notion."),
  ownerId: z.string().nullable(),
  isShared: z.boolean(),
});
/** A document that has a file needs no address. */
export const fileDocSchema = docSchema.extend({ url: website });
export type DocValues = z.infer<typeof docSchema>;

export const interactionSchema = z.object({
  type: z.string().min(1, "Choose what kind of contact it was."),
  subject: line(200, "A subject").min(1, "Say in a few words what it was about."),
  day: day.min(1, "Say on which day it was."),
  time: z.string().regex(/^(\d{2}:\d{2})?$/, "Write the time like 14:30."),
  minutes: z
    .string()
    .refine(
      (text) => text === "" || (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 43_200),
      "1 to 43,200 minutes.",
    ),
  participants: line(1000, "This list"),
  notes: prose("This text"),
  isShared: z.boolean(),
});
export type InteractionValues = z.infer<typeof interactionSchema>;
