import { useQuery } from "@tanstack/react-query";
import { useSession } from "@/features/auth";
import { myProfileQuery } from "@/features/profile";
import type { Person } from "../types";

/** The person who looks, as colleagues see them. */
export function useMe(): Person {
  const { user } = useSession();
  const { data: profile } = useQuery(myProfileQuery());
  return { id: user?.id ?? "", name: profile?.displayName ?? "Me", colour: profile?.avatarColor ?? "slate" };
}
