import type { LucideIcon } from "@/shared/ui/icons";

export interface Command {
  /** Also how it is remembered as used lately. */
  id: string;
  group: string;
  label: string;
  Icon: LucideIcon;
  /** What else people type when they mean it. */
  keywords?: string[];
  run(): void;
}

/** Commands that fit what was typed, the nearest first. Every typed word must begin a word of the command. */
export function matching(commands: Command[], text: string): Command[] {
  const typed = words(text);
  return commands
    .map((command) => ({ command, distance: distanceOf(command, typed) }))
    .filter(({ distance }) => distance !== null)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0))
    .map(({ command }) => command);
}

function distanceOf({ label, group, keywords = [] }: Command, typed: string[]): number | null {
  const named = words(label);
  const related = words([group, ...keywords].join(" "));
  let distance = 0;
  for (const word of typed) {
    const place = named.findIndex((each) => each.startsWith(word));
    if (place >= 0) distance += place;
    else if (related.some((each) => each.startsWith(word))) distance += 10;
    else return null;
  }
  return distance;
}

function words(text: string): string[] {
  return text
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
