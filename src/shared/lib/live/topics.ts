// Names of live topics: org:<organization>:<subject>[:<area>]#<epoch>, and user:<id> for what concerns one person alone.

/** A subject with its area, such as "partners", "partners:referrals" or "partner:<id>:tasks". */
export type LiveSubject = string;

export const topicOf = (organizationId: string, subject: LiveSubject, epoch: number): string =>
  `org:${organizationId}:${subject}#${epoch}`;

export const personTopic = (userId: string): string => `user:${userId}`;

/** Who is here is shown on the directory's topic alone, with the record that somebody has open. */
export const PRESENCE_SUBJECT: LiveSubject = "partners";

export function partnerOfSubject(subject: LiveSubject): string | null {
  const [kind, id] = subject.split(":");
  return kind === "partner" && id ? id : null;
}
