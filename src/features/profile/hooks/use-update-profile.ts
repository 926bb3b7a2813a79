import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useSession } from "@/features/auth";
import { AppError } from "@/shared/lib/errors";
import { myProfileQuery } from "../queries";
import { getMyProfile, updateMyProfile } from "../services/profile-service";
import type { Profile, ProfileChanges } from "../types";

interface Save {
  changes: ProfileChanges;
  /** The profile as the person saw it when they began. */
  seen: Profile;
}

/** Writes over nothing that was changed elsewhere meanwhile: other fields merge, the same field is refused. */
export function useUpdateProfile() {
  const { user } = useSession();
  const queryClient = useQueryClient();
  const { mutate, mutateAsync, isPending, error } = useMutation<Profile, Error, Save>({
    mutationFn: ({ changes, seen }) => saveProfile(user?.id ?? "", changes, seen),
    networkMode: "always",
    onSuccess: (profile) => queryClient.setQueryData(myProfileQuery().queryKey, profile),
    onError: () => queryClient.invalidateQueries(myProfileQuery()),
  });
  return { save: mutate, saveAsync: mutateAsync, isPending, error };
}

export async function saveProfile(userId: string, changes: ProfileChanges, seen: Profile): Promise<Profile> {
  try {
    return await updateMyProfile(userId, changes, seen.version);
  } catch (error) {
    if (!(error instanceof AppError && error.code === "PW006")) throw error;
    const newest = await getMyProfile();
    const fields = Object.keys(changes) as (keyof ProfileChanges)[];
    const touched = fields.some((field) => JSON.stringify(newest[field]) !== JSON.stringify(seen[field]));
    if (touched) throw error;
    return updateMyProfile(userId, changes, newest.version);
  }
}
