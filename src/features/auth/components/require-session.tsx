import type { ReactNode } from "react";
import { signInPath } from "@/shared/lib/paths";
import { Navigate, useLocation } from "@/shared/lib/router";
import { useCurrentUser } from "../hooks/use-current-user";

/** A courtesy of the screen: what a person may really see, the database decides. */
export function RequireSession({ children }: { children: ReactNode }) {
  const user = useCurrentUser();
  const { pathname, search, hash } = useLocation();
  if (user === undefined) return null;
  if (user === null) return <Navigate to={signInPath(pathname + search + hash)} replace />;
  return children;
}
