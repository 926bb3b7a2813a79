// Where every page lives, and how a link to it is made.
const RETURN_TO = "returnTo";

export const paths = {
  home: "/",
  signIn: "/sign-in",
  design: "/design",
  welcome: "/welcome",
  invitation: "/invitation",
  status: "/status",
  partners: "/admin/partners",
  members: "/admin/members",
  roles: "/admin/roles",
  platform: "/platform",
  signUp: "/sign-up",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  /** Where the links of mails lead. */
  confirm: "/auth/confirm",
  configuration: "/configuration",
  audit: "/admin/audit",
  settings: "/settings",
  settingsNotifications: "/settings/notifications",
  settingsSecurity: "/settings/security",
} as const;

export const partnerPath = (partnerId: string): string => `${paths.partners}/${partnerId}`;

export const configurationPath = (category: string): string => `${paths.configuration}/${category}`;

/** Pages on the way in. Whoever is in has no reason to come back to one. */
const onTheWayIn = new Set<string>([
  paths.signIn,
  paths.signUp,
  paths.forgotPassword,
  paths.resetPassword,
  paths.confirm,
]);

/** A page on the way in, and from there to where the person was going. */
export function withReturnTo(path: string, returnTo: string): string {
  return returnTo === paths.home ? path : `${path}?${RETURN_TO}=${encodeURIComponent(returnTo)}`;
}

export const signInPath = (returnTo: string): string => withReturnTo(paths.signIn, returnTo);

/** Only a page of this app: a link from a mail must not send a person who has just signed in to somebody else's site. */
export function safeReturnTo(search: URLSearchParams): string {
  const wished = search.get(RETURN_TO) ?? paths.home;
  // Read as a browser would: it drops tabs and newlines and takes a backslash for a slash.
  const home = "https://app.invalid";
  if (!wished.startsWith("/") || !URL.canParse(wished, home)) return paths.home;
  const url = new URL(wished, home);
  if (url.origin !== home || url.pathname.startsWith("//") || onTheWayIn.has(url.pathname)) return paths.home;
  return url.pathname + url.search + url.hash;
}
