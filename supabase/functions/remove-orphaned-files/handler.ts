// Removes files of documents whose rows are gone. The database knows which ones; only the Storage API takes the files away. Called by
// schedule, with the secret key.
import { requireSecretKey } from "../_shared/auth.ts";
import { json } from "../_shared/cors.ts";
import { errorResponse, methodNotAllowed } from "../_shared/errors.ts";

interface Answer<T> {
  data: T | null;
  error: { message: string } | null;
}

export interface OrphanDependencies {
  secretKey: string;
  orphanedFiles(): Promise<Answer<string[]>>;
  removeFiles(paths: string[]): Promise<Answer<unknown[]>>;
}

const methods = ["POST"] as const;
/** What is left after so many rounds waits for the next call: a call may take only so long. */
const MOST_ROUNDS = 10;
/** The Storage API's own limit is higher; short lists keep each request quick. */
const AT_ONCE = 100;

export function createOrphanHandler(dependencies: OrphanDependencies): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      if (request.method !== "POST") throw methodNotAllowed(methods);
      await requireSecretKey(request, dependencies.secretKey);
      return json({ removed: await removeAll(dependencies) });
    } catch (error) {
      return errorResponse(error);
    }
  };
}

async function removeAll({ orphanedFiles, removeFiles }: OrphanDependencies): Promise<number> {
  let removed = 0;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const paths = dataOf(await orphanedFiles());
    for (let at = 0; at < paths.length; at += AT_ONCE) {
      const gone = dataOf(await removeFiles(paths.slice(at, at + AT_ONCE)));
      removed += gone.length;
      // Otherwise the same ones would be asked for again and again.
      if (gone.length === 0) return removed;
    }
    if (paths.length === 0) return removed;
  }
  return removed;
}

function dataOf<T>({ data, error }: Answer<T>): T {
  if (error || data === null) throw new Error(`Refused: ${error?.message ?? "no answer"}`);
  return data;
}
