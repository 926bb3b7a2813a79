import type { PartnerSort } from "./types";

export const PAGE_SIZE = 50;
export const EXPORT_LIMIT = 50_000;

/** Asks for partners without an owner, where a person's id is expected. */
export const NOBODY = "00000000-0000-0000-0000-000000000000";

export const sorts: readonly PartnerSort[] = ["name", "status", "tier", "health", "updated", "agreement_end"];

export const partnerTabs = ["overview", "tasks", "referrals", "docs", "activity"] as const;
export type PartnerTab = (typeof partnerTabs)[number];
