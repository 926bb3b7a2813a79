export type MemberStatus = "active" | "deactivated";

export interface Member {
  /** Of the person. */
  id: string;
  name: string;
  email: string | null;
  colour: string;
  status: MemberStatus;
  joinedAt: string;
  /** Of the membership: a change sends the one it saw. */
  version: number;
  roleId: string;
  roleName: string;
}

export type MemberSort = "name" | "email" | "role" | "status" | "joined";

export interface MemberFilter {
  text: string;
  /** A role's id. */
  role: string | null;
  status: MemberStatus | null;
  sort: MemberSort;
  descending: boolean;
  place: PagePlace;
}

/** Pages are turned from member to member: a number alone would have to be counted from the beginning. */
export interface PagePlace {
  /** For people to read; from 1. */
  number: number;
  /** The page follows this person, or stands before them when turned backwards. The first page follows nobody. */
  beside: string | null;
  backwards: boolean;
}

export interface MemberPage {
  members: Member[];
  place: PagePlace;
  hasPrevious: boolean;
  hasNext: boolean;
}

export interface OpenInvitation {
  id: string;
  email: string;
  roleName: string;
  invitedByName: string;
  expiresAt: string;
}

export interface SentInvitation {
  invitationId: string;
  link: string;
  expiresAt: string;
  /** False when the mail could not be sent: the link is then to be handed over. */
  mailed: boolean;
}
