// Says what is being done once it takes longer than a second, and how long it took.
export type Progress = <T>(what: string, work: () => Promise<T>) => Promise<T>;

const QUIET_MS = 1000;

export const showProgress: Progress = async (what, work) => {
  const started = performance.now();
  let said = false;
  const timer = setTimeout(() => {
    said = true;
    console.error(`${what} …`);
  }, QUIET_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (said) console.error(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
};
