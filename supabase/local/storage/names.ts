// Names of buckets and objects. They are rows in the database and never become paths on the disk, so no trick with them leads out
// of a bucket; what a browser or a proxy would read differently is refused all the same.
import { invalidBucketName, invalidKey } from "./errors.ts";

const allowed = /^[A-Za-z0-9_/!.*'() &$@=;:+,?-]+$/;
const LONGEST_KEY = 1024;
const LONGEST_BUCKET = 100;

export function checkedKey(key: unknown): string {
  if (typeof key !== "string" || key === "" || key.length > LONGEST_KEY || !allowed.test(key))
    throw invalidKey(typeof key === "string" ? key : "");
  if (key.split("/").some((part) => part === "" || part === "." || part === "..")) throw invalidKey(key);
  return key;
}

export function checkedBucket(name: unknown): string {
  if (typeof name !== "string" || name.length > LONGEST_BUCKET || !allowed.test(name) || name.includes("/"))
    throw invalidBucketName();
  if (name.trim() !== name || name === "." || name === "..") throw invalidBucketName();
  return name;
}

/** The path below the service, decoded once and only once. */
export function decodedParts(path: string): string[] {
  return path
    .split("/")
    .filter((part, index) => index > 0 || part !== "")
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        throw invalidKey(part);
      }
    });
}

/** Where it lies: a bucket, and the rest of the path as the key. */
export interface Place {
  bucket: string;
  key: string;
}

export function placeOf([bucket, ...key]: string[]): Place {
  return { bucket: checkedBucket(bucket), key: checkedKey(key.join("/")) };
}
