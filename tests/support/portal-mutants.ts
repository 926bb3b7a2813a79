// What functions of the portal ask before they answer: its mutants.
import type { Mutant, Question } from "./mutants.ts";

const ofPortal = (asks: RegExp, instead: string, kind: Mutant["kind"], what: string): Question => ({
  asks,
  instead,
  kind,
  what,
  of: /^private\.(?:\w*portal\w*|\w+_partner_member|may_write_partner)\(/,
});

export const portalQuestions: Question[] = [
  ofPortal(/g\.partner_id = partner(?=\W)/g, "true", "tenant", "lets into any portal"),
  ofPortal(/\w+\.(?:partner_id|id) = guest\.partner_id/g, "true", "tenant", "takes another partner"),
  ofPortal(/m\.email = \(select lower[^\n]*/g, "true", "tenant", "takes any address"),
  ofPortal(/ and u\.email_confirmed_at is not null/g, "", "tenant", "takes any address"),
  ofPortal(/m\.status = 'invited'/g, "true", "other", "takes the removed"),
  ofPortal(/\w+\.(?:is_shared|is_visible_to_partner)(?=\W)/g, "true", "other", "shows what is internal"),
  ofPortal(/\w\.archived_at is null/g, "true", "other", "takes the archived"),
  ofPortal(/r\.published_at <= now\(\)/g, "true", "other", "shows what is not published"),
  ofPortal(/not private\.may_write_partner\([^()]*\)/g, "false", "other", "asks for no right"),
  ofPortal(/p\.owner_id = \(select auth\.uid\(\)\)/g, "true", "other", "takes what others own"),
];

/** What changes nothing, and why. */
export const portalEquivalents: { mutant: RegExp; why: string }[] = [
  {
    mutant: /^private\.portal_add_document\(.*\(2: d\.partner_id/,
    why: "The key is made of the partner: no other partner's document has it.",
  },
  {
    mutant: /^private\.portal_request_registration\(.*\(1: r\.partner_id/,
    why: "What adds the request is told the partner, and asks again whether the referral is theirs.",
  },
];
