import { queryOptions } from "@tanstack/react-query";
import { getStackStatus } from "./services/status-service";

const REFRESH_MS = 30_000;

const statusKeys = { all: ["stack-status"] as const };

export const stackStatusQuery = () =>
  queryOptions({
    queryKey: statusKeys.all,
    queryFn: ({ signal }) => getStackStatus(signal),
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: "always",
    // A lost connection is an answer here, not a reason to wait.
    networkMode: "always",
  });
