export { AccountMenu } from "./components/account-menu";
export { RequireSession } from "./components/require-session";
