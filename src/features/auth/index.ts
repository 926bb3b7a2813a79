export { RequireSession } from "./components/require-session";
export { endSession, useSession } from "./hooks/use-session";
export { useSignOut } from "./hooks/use-sign-out";
