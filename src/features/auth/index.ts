export { AccountMenu } from "./components/account-menu";
export { RequireSession } from "./components/require-session";
export { endSession, useSession } from "./hooks/use-session";
