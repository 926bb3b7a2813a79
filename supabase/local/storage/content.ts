// What a file says it is, what it looks like, and how it may be sent: a stored file is never run as a page of this origin.
import { contentDoesNotFit, invalidMimeType } from "./errors.ts";

const OLD_OFFICE = ["d0cf11e0a1b11ae1"];
const ZIP = ["504b0304", "504b0506"];

/** How files of a type begin, in hexadecimal; `..` is any byte. */
const beginnings: Record<string, string[]> = {
  "application/pdf": ["255044462d"],
  "image/png": ["89504e470d0a1a0a"],
  "image/jpeg": ["ffd8ff"],
  "image/gif": ["474946383761", "474946383961"],
  "image/webp": ["52494646........57454250"],
  "application/zip": ZIP,
  "application/msword": OLD_OFFICE,
  "application/vnd.ms-excel": OLD_OFFICE,
  "application/vnd.ms-powerpoint": OLD_OFFICE,
  "video/mp4": ["........66747970"],
};

/** Types that a browser only shows, and never runs. All others are sent to be saved. */
const shown = /^(image\/(png|jpeg|gif|webp|avif)|text\/plain|(audio|video)\/[a-z0-9.+-]+)$/;
const markup =
  /^(?:\ufeff|\s|<!--[\s\S]*?-->)*<(?:!doctype|\?xml|html|head|body|script|svg|iframe|img|style|link|meta|[a-z]+:|[a-z]+[\s/>])/i;

const bareType = (type: string): string => type.split(";", 1)[0]?.trim().toLowerCase() ?? "";

/** As it is declared, or refused: it becomes a header when the file is sent. */
export function checkedType(declared: string | null, allowed: string[] | null): string {
  const type = declared?.trim() || "application/octet-stream";
  const bare = bareType(type);
  if (!/^[a-z0-9!#$&^_.+-]{1,100}\/[a-z0-9!#$&^_.+-]{1,100}$/.test(bare) || !/^[\x20-\x7e]{1,200}$/.test(type))
    throw invalidMimeType(type);
  if (allowed && !allowed.some((pattern) => matches(bare, pattern.toLowerCase()))) throw invalidMimeType(type);
  return type;
}

const matches = (type: string, pattern: string): boolean =>
  pattern === "*/*" || pattern === type || (pattern.endsWith("/*") && type.startsWith(pattern.slice(0, -1)));

/**
 * Where a bucket says which types it takes, a file has to look like the one it names: a page that calls itself a picture is
 * refused, and so is one that is both.
 */
export function checkContent(type: string, head: Buffer): void {
  const bare = bareType(type);
  const wanted = /^application\/vnd\.(openxmlformats|oasis\.opendocument)/.test(bare) ? ZIP : beginnings[bare];
  const hex = head.toString("hex");
  if (wanted && !wanted.some((start) => new RegExp(`^${start}`).test(hex))) throw contentDoesNotFit(bare);
  if (bare.startsWith("text/") && (head.includes(0) || markup.test(head.toString("utf8"))))
    throw contentDoesNotFit(bare);
  if (bare.startsWith("image/") && /<(?:script|html|svg|!doctype)/i.test(head.toString("latin1")))
    throw contentDoesNotFit(bare);
}

/** `wished`: what the request says under `download`; an empty one means the object's own name. */
export function protectiveHeaders(type: string, key: string, wished: string | null): Headers {
  const headers = new Headers({
    "content-type": type,
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
    "x-robots-tag": "none",
  });
  if (wished === null && shown.test(bareType(type))) return headers;
  const name = wished || (key.split("/").at(-1) ?? "file");
  headers.set("content-disposition", `attachment; filename="${plain(name)}"; filename*=UTF-8''${encoded(name)}`);
  return headers;
}

const plain = (name: string): string => name.replace(/[^A-Za-z0-9 ._()-]/g, "_").slice(0, 150);
const encoded = (name: string): string =>
  encodeURIComponent(name.toWellFormed().slice(0, 200).toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
