import { queryOptions } from "@tanstack/react-query";
import { getAccount, listSessions } from "./services/security-service";

const securityKeys = {
  account: ["account"] as const,
  sessions: ["sessions"] as const,
};

export const accountQuery = () =>
  queryOptions({ queryKey: securityKeys.account, queryFn: getAccount, refetchOnWindowFocus: "always" });

export const sessionsQuery = () =>
  queryOptions({
    queryKey: securityKeys.sessions,
    queryFn: ({ signal }) => listSessions(signal),
    refetchOnWindowFocus: "always",
  });
