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
  /** The person came with a link or code of a mail because they forgot their password, and has not set a new one yet. */
  recovering: boolean;
}

/** What the link or code of a mail is for. */
export type LinkKind = "signup" | "recovery" | "email_change";

/** What a link says that leads here from a mail. */
export type Link =
  | { state: "code"; kind: LinkKind; code: string }
  | { state: "token"; kind: LinkKind; tokenHash: string; type: string }
  /** One of the two mailboxes of a changed address has agreed. */
  | { state: "half-way"; kind: LinkKind }
  | { state: "refused"; kind: LinkKind; code: string }
  | { state: "none"; kind: LinkKind };

/** How following it ended. */
export type LinkOutcome =
  | { state: "signed-in"; kind: LinkKind }
  /** It did what it is for, but not in the browser where it was asked for: signing in there is left to the person. */
  | { state: "sign-in"; kind: LinkKind }
  | { state: "half-way"; kind: LinkKind }
  | { state: "changed"; kind: LinkKind }
  | { state: "failed"; kind: LinkKind; message: string };

export interface NewAccount {
  name: string;
  email: string;
  password: string;
}
