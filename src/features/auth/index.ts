export { RequireSession } from "./components/require-session";
export { emailProblem, fieldOf } from "./field-problems";
export { useFields } from "./hooks/use-fields";
export { endSession, leaveSession, useSession } from "./hooks/use-session";
export { useSignOut } from "./hooks/use-sign-out";
export { mailLinkTarget } from "./mail-link";
export { passwordProblem } from "./password-rules";
