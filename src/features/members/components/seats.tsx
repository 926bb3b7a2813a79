import { useQuery } from "@tanstack/react-query";
import type { Organization } from "@/features/organizations";
import { ProgressBar } from "@/shared/ui/progress-bar";
import { Skeleton } from "@/shared/ui/skeleton";
import { seatsQuery } from "../queries";

interface SeatsProps {
  organization: Organization;
  seesInvitations: boolean;
}

export function Seats({ organization, seesInvitations }: SeatsProps) {
  const { data, error } = useQuery(seatsQuery(organization.id, seesInvitations));
  // How many seats are taken is no reason to disturb the list.
  if (error) return null;
  const taken = data && data.active + (data.invited ?? 0);
  const limit = organization.seatLimit;
  return (
    <div className="w-60 max-sm:w-[calc(100vw-2rem)]">
      {taken === undefined ? (
        <Skeleton className="h-8 w-full" />
      ) : (
        <ProgressBar
          label={data?.invited ? `Seats, ${data.invited} by invitation` : "Seats"}
          value={Math.min(1, taken / Math.max(1, limit))}
          note={`${taken} of ${limit}`}
          tone={taken >= limit ? "bad" : "accent"}
        />
      )}
    </div>
  );
}
