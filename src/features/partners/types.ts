import type { Json } from "@/shared/types/database.types";
import type { ColourName } from "@/shared/ui/colour-names";

/** One of the configured choices, such as a status. What is no longer configured is shown by its key. */
export interface Choice {
  key: string;
  label: string;
  colour: ColourName | null;
  description: string | null;
  /** What it counts as, where that matters: a status as prospect, active or former, a stage as open, won or lost. */
  meaning: string | null;
}

export interface HealthLevel extends Choice {
  /** The least health it stands for. */
  from: number;
}

/** What can be chosen from, as the organization has configured it. */
export interface Choices {
  statuses: Choice[];
  tiers: Choice[];
  domains: Choice[];
  regions: Choice[];
  tags: Choice[];
  healthLevels: HealthLevel[];
  referralStages: Choice[];
  dealStages: Choice[];
  products: Choice[];
  /** Why deals are won or lost. */
  dealReasons: Choice[];
  documentTypes: Choice[];
  interactionTypes: Choice[];
  taskPriorities: Choice[];
  commissionTypes: CommissionType[];
  /** What partners have that agreed on nothing else. */
  defaultCommissionType: string | null;
  /** The organization's own first. */
  currencies: string[];
}

export interface Person {
  id: string;
  name: string;
  colour: string;
}

/** A colleague who looks at the directory or at one of its partners. */
export interface PersonHere extends Person {
  partnerId: string | null;
  /** The field of that partner that they are editing. */
  field: keyof PartnerFields | null;
}

export interface Partner {
  id: string;
  name: string;
  /** What they work in. */
  domain: string | null;
  website: string | null;
  status: string;
  tier: string | null;
  owner: Person | null;
  region: string | null;
  tags: string[];
  /** 0 to 100. */
  health: number;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  contactRole: string | null;
  agreementStartsOn: string | null;
  agreementEndsOn: string | null;
  agreementRenewsOn: string | null;
  agreementTerms: string | null;
  notes: string | null;
  archivedAt: string | null;
  createdAt: string;
  updatedAt: string;
  /** A change sends the one it saw. */
  version: number;
}

/** What a person writes about a partner. */
export interface PartnerFields
  extends Pick<
    Partner,
    | "name"
    | "domain"
    | "website"
    | "status"
    | "tier"
    | "region"
    | "tags"
    | "contactName"
    | "contactEmail"
    | "contactPhone"
    | "contactRole"
    | "agreementStartsOn"
    | "agreementEndsOn"
    | "agreementRenewsOn"
    | "agreementTerms"
    | "notes"
  > {
  ownerId: string | null;
}

export type PartnerSort = "name" | "status" | "tier" | "health" | "updated" | "agreement_end";

/** Pages are turned from partner to partner: a number alone would have to be counted from the beginning. */
export interface PagePlace {
  /** For people to read; from 1. */
  number: number;
  /** The page follows this partner, or stands before it when turned backwards. */
  beside: string | null;
  backwards: boolean;
}

export interface PartnerFilter {
  text: string;
  statuses: string[];
  tiers: string[];
  domains: string[];
  regions: string[];
  tags: string[];
  /** A person's id; zeros for partners without an owner. */
  owner: string | null;
  archived: boolean;
}

export interface PartnerListing extends PartnerFilter {
  sort: PartnerSort;
  descending: boolean;
  place: PagePlace;
}

export interface PartnerPage {
  partners: Partner[];
  place: PagePlace;
  hasPrevious: boolean;
  hasNext: boolean;
}

/** What many partners at once can be given. */
export interface BulkChange {
  status?: string;
  tier?: string | null;
  ownerId?: string | null;
  addTags?: string[];
  removeTags?: string[];
}

/** A partner that a bulk change reached, with what it was before. */
export interface BulkChanged {
  id: string;
  version: number;
  before: { status: string; tier: string | null; ownerId: string | null; tags: string[] };
}

export type Outcome = "open" | "won" | "lost";

export interface Referral {
  id: string;
  clientName: string;
  clientEmail: string | null;
  clientCompany: string | null;
  clientWebsite: string | null;
  /** Whom it is about, as a web domain. */
  accountDomain: string | null;
  /** A decimal as text. */
  estimatedValue: string | null;
  currency: string | null;
  status: string;
  outcome: Outcome;
  referredAt: string;
  decidedAt: string | null;
  decisionReason: string | null;
  owner: Person | null;
  source: string;
  notes: string | null;
  version: number;
}

/** What a person writes about a referral. */
export interface ReferralFields
  extends Pick<
    Referral,
    "clientName" | "clientEmail" | "clientCompany" | "clientWebsite" | "estimatedValue" | "currency" | "notes"
  > {
  ownerId: string | null;
}

export type TaskStatus = "pending" | "in_progress" | "completed" | "cancelled";

export interface PartnerTask {
  id: string;
  title: string;
  description: string | null;
  status: TaskStatus;
  priority: string | null;
  dueOn: string | null;
  completedAt: string | null;
  assignee: Person | null;
  createdById: string | null;
  isShared: boolean;
  version: number;
}

export interface TaskFields extends Pick<PartnerTask, "title" | "description" | "priority" | "dueOn" | "isShared"> {
  assigneeId: string | null;
}

export interface PartnerDoc {
  id: string;
  title: string;
  type: string;
  /** Where it stands, when it is no file here. */
  url: string | null;
  tags: string[];
  isShared: boolean;
  /** Number of the newest file; 0 without one. */
  fileNumber: number;
  owner: Person | null;
  source: string;
  updatedAt: string;
  version: number;
}

export interface DocFields extends Pick<PartnerDoc, "title" | "type" | "url" | "isShared"> {
  ownerId: string | null;
}

export interface InteractionFields {
  type: string;
  subject: string;
  notes: string | null;
  participants: string | null;
  occurredAt: string;
  durationMinutes: number | null;
  isShared: boolean;
}

export interface ActivityEvent {
  id: number;
  kind: string;
  occurredAt: string;
  /** user:<id> or system:<job>. */
  actor: string;
  actorName: string | null;
  subjectTable: string;
  subjectLabel: string | null;
  isVisibleToPartner: boolean;
  before: Json;
  after: Json;
  details: Json;
}

export interface ActivityFilter {
  kinds: string[];
  actors: string[];
  /** Days, or empty. */
  from: string;
  to: string;
}

/** What a timeline can be filtered by. */
export interface ActivityFacets {
  kinds: { kind: string; label: string; area: string }[];
  actors: { actor: string; name: string | null }[];
}

/** Deals of one currency; without one, those without an amount. */
export interface DealFigure {
  currency: string | null;
  deals: number;
  /** A decimal as text. */
  value: string | null;
}

/** Null is what this person may not see. */
export interface DirectorySummary {
  active: number;
  all: number;
  pipeline: DealFigure[] | null;
  openReferrals: number | null;
}

export interface PartnerFigures {
  pipeline: DealFigure[] | null;
  won: DealFigure[] | null;
  referrals: { open: number; won: number; lost: number } | null;
  tasks: { open: number; overdue: number } | null;
  documents: number | null;
}

export interface CommissionType extends Choice {
  /** In percent. */
  rate: number;
  paymentModel: string | null;
}

/** What a partner has of its own; what is null comes from its commission type. */
export interface CommissionTerms {
  type: string;
  /** In percent, as text. */
  rate: string | null;
  paymentModel: string | null;
  currency: string | null;
  minimum: string | null;
  maximum: string | null;
  steps: { from: number | string; rate: number | string }[];
}
