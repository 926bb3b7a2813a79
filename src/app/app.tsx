import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { endSession, useSession } from "@/features/auth";
import { createQueryClient } from "@/shared/lib/query-client";
import { RouterProvider } from "@/shared/lib/router";
import { createRouter } from "./routes";

export function App() {
  const [router] = useState(createRouter);
  const { user } = useSession();
  return (
    // Each person has a cache of their own: nothing of the last one's is left for the next, however the session ended.
    <PersonalCache key={user?.id ?? "nobody"}>
      <RouterProvider router={router} />
    </PersonalCache>
  );
}

function PersonalCache({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => createQueryClient(() => void endSession()));
  return <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>;
}
