import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useSession } from "@/features/auth";
import { organizationKeys, useOrganizations } from "@/features/organizations";
import { myProfileQuery } from "@/features/profile";
import { useConnection } from "@/shared/lib/connection";
import type { LivePlan } from "@/shared/lib/live/follow";
import { readChange } from "@/shared/lib/live/messages";
import { useLive } from "@/shared/lib/live/use-live";
import { usePersonLive } from "@/shared/lib/live/use-person-live";
import { useReconnecting } from "@/shared/lib/live/use-reconnecting";
import { VISIBLE_MS } from "@/shared/lib/live/visible";
import { Spinner } from "@/shared/ui/spinner";
import { connection } from "../connection";

const notices = ["notices"] as const;
const nowhere: readonly string[] = [];

/** What every page follows: one's own rights and profile, and the organization. Says so when nothing has been heard for a while. */
export function LiveSession() {
  const queryClient = useQueryClient();
  const { user } = useSession();
  const { organization } = useOrganizations();
  const readRightsAgain = useCallback(
    () => void queryClient.invalidateQueries({ queryKey: organizationKeys.mine }),
    [queryClient],
  );
  const plan = useMemo<LivePlan>(
    () => ({
      within: [organizationKeys.mine],
      rules: [{ tables: ["organizations"], stale: () => [{ queryKey: organizationKeys.mine }] }],
    }),
    [],
  );
  useLive(organization?.id ?? "", organization?.isActive ? notices : nowhere, plan, { onRights: readRightsAgain });
  usePersonLive(
    user?.id ?? "",
    useCallback(
      (event, payload) => {
        if (event === "membership") setTimeout(readRightsAgain, VISIBLE_MS);
        if (readChange(payload)?.table === "profiles")
          void queryClient.invalidateQueries({ queryKey: myProfileQuery().queryKey });
      },
      [queryClient, readRightsAgain],
    ),
  );
  const isReconnecting = useReconnecting();
  const isOnline = useConnection(connection) === "online";
  return (
    // Always there, or a screen reader would not read out what appears in it.
    <span role="status">
      {/* Without the server at all the banner below says more. */}
      {isReconnecting && isOnline && (
        <span className="flex h-control items-center gap-2 rounded-control px-2 text-small text-ink-2">
          <Spinner />
          <span className="max-sm:sr-only">Reconnecting</span>
        </span>
      )}
    </span>
  );
}
