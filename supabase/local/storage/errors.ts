// What the Storage API answers when it refuses: the platform's codes and words, which storage-js reports as its errors.
import { DatabaseError } from "pg";
import { TokenError } from "../gateway/tokens.ts";

interface Refusal {
  /** What it would be as an HTTP status; told in the body, while the answer itself is 400, as on the platform. */
  status: number;
  code: string;
  message: string;
  /** A shorter name of the same, where the platform has one. */
  error?: string;
}

export class StorageError extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = "StorageError";
    this.refusal = refusal;
  }
}

const refusal = (status: number, code: string, message: string, error?: string) =>
  new StorageError({ status, code, message, ...(error && { error }) });

export const noSuchBucket = () => refusal(404, "NoSuchBucket", "Bucket not found", "Bucket not found");
export const noSuchKey = () => refusal(404, "NoSuchKey", "Object not found", "not_found");
export const noSuchRoute = () => refusal(404, "NoSuchKey", "Route not found", "not_found");
export const accessDenied = (message: string) => refusal(403, "AccessDenied", message, "Unauthorized");
const alreadyExists = () => refusal(409, "ResourceAlreadyExists", "The resource already exists", "Duplicate");
export const bucketNotEmpty = () => refusal(409, "ResourceNotEmpty", "The bucket you tried to delete is not empty");
export const invalidKey = (key: string) => refusal(400, "InvalidKey", `Invalid key: ${key.slice(0, 200)}`);
export const invalidBucketName = () => refusal(400, "InvalidBucketName", "Bucket name invalid", "Invalid Input");
export const invalidRequest = (message: string) => refusal(400, "InvalidRequest", message);
export const invalidParameter = (message: string) => refusal(400, "InvalidParameter", message);
export const invalidToken = (message: string) => refusal(400, "InvalidJWT", message);
export const invalidSignature = () => refusal(400, "InvalidSignature", "Invalid signature");
export const invalidMimeType = (type: string) =>
  refusal(415, "InvalidMimeType", `mime type ${type.slice(0, 100)} is not supported`, "invalid_mime_type");
export const contentDoesNotFit = (type: string) =>
  refusal(415, "InvalidMimeType", `The content is not what ${type} looks like`, "invalid_mime_type");
export const tooLarge = () =>
  refusal(413, "EntityTooLarge", "The object exceeded the maximum allowed size", "Payload too large");
export const invalidRange = () => refusal(416, "InvalidRange", "invalid range provided", "invalid_range");
export const notEnabled = (feature: string) =>
  refusal(409, "FeatureNotEnabled", `The feature ${feature} is not enabled for this resource`);

/** What went wrong, in the Storage API's own words; nothing of what went on inside. */
export function toStorageError(error: unknown): StorageError | null {
  if (error instanceof StorageError) return error;
  if (error instanceof TokenError)
    return accessDenied(error.reason === "expired" ? '"exp" claim timestamp check failed' : "Invalid Compact JWS");
  if (!(error instanceof DatabaseError)) return null;
  switch (error.code) {
    case "42501":
      return accessDenied(error.message);
    case "23505":
      return alreadyExists();
    case "23503":
      return noSuchBucket();
    case "57014":
      return refusal(544, "DatabaseTimeout", "The connection to the database timed out");
    case "53300":
      return refusal(503, "DatabaseConnectionLimit", "The database has reached its maximum number of connections.");
    default:
      return /^22|^23/.test(error.code ?? "") ? invalidRequest("The database did not accept this") : null;
  }
}

export function errorResponse({ refusal: { status, code, message, error } }: StorageError): Response {
  const body = { statusCode: String(status), code, error: error ?? code, message };
  const answered = status >= 500 && status !== 544 ? status : status === 416 ? 416 : status === 544 ? 504 : 400;
  return Response.json(body, { status: answered });
}
