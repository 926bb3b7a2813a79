// What the fields of these forms must hold before the server is asked, and which field the server means when it refuses.
import { AppError } from "@/shared/lib/errors";

export function emailProblem(email: string): string | undefined {
  if (email.trim() === "") return "Enter your e-mail address.";
  if (!/^\S+@\S+$/.test(email.trim())) return "This is not an e-mail address. It looks like name@company.com.";
  return undefined;
}

export function nameProblem(name: string): string | undefined {
  if (name.trim() === "") return "Enter your name, as your colleagues know you.";
  if (name.trim().length > 120) return "This name is too long. Use at most 120 characters.";
  return undefined;
}

const fieldOfCode: Record<string, string> = {
  weak_password: "password",
  same_password: "password",
  email_address_invalid: "email",
  email_address_not_authorized: "email",
  email_exists: "email",
  user_already_exists: "email",
  current_password_mismatch: "current",
  current_password_invalid: "current",
  current_password_required: "current",
};

/** The field beside which a refusal belongs; undefined when it is about no single one. */
export function fieldOf(error: Error | null): string | undefined {
  return error instanceof AppError ? fieldOfCode[error.code ?? ""] : undefined;
}
