import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { myProfileQuery, type Profile } from "@/features/profile";
import { Card } from "@/shared/ui/card";
import { ErrorState } from "@/shared/ui/error-state";
import { Skeleton } from "@/shared/ui/skeleton";

/** A form begins with the profile as it is now, and not as it was when somebody last looked. */
export function ProfileGate({ children }: { children: (profile: Profile) => ReactNode }) {
  const { data, error, isFetchedAfterMount, isFetching, refetch } = useQuery({
    ...myProfileQuery(),
    refetchOnMount: "always",
  });
  if (data && isFetchedAfterMount) return children(data);
  if (error && !isFetching)
    return (
      <Card>
        <ErrorState title="Your settings could not be read" message={error.message} retry={() => void refetch()} />
      </Card>
    );
  return (
    <div role="status" className="space-y-4">
      <span className="sr-only">Reading your settings</span>
      <Skeleton className="h-80 rounded-card" />
      <Skeleton className="h-48 rounded-card" />
    </div>
  );
}
