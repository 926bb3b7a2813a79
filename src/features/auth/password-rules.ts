// What a password must be. Auth decides (supabase/config.toml); told here while typing, so that nobody is refused afterwards.
const MINIMUM = 8;
// Auth keeps what bcrypt reads, and that is 72 bytes.
const MAXIMUM_BYTES = 72;

interface PasswordRule {
  label: string;
  holds(password: string): boolean;
}

export const passwordRules: PasswordRule[] = [
  { label: `At least ${MINIMUM} characters`, holds: (password) => [...password].length >= MINIMUM },
  { label: "A lower case letter", holds: (password) => /[a-z]/.test(password) },
  { label: "An upper case letter", holds: (password) => /[A-Z]/.test(password) },
  { label: "A digit", holds: (password) => /[0-9]/.test(password) },
];

/** What is wrong with a new password, in one sentence. */
export function passwordProblem(password: string): string | undefined {
  if (password === "") return "Choose a password.";
  const missing = passwordRules.filter(({ holds }) => !holds(password));
  if (missing.length > 0)
    return `This password still needs: ${missing.map(({ label }) => label[0]?.toLowerCase() + label.slice(1)).join(", ")}.`;
  if (new TextEncoder().encode(password).length > MAXIMUM_BYTES)
    return `This password is too long. Use at most ${MAXIMUM_BYTES} characters.`;
  return undefined;
}
