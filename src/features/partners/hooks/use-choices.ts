import { useQuery } from "@tanstack/react-query";
import { useActiveOrganization } from "@/features/organizations";
import { choicesQuery } from "../queries";
import type { Choice, Choices, HealthLevel } from "../types";

const none: Choices = {
  statuses: [],
  tiers: [],
  domains: [],
  regions: [],
  tags: [],
  healthLevels: [],
  referralStages: [],
  dealStages: [],
  products: [],
  dealReasons: [],
  documentTypes: [],
  interactionTypes: [],
  taskPriorities: [],
  commissionTypes: [],
  defaultCommissionType: null,
  currencies: [],
};

/** Until they are there, everything is shown by its key. */
export function useChoices(): Choices {
  const { organization } = useActiveOrganization();
  return useQuery(choicesQuery(organization.id)).data ?? none;
}

/** Whether it is known what keys are called, or that it cannot be known: until then a page does not begin. */
export function useChoicesSettled(): boolean {
  const { organization } = useActiveOrganization();
  return !useQuery(choicesQuery(organization.id)).isPending;
}

export function choiceOf(choices: readonly Choice[], key: string): Choice {
  return (
    choices.find((choice) => choice.key === key) ?? { key, label: key, colour: null, description: null, meaning: null }
  );
}

export function levelOf(levels: readonly HealthLevel[], health: number): HealthLevel | undefined {
  return levels.findLast(({ from }) => health >= from);
}
