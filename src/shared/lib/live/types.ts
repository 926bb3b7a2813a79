// What live channels say, and what they need to be joined. Messages name rows and columns and never carry a value: rights differ
// from listener to listener, so whoever shows a row reads it again.

export interface LiveChange {
  table: string;
  op: "insert" | "update" | "delete";
  /** Null where it were too many to name: whatever shows the table is read again. */
  ids: string[] | null;
  /** In the order of the ids; empty where the table has none, and of rows that are gone. */
  versions: number[];
  /** Which columns differ; of updates only. */
  columns: string[];
  partnerIds: string[];
}

/** More than can be told one by one: everything that is shown is read again. */
export type LiveChanges = LiveChange[] | "everything";

/** Somebody who looks at the same screens. Their names are read from the memberships, under the rights of who reads. */
export interface Present {
  userId: string;
  /** The record they have open. */
  record: string | null;
  /** The field of it that they are editing. */
  cell: string | null;
  /** Since when. */
  at: string;
}

export interface Gap {
  /** Where to go on from next time. */
  cursor: string;
  epoch: number;
  changes: LiveChanges;
}

/** joined; refused: may not listen; lost: tries again by itself; closed: ended by the server, and not tried again by itself. */
export type ChannelState = "joined" | "refused" | "lost" | "closed";

export interface ChannelListener {
  onState(state: ChannelState): void;
  onMessage(event: string, payload: unknown): void;
  onPresence(present: Present[]): void;
}

export interface LiveChannel {
  leave(): void;
  /** Shows colleagues that one is here; kept through reconnections. */
  show(me: Present): void;
}

/** The way to the server: a stub in tests. */
export interface LiveSource {
  join(topic: string, withPresence: boolean, listener: ChannelListener): LiveChannel;
  changesSince(organizationId: string, cursor: string | null): Promise<Gap>;
  /** Finds out whether the connection still holds, and makes a dead one anew. */
  probe(): void;
}
