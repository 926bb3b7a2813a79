export const tiers = ["basic", "professional", "enterprise"] as const;

export type Tier = (typeof tiers)[number];

/** What the platform's staff see of an organization: that it is there, never what is in it. */
export interface PlatformOrganization {
  id: string;
  name: string;
  slug: string;
  parentId: string | null;
  tier: Tier;
  seatLimit: number;
  seatsTaken: number;
  isActive: boolean;
  createdAt: string;
  /** Until when one may read it oneself. */
  accessUntil: string | null;
}
