import { QueryClientProvider } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { endSession, useSession } from "@/features/auth";
import { lateCode } from "@/shared/lib/late-code";
import { createQueryClient } from "@/shared/lib/query-client";
import { RouterProvider } from "@/shared/lib/router";
import { connection } from "./connection";
import { createRouter } from "./routes";

// Nothing is told before the first page stands: it waits until that has what it needs, and what is told meanwhile waits with it.
const toaster = lateCode(() => import("@/shared/ui/toaster"));
const Toaster = lazy(async () => ({ default: (await toaster()).Toaster }));

export function App() {
  const [router] = useState(createRouter);
  const { user } = useSession();
  return (
    // Each person has a cache of their own: nothing of the last one's is left for the next, however the session ended.
    <PersonalCache key={user?.id ?? "nobody"}>
      <RouterProvider router={router} />
      <Suspense>
        <Toaster />
      </Suspense>
    </PersonalCache>
  );
}

function PersonalCache({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() =>
    createQueryClient(() => void endSession(), {
      onRefused: (client) =>
        void import("./rights").then(
          ({ readRightsAgain }) => readRightsAgain(client),
          () => {},
        ),
      onUnreachable: connection.lost,
    }),
  );
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}
