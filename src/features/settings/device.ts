// What a browser says of itself, as a person would: "Firefox on Windows".
const browsers: [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\bOPR\/|\bOpera/, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/Chrom(?:e|ium)\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const systems: [RegExp, string][] = [
  [/\biPad\b/, "iPad"],
  [/\biPhone\b/, "iPhone"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "Mac"],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

const MOBILE = /\bMobile\b|\biPhone\b|\biPad\b|\bAndroid\b/;

interface Device {
  name: string;
  isMobile: boolean;
}

export function deviceOf(userAgent: string | null): Device {
  const text = userAgent ?? "";
  const first = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(text))?.[1];
  const [browser, system] = [first(browsers), first(systems)];
  const name = browser && system ? `${browser} on ${system}` : (browser ?? system ?? "Unknown device");
  return { name, isMobile: MOBILE.test(text) };
}
