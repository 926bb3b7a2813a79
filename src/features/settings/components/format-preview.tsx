import { useState } from "react";
import { createFormat, type FormatPreferences } from "@/shared/lib/format/format";

/** What is being chosen, before it is saved. */
export function FormatPreview(preferences: FormatPreferences) {
  const [now] = useState(() => new Date());
  const format = createFormat(preferences);
  const samples = [
    { name: "Now", text: format.dateTime(now) },
    { name: "A day", text: format.date("2026-03-09") },
    { name: "A number", text: format.number("1234567.89") },
    { name: "An amount", text: format.money("1234.5", "EUR") },
  ];
  return (
    <dl
      aria-label="How it will look"
      className="mt-4 grid grid-cols-4 gap-x-4 gap-y-3 rounded-control bg-sunken px-3 py-2.5 max-md:grid-cols-2"
    >
      {samples.map(({ name, text }) => (
        <div key={name} className="min-w-0">
          <dt className="text-small text-ink-2">{name}</dt>
          <dd className="wrap-anywhere">
            <bdi>{text}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
