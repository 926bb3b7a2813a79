import { queryOptions } from "@tanstack/react-query";
import { getMyProfile } from "./services/profile-service";

const profileKeys = { mine: ["profile"] as const };

export const myProfileQuery = () =>
  queryOptions({
    queryKey: profileKeys.mine,
    queryFn: ({ signal }) => getMyProfile(signal),
    staleTime: 60_000,
  });
