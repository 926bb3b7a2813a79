import { useQuery } from "@tanstack/react-query";
import { stackStatusQuery } from "../queries";

export function useStackStatus() {
  const { data, error, isFetching, refetch } = useQuery(stackStatusQuery());
  return { data, error, isFetching, refresh: () => void refetch() };
}
