export interface SignedInUser {
  id: string;
  email: string;
}

/** `undefined` while it is not known yet, `null` when nobody is signed in. */
export type CurrentUser = SignedInUser | null | undefined;
