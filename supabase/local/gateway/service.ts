// What every part of the embedded platform behind the gateway looks like: a fetch handler and a way to stop.

/** Which project key the request carried. The gateway has already refused requests without a valid one. */
export type ApiKeyKind = "publishable" | "secret";

export interface Caller {
  key: ApiKeyKind;
  /** The user's token from `Authorization: Bearer …`, or null when only the project key was sent. Not verified yet: each
   * service verifies it (tokens.verify) and answers a bad one in its own words, as on the platform. */
  bearer: string | null;
  /** Address of the client, for throttling. */
  ip: string;
}

/** `request.url` is absolute; its path still has the service's prefix (`/rest/v1`, `/auth/v1`, `/functions/v1`). */
export interface Service {
  handle(request: Request, caller: Caller): Promise<Response>;
  close(): Promise<void>;
}
