import { useState } from "react";
import { type Profile, type ProfileChanges, useUpdateProfile } from "@/features/profile";
import { AppError } from "@/shared/lib/errors";
import { showToast } from "@/shared/ui/toast";

interface ProfileFormOptions {
  profile: Profile;
  /** Takes over what is stored now as the form's values. */
  onSaved: (profile: Profile) => void;
}

/** Saves against the profile as it was when the form began; after a conflict, against the one that the person was told of. */
export function useProfileForm({ profile, onSaved }: ProfileFormOptions) {
  const [seen, setSeen] = useState(profile);
  const { save, isPending, error } = useUpdateProfile();
  const conflict = error instanceof AppError && error.code === "PW006";

  function submit(changes: ProfileChanges): void {
    // The newest is read again after a conflict: by then the person has been told that there is one.
    save(
      { changes, seen: conflict ? profile : seen },
      {
        onSuccess: (saved) => {
          setSeen(saved);
          onSaved(saved);
          showToast({ title: "Saved", tone: "good", id: "settings-saved" });
        },
      },
    );
  }

  function reset(): void {
    setSeen(profile);
    onSaved(profile);
  }

  return { submit, reset, isPending, error, conflict };
}
