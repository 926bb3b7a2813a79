// An address that is known costs more work than one that is not: the answer must not tell which it was.

const NO_SOONER_MS = 25;

/** Answers after the same time for everybody, as long as the work itself is done by then; failures included. */
export async function inEvenTime<T>(work: () => Promise<T>): Promise<T> {
  const earliest = new Promise((resolve) => setTimeout(resolve, NO_SOONER_MS));
  try {
    return await work();
  } finally {
    await earliest;
  }
}
