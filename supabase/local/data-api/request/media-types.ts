// Content negotiation: what the Accept header asks for and which of it can be made.
import { unavailableMediaTypes } from "../errors.ts";
import type { MediaHandler } from "../schema/types.ts";

export type Format =
  | { kind: "json" }
  | { kind: "json-stripped" }
  | { kind: "object"; stripped: boolean }
  | { kind: "csv" }
  | { kind: "geojson" }
  | { kind: "openapi" }
  | { kind: "custom"; handler: MediaHandler; mediaType: string }
  | { kind: "plan"; of: Format; json: boolean; options: string[] };

interface Accepted {
  type: string;
  parameters: Map<string, string>;
  quality: number;
}

const PLAN_OPTIONS = ["analyze", "verbose", "settings", "buffers", "wal"];

export const JSON_TYPE = "application/json; charset=utf-8";

/** The media types of an Accept header, most wanted first. */
function parseAccept(header: string | null): Accepted[] {
  const parts = splitOutsideQuotes(header ?? "", ",").filter((part) => part.trim() !== "");
  const accepted = parts.map((part) => {
    const [type = "", ...rest] = splitOutsideQuotes(part, ";").map((piece) => piece.trim());
    const parameters = new Map<string, string>();
    for (const piece of rest) {
      const equals = piece.indexOf("=");
      if (equals > 0)
        parameters.set(piece.slice(0, equals).toLowerCase(), piece.slice(equals + 1).replace(/^"|"$/g, ""));
    }
    const quality = Number(parameters.get("q") ?? "1");
    return { type: type.toLowerCase(), parameters, quality: Number.isNaN(quality) ? 1 : quality };
  });
  if (accepted.length === 0) return [{ type: "*/*", parameters: new Map(), quality: 1 }];
  return accepted.sort((a, b) => b.quality - a.quality);
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts: string[] = [];
  let quoted = false;
  let current = "";
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      parts.push(current);
      current = "";
    } else current += character;
  }
  parts.push(current);
  return parts;
}

export interface Producible {
  plan: boolean;
  openapi: boolean;
  /** A handler of the project's own for a media type. */
  custom: (type: string) => MediaHandler | undefined;
}

export function negotiate(header: string | null, can: Producible): Format {
  const accepted = parseAccept(header);
  for (const entry of accepted) {
    const format = toFormat(entry, can);
    if (format) return format;
  }
  throw unavailableMediaTypes(accepted.map(describe));
}

function toFormat({ type, parameters }: Accepted, can: Producible): Format | null {
  const stripped = parameters.get("nulls") === "stripped";
  if (can.openapi) {
    return ["*/*", "application/*", "application/json", "application/openapi+json"].includes(type)
      ? { kind: "openapi" }
      : null;
  }
  // The API's own media types cannot be made otherwise; all others can.
  switch (type) {
    case "application/vnd.pgrst.array+json":
    case "application/vnd.pgrst.array":
      return { kind: stripped ? "json-stripped" : "json" };
    case "application/vnd.pgrst.object+json":
    case "application/vnd.pgrst.object":
      return { kind: "object", stripped };
    case "application/vnd.pgrst.plan":
    case "application/vnd.pgrst.plan+text":
    case "application/vnd.pgrst.plan+json": {
      const of = toFormat(planTarget(parameters), { ...can, plan: false });
      return can.plan && of
        ? { kind: "plan", of, json: type.endsWith("+json"), options: planOptions(parameters) }
        : null;
    }
  }
  const handler = can.custom(type);
  if (handler) return { kind: "custom", handler, mediaType: type };
  switch (type) {
    case "*/*":
    case "application/*":
    case "application/json":
      return { kind: "json" };
    case "text/csv":
      return { kind: "csv" };
    case "application/geo+json":
      return { kind: "geojson" };
    default:
      return null;
  }
}

function planTarget(parameters: Map<string, string>): Accepted {
  return parseAccept(parameters.get("for") ?? "application/json")[0] ?? { type: "*/*", parameters, quality: 1 };
}

function planOptions(parameters: Map<string, string>): string[] {
  const given = (parameters.get("options") ?? "").split("|");
  return PLAN_OPTIONS.filter((option) => given.includes(option));
}

function describe({ type, parameters }: Accepted): string {
  if (!type.startsWith("application/vnd.pgrst.plan")) return type;
  const options = planOptions(parameters);
  const format = type.endsWith("+json") ? "json" : "text";
  const target = planTarget(parameters).type;
  return `application/vnd.pgrst.plan+${format}; for="${target}"${options.length > 0 ? `; options=${options.join("|")}` : ""}`;
}

function nameOf(format: Format): string {
  switch (format.kind) {
    case "json":
      return "application/json";
    case "json-stripped":
      return "application/vnd.pgrst.array+json;nulls=stripped";
    case "object":
      return `application/vnd.pgrst.object+json${format.stripped ? ";nulls=stripped" : ""}`;
    case "csv":
      return "text/csv";
    case "geojson":
      return "application/geo+json";
    case "openapi":
      return "application/openapi+json";
    case "custom":
      return format.handler.mediaType === "*/*" ? "application/octet-stream" : format.mediaType;
    case "plan": {
      const options = format.options.length > 0 ? `; options=${format.options.join("|")}` : "";
      return `application/vnd.pgrst.plan+${format.json ? "json" : "text"}; for="${nameOf(format.of)}"${options}`;
    }
  }
}

// Of the media types that a project makes itself, only these are known to be text.
const TEXTS = ["application/json", "application/geo+json", "text/csv", "text/plain", "text/xml"];

export function contentType(format: Format): string {
  const name = nameOf(format);
  return format.kind === "custom" && !TEXTS.includes(name) ? name : `${name}; charset=utf-8`;
}
