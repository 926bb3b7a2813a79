import type { Organization } from "./types";

interface Wishes {
  /** The address the app was opened at: an organization's slug works as its first label. */
  hostname: string;
  /** Chosen in this tab. */
  tab: string | null;
  /** Chosen last, on whatever device. */
  profile: string | null;
}

type Candidate = Pick<Organization, "id" | "slug" | "isActive">;

/** Which of a person's organizations they work in now: the nearest wish that is still one of theirs. */
export function chooseOrganization<T extends Candidate>(organizations: T[], wishes: Wishes): T | null {
  const slug = slugOfHost(wishes.hostname);
  return (
    organizations.find((each) => each.slug === slug) ??
    organizations.find((each) => each.id === wishes.tab) ??
    organizations.find((each) => each.id === wishes.profile) ??
    organizations.find((each) => each.isActive) ??
    organizations[0] ??
    null
  );
}

/** The host on which another organization is the first label, or null where hosts do not choose. */
export function hostFor(target: Candidate, organizations: Candidate[], host: string): string | null {
  const [first, ...rest] = host.split(".");
  const chosenByHost = organizations.some((each) => each.slug === slugOfHost(host));
  return chosenByHost && first !== target.slug ? [target.slug, ...rest].join(".") : null;
}

function slugOfHost(host: string): string | null {
  const [first = "", ...rest] = host.replace(/:\d+$/, "").split(".");
  const isAddress = rest.length > 0 && rest.every((part) => /^\d+$/.test(part));
  return rest.length === 0 || isAddress ? null : first.toLowerCase();
}
