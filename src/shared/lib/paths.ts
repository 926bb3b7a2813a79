// Where every page lives, and how a link to it is made.
const RETURN_TO = "returnTo";

export const paths = {
  home: "/",
  signIn: "/sign-in",
  design: "/design",
  welcome: "/welcome",
  invitation: "/invitation",
  status: "/status",
} as const;

/** Sign-in, and back to where the person was going. */
export function signInPath(returnTo: string): string {
  return returnTo === paths.home ? paths.signIn : `${paths.signIn}?${RETURN_TO}=${encodeURIComponent(returnTo)}`;
}

/** Only a page of this app: a link from a mail must not send a person who has just signed in to somebody else's site. */
export function safeReturnTo(search: URLSearchParams): string {
  const wished = search.get(RETURN_TO) ?? paths.home;
  // Read as a browser would: it drops tabs and newlines and takes a backslash for a slash.
  const home = "https://app.invalid";
  if (!wished.startsWith("/") || !URL.canParse(wished, home)) return paths.home;
  const url = new URL(wished, home);
  if (url.origin !== home || url.pathname.startsWith("//") || url.pathname === paths.signIn) return paths.home;
  return url.pathname + url.search + url.hash;
}
