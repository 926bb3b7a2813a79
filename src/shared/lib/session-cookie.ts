// Where the session is kept. The cookie's name carries the API's host and port: cookies ignore ports, and two checkouts on
// one machine must not share a session.
export function sessionCookieName(supabaseUrl: string): string {
  return `sb-${new URL(supabaseUrl).host.replaceAll(/[^a-z0-9]+/gi, "-")}-auth`;
}

/** Known before any code of the client is there; whether the session still holds is another matter. */
export function hasSessionCookie(supabaseUrl: string, cookies = document.cookie): boolean {
  const name = sessionCookieName(supabaseUrl);
  // A long session is cut into pieces: name.0, name.1 and so on.
  return cookies.split("; ").some((cookie) => cookie.startsWith(`${name}=`) || cookie.startsWith(`${name}.0=`));
}
