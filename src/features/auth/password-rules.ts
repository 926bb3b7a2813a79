// What is wrong with a new password, said before Auth is asked. Auth decides (supabase/config.toml).
import { passwordRules } from "@/shared/ui/password-field";

// Auth keeps what bcrypt reads, and that is 72 bytes.
const MAXIMUM_BYTES = 72;

export function passwordProblem(password: string): string | undefined {
  if (password === "") return "Choose a password.";
  const missing = passwordRules.filter(({ holds }) => !holds(password));
  if (missing.length > 0)
    return `This password still needs: ${missing.map(({ label }) => label[0]?.toLowerCase() + label.slice(1)).join(", ")}.`;
  if (new TextEncoder().encode(password).length > MAXIMUM_BYTES)
    return `This password is too long. Use at most ${MAXIMUM_BYTES} characters.`;
  return undefined;
}
