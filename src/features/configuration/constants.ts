import {
  Building2,
  Coins,
  Handshake,
  type LucideIcon,
  Percent,
  Plug,
  Settings,
  Users,
  Waypoints,
} from "@/shared/ui/icons";

interface Category {
  label: string;
  description: string;
  Icon: LucideIcon;
}

/** How the categories are introduced, in the order in which they are listed. */
const categories: Record<string, Category> = {
  organization: { label: "Organization", description: "Currency, time and who may be invited.", Icon: Building2 },
  team: { label: "Team", description: "Working days, weekly status, tasks and goals.", Icon: Users },
  partners: { label: "Partners", description: "Statuses, tiers, regions and partner health.", Icon: Handshake },
  pipeline: { label: "Pipeline", description: "Stages of deals, and why they are won or lost.", Icon: Waypoints },
  revenue: { label: "Revenue", description: "Targets, currencies and the forecast.", Icon: Coins },
  commission: { label: "Commission", description: "Rates, tiers, holds and payouts.", Icon: Percent },
  integration: { label: "Integrations", description: "Other systems that are kept in step.", Icon: Plug },
};

export const categoryOrder = Object.keys(categories);

/** A category that came with a later migration is shown too. */
export function categoryOf(key: string): Category {
  return categories[key] ?? { label: key.charAt(0).toUpperCase() + key.slice(1), description: "", Icon: Settings };
}

export const sourceLabels = {
  organization: "This organization",
  tenant: "Tenant",
  global: "Default",
} as const;
