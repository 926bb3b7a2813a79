import type { AppError } from "@/shared/lib/errors";

const OUTSIDE_ALLOWED_DOMAINS = "PW004";

/** Why somebody was not invited. Which domains are allowed stands in the error's details. */
export function refusalReason(error: AppError): string {
  const domains = error.code === OUTSIDE_ALLOWED_DOMAINS ? domainsIn(error.details) : [];
  if (domains.length === 0) return error.message;
  return `Only addresses at ${domains.join(", ")} can be invited. Who configures the organization can change this.`;
}

function domainsIn(details: string | undefined): unknown[] {
  try {
    const domains: unknown = JSON.parse(details ?? "");
    return Array.isArray(domains) ? domains : [];
  } catch {
    return [];
  }
}
