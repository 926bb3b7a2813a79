// From where on an organization is followed. It comes with the list of one's organizations, before anything in them is read: so
// whoever begins to follow asks what changed since, and reads nothing twice that nobody changed.
export interface LiveStart {
  cursor: string;
  epoch: number;
}

const starts = new Map<string, LiveStart>();

/** The first cursor stays: what is shown may have been read right after it. The epoch is the newest. */
export function noteStart(organizationId: string, { cursor, epoch }: LiveStart): void {
  starts.set(organizationId, { cursor: starts.get(organizationId)?.cursor ?? cursor, epoch });
}

export const startOf = (organizationId: string): LiveStart | null => starts.get(organizationId) ?? null;
