import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "../queries";

export function useSettings(organizationId: string) {
  const { data, error, isPending, isFetching, refetch } = useQuery(settingsQuery(organizationId));
  return { settings: data, error, isPending, isFetching, retry: () => void refetch() };
}
