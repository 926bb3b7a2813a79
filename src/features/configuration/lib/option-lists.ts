// What can be chosen from in the fields that no definition lists: currencies, time zones, languages.
import type { Option } from "@/shared/ui/option";

// The currencies that the database knows. A browser's own list also holds those that no longer exist.
const currencyCodes =
  "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYI UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG".split(
    " ",
  );

const localeCodes =
  "en-GB en-US en-AU en-CA en-IE en-IN en-ZA de-DE de-AT de-CH fr-FR fr-CA fr-CH it-IT es-ES es-MX es-AR pt-PT pt-BR nl-NL nl-BE da-DK sv-SE nb-NO fi-FI pl-PL cs-CZ sk-SK hu-HU ro-RO bg-BG el-GR tr-TR uk-UA he-IL ar-AE ar-SA hi-IN th-TH vi-VN id-ID ms-MY ja-JP ko-KR zh-CN zh-TW".split(
    " ",
  );

export function currencyOptions(): Option[] {
  const names = new Intl.DisplayNames("en", { type: "currency" });
  return currencyCodes.map((code) => ({ value: code, label: code, description: names.of(code) ?? "" }));
}

export function localeOptions(): Option[] {
  const names = new Intl.DisplayNames("en", { type: "language" });
  return localeCodes.map((code) => ({ value: code, label: names.of(code) ?? code, description: code }));
}

export function timeZoneOptions(): Option[] {
  return ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/"))].map((zone) => ({
    value: zone,
    label: zone.replaceAll("_", " "),
  }));
}

/** What is stored stays choosable, also when no list holds it. */
export function withCurrent(options: Option[], value: string): Option[] {
  return value === "" || options.some((option) => option.value === value)
    ? options
    : [{ value, label: value }, ...options];
}
