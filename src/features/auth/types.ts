interface SignedInUser {
  id: string;
  email: string;
}

/** `undefined` while it is not known yet, `null` when nobody is signed in. */
export type CurrentUser = SignedInUser | null | undefined;

export interface Session {
  user: CurrentUser;
  /** How the session that was here ended: the person left it, or it was taken away. Null when there was none. */
  over: "left" | "ended" | null;
}
