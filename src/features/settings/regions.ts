// The languages of dates and numbers, and the time zones, that a person can choose from.
import type { Option } from "@/shared/ui/option";

const locales = [
  "ar-AE",
  "ar-EG",
  "bg-BG",
  "cs-CZ",
  "da-DK",
  "de-AT",
  "de-CH",
  "de-DE",
  "el-GR",
  "en-AU",
  "en-CA",
  "en-GB",
  "en-IE",
  "en-IN",
  "en-NZ",
  "en-SG",
  "en-US",
  "en-ZA",
  "es-AR",
  "es-ES",
  "es-MX",
  "et-EE",
  "fi-FI",
  "fr-BE",
  "fr-CA",
  "fr-CH",
  "fr-FR",
  "he-IL",
  "hi-IN",
  "hr-HR",
  "hu-HU",
  "id-ID",
  "it-CH",
  "it-IT",
  "ja-JP",
  "ko-KR",
  "lt-LT",
  "lv-LV",
  "ms-MY",
  "nb-NO",
  "nl-BE",
  "nl-NL",
  "pl-PL",
  "pt-BR",
  "pt-PT",
  "ro-RO",
  "sk-SK",
  "sl-SI",
  "sr-RS",
  "sv-SE",
  "th-TH",
  "tr-TR",
  "uk-UA",
  "vi-VN",
  "zh-CN",
  "zh-TW",
];

/** The stored one is among them, also when it was set elsewhere. */
export function localeOptions(stored: string | null): Option[] {
  const names = new Intl.DisplayNames("en", { type: "language", languageDisplay: "standard" });
  return [...new Set([...locales, ...(stored ? [stored] : [])])]
    .map((value) => ({ value, label: names.of(value) ?? value, description: value }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

export function timeZoneOptions(stored: string | null, now: Date): Option[] {
  const known = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  return [...new Set([...known, ...(stored ? [stored] : [])])].map((value) => ({
    value,
    label: value.replaceAll("_", " "),
    description: offsetOf(value, now),
  }));
}

/** "UTC+01:00, Central European Standard Time": found by either. */
function offsetOf(timeZone: string, now: Date): string {
  const named = (timeZoneName: "longOffset" | "long") => {
    try {
      const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName }).formatToParts(now);
      return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
    } catch {
      return "";
    }
  };
  const offset = named("longOffset").replace("GMT", "UTC");
  return [offset === "UTC" ? "UTC+00:00" : offset, named("long")].filter(Boolean).join(", ");
}
