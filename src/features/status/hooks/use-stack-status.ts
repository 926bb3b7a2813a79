import { useQuery } from "@tanstack/react-query";
import { stackStatusQuery } from "../queries";

export function useStackStatus() {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery(stackStatusQuery());
  // By this device's clock: the server's may be another.
  return { data, error, checkedAt: dataUpdatedAt, isFetching, refresh: () => void refetch() };
}
