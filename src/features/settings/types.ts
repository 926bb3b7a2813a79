export interface Account {
  email: string;
  /** The address that this one is being changed to, until both mailboxes have confirmed it. */
  newEmail: string | null;
}

export interface SignedInSession {
  id: string;
  createdAt: string;
  lastUsedAt: string;
  userAgent: string | null;
  ip: string | null;
  isCurrent: boolean;
}
