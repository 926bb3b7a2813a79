// What the forms of the settings hold, and how they read what is stored.
import { z } from "@/shared/lib/zod";
import { colourNames } from "@/shared/ui/colour-names";

export const profileSchema = z.object({
  displayName: z
    .string()
    .trim()
    .min(1, "Enter your name, as your colleagues know you.")
    .max(120, "This name is too long. Use at most 120 characters.")
    .regex(/^\P{Cc}*$/u, "A name cannot hold line breaks or control characters."),
  avatarColor: z.enum(colourNames),
  locale: z.string().nullable(),
  timeZone: z.string().nullable(),
});

export type ProfileValues = z.infer<typeof profileSchema>;

const frequencies = ["immediate", "daily", "weekly"] as const;

/** The kinds of events that somebody is told of. */
export const eventKinds = ["tasks", "partners", "referrals", "approvals", "commissions", "members"] as const;

export type EventKind = (typeof eventKinds)[number];

const channels = z.looseObject({ email: z.boolean().catch(true), in_app: z.boolean().catch(true) });
const everything = { email: true, in_app: true };

// Loose: what a newer version of the app stored is kept as it is. What cannot be read counts as not chosen yet.
const preferencesSchema = z.looseObject({
  email: z.boolean().catch(true),
  in_app: z.boolean().catch(true),
  frequency: z.enum(frequencies).catch("immediate"),
  events: z
    .looseObject({
      tasks: channels.catch(everything),
      partners: channels.catch(everything),
      referrals: channels.catch(everything),
      approvals: channels.catch(everything),
      commissions: channels.catch(everything),
      members: channels.catch(everything),
    })
    .catch(
      () => Object.fromEntries(eventKinds.map((kind) => [kind, everything])) as Record<EventKind, typeof everything>,
    ),
});

interface Channels {
  email: boolean;
  in_app: boolean;
}

export interface NotificationPreferences extends Channels {
  frequency: (typeof frequencies)[number];
  events: Record<EventKind, Channels>;
}

export const readPreferences = (stored: unknown): NotificationPreferences =>
  preferencesSchema.parse(typeof stored === "object" && stored !== null && !Array.isArray(stored) ? stored : {});
