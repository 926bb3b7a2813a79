// What the catalogue check may find and let pass. Each exception names one object and says why; one that is no longer needed
// is reported as well.
export interface AllowedFinding {
  rule: string;
  object: string;
  reason: string;
}

export const allowedFindings: AllowedFinding[] = [
  {
    rule: "policy-ignores-row",
    object: "select_member on public.permissions",
    reason: "The catalogue of permissions belongs to no organization; only members, who need it to read roles, see it.",
  },
  {
    rule: "policy-ignores-row",
    object: "select_config_reader on public.configuration_definitions",
    reason:
      "Definitions and global defaults belong to no organization; whoever may read a configuration anywhere sees them.",
  },
  {
    rule: "table-not-live",
    object: "public.permissions",
    reason: "The catalogue of permissions changes with a migration only.",
  },
  {
    rule: "table-not-live",
    object: "public.configuration_definitions",
    reason: "Definitions change with a migration only.",
  },
  {
    rule: "table-not-live",
    object: "public.opportunity_stage_history",
    reason: "It follows from the deal, whose own change is told to the same people in the same statement.",
  },
];
