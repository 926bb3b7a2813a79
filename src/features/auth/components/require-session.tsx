import type { ReactNode } from "react";
import { paths, signInPath } from "@/shared/lib/paths";
import { Navigate, useLocation } from "@/shared/lib/router";
import { useSession } from "../hooks/use-session";

interface RequireSessionProps {
  /** Shown while it is not known yet whether somebody is signed in. */
  pending: ReactNode;
  children: ReactNode;
}

/** A courtesy of the screen: what a person may really see, the database decides. */
export function RequireSession({ pending, children }: RequireSessionProps) {
  const { user, over } = useSession();
  const { pathname, search, hash } = useLocation();
  if (user === undefined) return pending;
  if (user === null) {
    // Who left is not expected back on the same page: the next person at this device may be somebody else.
    return <Navigate to={over === "left" ? paths.signIn : signInPath(pathname + search + hash)} replace />;
  }
  return children;
}
