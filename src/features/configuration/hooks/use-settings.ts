import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLive } from "@/shared/lib/live/use-live";
import { configurationPlan } from "../live-plan";
import { settingsQuery } from "../queries";

const subjects = ["configuration"];

export function useSettings(organizationId: string) {
  const { data, error, isPending, isFetching, refetch } = useQuery(settingsQuery(organizationId));
  useLive(
    organizationId,
    subjects,
    useMemo(() => configurationPlan(organizationId), [organizationId]),
  );
  return { settings: data, error, isPending, isFetching, retry: () => void refetch() };
}
